import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RECORD_FIELDS } from '@recuento/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storedRows } from '../../test/model/stored-rows.js';
import { type AttemptFields, AttemptRows } from './attempt-rows.js';
import { RANK_BASE, STRENGTH, STRENGTH_UNIT } from './rank.js';
import { RowIdentity } from './row-identity.js';
import { AMD_NUMBERS, CODE_NUMBERS, EVIDENCE_NUMBERS } from './row-layout.js';

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

test('a row has every column, also those whose value is not known', () => {
  const rows = new AttemptRows();
  rows.add(7, 1, attempt);
  rows.addLeg(9, 7, 2 ** 32 - 1, {
    ...attempt,
    ...{ duration_seconds: 0, sip: 65_535, cause: 255, said: 'DC', customer_id: 'c', record: {} },
  });
  rows.stamp(DELIVERY);
  const [first, second] = storedRows(rows.bytes);
  expect(first).toEqual({
    ...{ delivery: '1793664000000000', import: '0', rank: '0', operation_id: '7', campaign_id: '1' },
    ...{ dialed_at: '1793664000', telephone: '57', attempt_id: 'a\\b', result: '3', amd: '0' },
    ...{ duration_seconds: 'NULL', trunk: 'señal', sip: 'NULL', cause: '0', evidence: '1', said: '' },
    ...{ agent_id: '', customer_id: '', record: '{"customer_name":"O\'Neill \\\\","opt2":"x"}' },
  });
  expect(second).toMatchObject({
    ...{ delivery: '1793664000000000', import: '9', operation_id: '7', campaign_id: '4294967295' },
    ...{ duration_seconds: '0', sip: '65535', cause: '255', said: 'DC', customer_id: 'c', record: '{}' },
  });
  expect(Number(second?.rank)).toBeGreaterThan(RANK_BASE + STRENGTH.busy * STRENGTH_UNIT);
});

test('a person can look at an entry of the journal as the guide says', async () => {
  const rows = new AttemptRows();
  rows.addLeg(9, 7, 1_001, { ...attempt, telephone: '573001234567' });
  const directory = await mkdtemp(join(tmpdir(), 'recuento-rows-'));
  const file = join(directory, 'x.rows');
  await writeFile(file, rows.bytes);
  const { stdout } = await promisify(execFile)('od', ['-An', '-tu4', '-j20', '-N12', file]);
  expect(stdout.trim().split(/ +/)).toEqual(['7', '1001', '1793664000']);
  await rm(directory, { recursive: true });
});

test('the numbers of the enums are those in the columns of the store', async () => {
  const schema = await readFile(new URL('migrations/005_told.sql', import.meta.url), 'utf8');
  const namesOf = (column: string) => {
    const found =
      new RegExp(`^ *${column} +Enum8\\((?<names>[^)]*)\\)`, 'm').exec(schema)?.groups?.names ?? '';
    return Object.fromEntries(
      [...found.matchAll(/'(\w*)' = (\d+)/g)].map(([, name, is]) => [name, Number(is)]),
    );
  };
  const { none, ...evidence } = EVIDENCE_NUMBERS;
  expect(namesOf('result')).toEqual(CODE_NUMBERS);
  expect(namesOf('amd')).toEqual(AMD_NUMBERS);
  expect(namesOf('evidence')).toEqual({ ...evidence, '': none });
});

/** Around the limits between lengths of one, two and three bytes, for characters of one to four bytes. */
const LENGTHS = [0, 1, 31, 32, 42, 43, 63, 64, 126, 127, 128, 129, 1_024, 5_461, 5_462, 16_383, 16_384];

test.each(['a', 'ñ', '€', '😀'])(
  'texts of %s are whole whatever their length, and so is what follows them',
  (unit) => {
    for (const length of LENGTHS) {
      const text = unit.repeat(length);
      const record = Object.fromEntries(RECORD_FIELDS.map((name) => [name, text]));
      const texts = {
        telephone: text,
        attempt_id: text,
        trunk: text,
        said: text,
        agent_id: text,
        customer_id: text,
      };
      // Hardly any room at first: each text needs more, or finds just what the one before left.
      const rows = new AttemptRows(1);
      rows.add(7, 1, { ...attempt, ...texts, record });
      expect(storedRows(rows.bytes)).toMatchObject([
        { ...texts, cause: '0', record: JSON.stringify(record) },
      ]);
    }
  },
);

const fields = fc.record({
  attempt_id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 }).map(printable),
  telephone: fc.string({ minLength: 1, maxLength: 64 }).map(printable),
  dialed_at_s: fc.integer({ min: 946_684_800, max: 4_133_980_799 }),
  opt1: fc.string({ unit: 'binary', maxLength: 20_000 }).map(printable),
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
      const read = storedRows(rows.bytes);
      expect(read.map(({ record = '' }) => JSON.parse(record))).toEqual(all.map(({ opt1 }) => ({ opt1 })));
      const identity = new RowIdentity();
      const seen = new Map<string, string>();
      all.forEach((one, row) => {
        const { start, end } = rows.bounds(row);
        expect(storedRows(rows.raw.subarray(start, end))).toEqual([read[row]]);
        expect(read[row]).toMatchObject({
          ...{ campaign_id: String(one.campaign_id), dialed_at: String(one.dialed_at_s) },
          ...{ telephone: one.telephone, attempt_id: one.attempt_id },
        });
        identity.read(rows.raw, start);
        expect(rows.raw.readUInt32LE(identity.from)).toBe(one.campaign_id);
        const text = rows.raw.toString('utf8', identity.from + 8, identity.to);
        expect([text.endsWith(one.attempt_id), text.includes(one.telephone)]).toEqual([true, true]);
        const is = JSON.stringify([one.campaign_id, one.dialed_at_s, one.telephone, one.attempt_id]);
        const bytes = rows.raw.toString('latin1', identity.from, identity.to);
        expect(seen.get(bytes) ?? is).toBe(is);
        seen.set(bytes, is);
      });
      const twice = new AttemptRows(1);
      twice.addAll(rows);
      twice.addAll(rows);
      expect(twice.bytes).toEqual(Buffer.concat([rows.bytes, rows.bytes]));
      expect(twice.bounds(all.length)).toEqual({
        start: rows.length,
        end: rows.length + (all.length === 0 ? 0 : rows.bounds(0).end),
      });
      const half = Math.floor(all.length / 2);
      const [before, after] = [new AttemptRows(1), new AttemptRows(1)];
      before.addAll(rows);
      after.addAll(before.split(half));
      expect([before.count, after.count]).toEqual([half, all.length - half]);
      expect(Buffer.concat([before.bytes, after.bytes])).toEqual(rows.bytes);
      if (half > 0) expect(after.bounds(0)).toMatchObject({ start: 0 });
      rows.filter((row) => row % 2 === 1);
      expect(storedRows(rows.bytes)).toEqual(read.filter((_, row) => row % 2 === 1));
    }),
  );
});
