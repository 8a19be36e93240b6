import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AttemptFields, AttemptRows } from './attempt-rows.js';
import { RowIdentity } from './row-identity.js';

const DELIVERY = 1_793_664_000_000_000;

const attempt: AttemptFields = {
  attempt_id: 'a\\b',
  telephone: '57',
  dialed_at_s: 1_793_664_000,
  code: 'busy',
  amd: '',
  duration_seconds: undefined,
  trunk: 'señal',
  sip: undefined,
  cause: 0,
  evidence: 'line_lives',
  agent_id: '',
  record: { customer_name: "O'Neill \\", opt2: 'x' },
};

test('a row has every column, backslashes and quotes escaped, NULL where nothing is told', () => {
  const rows = new AttemptRows();
  rows.add(7, 1, attempt);
  rows.stamp(DELIVERY);
  expect(rows.bytes.toString().split('\t')).toEqual([
    '1793664000000000',
    '0',
    '0',
    '7',
    '1',
    '1793664000',
    '57',
    'a\\\\b',
    'busy',
    '',
    '\\N',
    'señal',
    '\\N',
    '0',
    'line_lives',
    '',
    '',
    '',
    "{'customer_name':'O\\'Neill \\\\','opt2':'x'}\n",
  ]);
});

test('a row ends behind the last column that it tells', () => {
  const told = (fields: Partial<AttemptFields>) => {
    const rows = new AttemptRows();
    const nothing = { trunk: '', cause: undefined, evidence: 'none' as const, record: { opt1: undefined } };
    rows.add(7, 1, { ...attempt, ...nothing, ...fields });
    rows.stamp(DELIVERY);
    return rows.bytes.toString().split('busy')[1];
  };
  expect(told({})).toBe('\n');
  expect(told({ amd: 'human' })).toBe('\thuman\n');
  expect(told({ duration_seconds: 0 })).toBe('\t\t0\n');
  expect(told({ cause: 4_294_967_295 })).toBe('\t\t\\N\t\t\\N\t4294967295\n');
  expect(told({ evidence: 'number_invalid' })).toBe('\t\t\\N\t\t\\N\t\\N\tnumber_invalid\n');
  expect(told({ said: 'DC' })).toBe('\t\t\\N\t\t\\N\t\\N\t\tDC\n');
  expect(told({ customer_id: 'c' })).toBe('\t\t\\N\t\t\\N\t\\N\t\t\t\tc\n');
});

const fields = fc.record({
  attempt_id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 }).map(printable),
  telephone: fc.string({ minLength: 1, maxLength: 64 }).map(printable),
  dialed_at_s: fc.integer({ min: 946_684_800, max: 4_133_980_799 }),
  opt1: fc.string({ unit: 'binary', maxLength: 1_024 }).map(printable),
  campaign_id: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
});

/** Without control characters and half surrogates, as no stored text has them. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}]/gu, '') || '1';
}

test('rows grow as needed, keep their places, and their identities can be read again', () => {
  fc.assert(
    fc.property(fc.array(fields, { maxLength: 40 }), (all) => {
      const rows = new AttemptRows(1);
      for (const { opt1, campaign_id, ...one } of all)
        rows.add(4_294_967_295, campaign_id, { ...attempt, ...one, record: { opt1 } });
      rows.stamp(DELIVERY);
      const lines = rows.bytes.toString().split('\n');
      expect([lines.length, lines.at(-1)]).toEqual([all.length + 1, '']);
      const identity = new RowIdentity();
      all.forEach((one, row) => {
        const { start, end } = rows.bounds(row);
        expect(rows.raw.toString('utf8', start, end)).toBe(`${lines[row]}\n`);
        identity.read(rows.raw, start);
        expect(rows.raw.toString('utf8', identity.from, identity.to).split('\t')).toEqual(
          [String(one.campaign_id), String(one.dialed_at_s), one.telephone, one.attempt_id].map((text) =>
            text.replaceAll('\\', '\\\\'),
          ),
        );
      });
      const twice = new AttemptRows(1);
      twice.addAll(rows);
      twice.addAll(rows);
      expect(twice.bytes.toString()).toBe(rows.bytes.toString().repeat(2));
      expect(twice.bounds(all.length)).toEqual({
        start: rows.length,
        end: rows.length + (all.length === 0 ? 0 : rows.bounds(0).end),
      });
      const half = Math.floor(all.length / 2);
      const [before, behind] = [new AttemptRows(1), new AttemptRows(1)];
      before.addAll(rows);
      behind.addAll(before.split(half));
      expect([before.count, behind.count]).toEqual([half, all.length - half]);
      expect(before.bytes.toString() + behind.bytes.toString()).toBe(rows.bytes.toString());
      if (half > 0) expect(behind.bounds(0)).toMatchObject({ start: 0 });
      rows.filter((row) => row % 2 === 1);
      expect(rows.bytes.toString()).toBe(
        lines
          .filter((_, row) => row % 2 === 1 && row < all.length)
          .map((line) => `${line}\n`)
          .join(''),
      );
    }),
  );
});
