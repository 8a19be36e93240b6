import { attemptSchema } from '@recuento/contract';
import { expect, test } from 'vitest';
import { Faults } from './faults.js';

test('100 faults are listed; of 101 the first 100, with their number', () => {
  for (const count of [1, 100, 101, 5_000]) {
    const faults = new Faults();
    for (let index = 0; index < count; index += 1)
      faults.add({ index, field: 'telephone', reason: 'is empty' });
    const { details, message } = faults.error();
    expect(message).toBe(`${count} FIELDS ARE NOT VALID`);
    expect(details.faults).toHaveLength(Math.min(count, 100));
    expect(details.faults?.at(-1)?.index).toBe(Math.min(count, 100) - 1);
  }
});

test('up to 32 unknown fields of a record are listed, once each, and long names are cut', () => {
  const faults = new Faults();
  const names = Array.from({ length: 40 }, (_, nr) => `${nr}`.padEnd(70, 'x'));
  const { error } = attemptSchema.safeParse(Object.fromEntries(names.map((name) => [name, 1])));
  if (error) faults.addAll(error, 7);
  const listed = faults.error().details.faults ?? [];
  const unknown = listed.filter(({ reason }) => reason.endsWith('is not a field of an attempt'));
  expect(unknown).toHaveLength(33);
  expect(unknown.at(-1)).toEqual({
    index: 7,
    field: '…',
    reason: 'and 8 more: is not a field of an attempt',
  });
  expect(unknown[0]?.field).toHaveLength(65);
  expect(new Set(listed.map((fault) => JSON.stringify(fault))).size).toBe(listed.length);
});
