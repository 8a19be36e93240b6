import { FAULT_KINDS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeEngines } from '../../../test/servers/engines.js';
import type { Engine } from '../../attempts/engine/engine.js';
import type { Fault } from './fault.js';
import { faultSql } from './fault-sql.js';

interface Dialed {
  readonly trunk: string;
  readonly campaign_id: number;
  readonly dialed_at: number;
}

const TRUNKS = [
  'sip-1',
  'sip-2',
  "o'trunk",
  "'",
  '\\',
  "\\'",
  '\\n',
  'a b',
  ' ',
  '7',
  '7 sip-1',
  '{x:String}',
  'ñandú',
  '😀',
];
const CAMPAIGNS = [0, 1, 7, 77, 2 ** 32 - 1];
/** Close together, so that faults touch and overlap, and at both ends of what the engine can say. */
const second = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1_793_000_000, max: 1_793_000_020 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2 ** 32 - 2) },
);
const place = fc
  .record({
    trunk: fc.option(fc.constantFrom(...TRUNKS)),
    campaign_id: fc.option(fc.constantFrom(...CAMPAIGNS)),
  })
  .filter(({ trunk, campaign_id }) => trunk !== null || campaign_id !== null);
const fault: fc.Arbitrary<Fault> = fc
  .tuple(place, second, fc.integer({ min: 1, max: 12 }), fc.constantFrom(...FAULT_KINDS))
  .map(([at, start_s, length_s, kind]) => ({
    ...at,
    kind,
    start_s,
    end_s: Math.min(2 ** 32 - 1, start_s + length_s),
    attempts: 5,
  }));
const dialed: fc.Arbitrary<Dialed> = fc.record({
  trunk: fc.constantFrom('', ...TRUNKS),
  campaign_id: fc.constantFrom(...CAMPAIGNS),
  dialed_at: second,
});

/** Whether an attempt was in one of the faults, in plain words. */
function isIn(faults: readonly Fault[], { trunk, campaign_id, dialed_at }: Dialed): boolean {
  return faults.some(
    (one) =>
      (one.trunk === null || one.trunk === trunk) &&
      (one.campaign_id === null || one.campaign_id === campaign_id) &&
      dialed_at >= one.start_s &&
      dialed_at < one.end_s,
  );
}

describeEngines(({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  async function toldOf(faults: readonly Fault[], attempts: readonly Dialed[]): Promise<unknown[]> {
    const { in_fault, params } = faultSql(faults);
    const bytes = await engine.read({
      sql: `SELECT trunk, ${in_fault} ? 1 : 0 FROM (
          SELECT toLowCardinality(one.1) AS trunk, one.2 AS campaign_id, toDateTime(one.3, 'UTC') AS dialed_at
          FROM (SELECT arrayJoin(arrayZip({trunks:Array(String)}, {campaigns:Array(UInt32)}, {times:Array(UInt32)})) AS one)
        ) FORMAT JSONCompactEachRow`,
      params: {
        ...params,
        trunks: attempts.map(({ trunk }) => trunk),
        campaigns: attempts.map(({ campaign_id }) => campaign_id),
        times: attempts.map(({ dialed_at }) => dialed_at),
      },
      fair_key: 'test',
      max_ms: 60_000,
    });
    const lines = bytes.toString().split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  }

  test('an attempt is in a fault exactly when the fault says so, whatever its trunk is called', async () => {
    let [inside, outside] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 60 }),
        fc.array(dialed, { minLength: 20, maxLength: 60 }),
        async (faults, attempts) => {
          const expected = attempts.map((one) => [one.trunk, isIn(faults, one) ? 1 : 0]);
          expect(await toldOf(faults, attempts)).toEqual(expected);
          for (const [, told] of expected) {
            if (told === 1) inside += 1;
            else outside += 1;
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(Math.min(inside, outside)).toBeGreaterThan(50);
  });

  test('without faults nothing is in one', async () => {
    expect(await toldOf([], [{ trunk: 'sip-1', campaign_id: 1, dialed_at: 1_793_000_000 }])).toEqual([
      ['sip-1', 0],
    ]);
  });

  test('of more than five thousand, the longest are told', async () => {
    const minute = (index: number, length_s: number): Fault => ({
      trunk: `sip-${index % 700}`,
      campaign_id: null,
      kind: 'outage',
      start_s: 1_793_000_000 + index * 100,
      end_s: 1_793_000_000 + index * 100 + length_s,
      attempts: 5,
    });
    const longs = Array.from({ length: 5_000 }, (_, index) => minute(index, 60));
    const faults = [minute(6_000, 59), ...longs, minute(6_001, 59)];
    const attempts = faults.map(({ trunk, start_s }) => ({
      trunk: trunk ?? '',
      campaign_id: 1,
      dialed_at: start_s + 58,
    }));
    const told = await toldOf(faults, attempts);
    expect(told).toEqual(
      attempts.map(({ trunk }, index) => [trunk, index === 0 || index === faults.length - 1 ? 0 : 1]),
    );
  });
});
