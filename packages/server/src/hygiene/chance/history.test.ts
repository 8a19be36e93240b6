import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeEngines } from '../../../test/servers/engines.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { KINDS } from './attempt-kind.js';
import { afterAll as afterAllSql, eachAttempt, FIGURES, PARTS } from './history.js';
import { BAND_FIGURES } from './hour-features.js';

/** The kind and the time of an attempt. */
type Past = readonly { readonly kind: number; readonly at: number; readonly campaign: number }[];

const past: fc.Arbitrary<Past> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...Object.values(KINDS)),
      at: fc.integer({ min: 1_700_000_000, max: 1_700_900_000 }),
      campaign: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 12 },
  )
  .map((attempts) => attempts.sort((one, other) => one.at - other.at));

const { person, machine, busy, invalid, none } = KINDS;

/** The figures of a history as a plain program has them, in the order of `FIGURES`. */
function figuresOf(history: Past): number[] {
  const tries = history.filter(({ kind }) => kind !== none);
  const lastOf = (of: (kind: number) => boolean) => history.findLastIndex(({ kind }) => of(kind));
  const at = (index: number) => history[index]?.at ?? 0;
  const isLife = (kind: number) => kind === person || kind === machine || kind === busy;
  const since = (index: number, of: (kind: number) => boolean) =>
    history.slice(index + 1).filter(({ kind }) => of(kind)).length;
  return [
    tries.length,
    tries.filter(({ kind }) => kind === person).length,
    tries.at(-1)?.kind ?? 0,
    tries.at(-1)?.at ?? 0,
    at(lastOf((kind) => kind === person)),
    at(lastOf(isLife)),
    since(
      lastOf((kind) => kind === person),
      (kind) => kind !== none,
    ),
    since(lastOf(isLife), (kind) => kind === invalid),
    ...[1, 2, 3].map((nth) => history.at(-nth)?.at ?? 0),
  ];
}

/** The part of the day that these tests take an attempt for: any will do. */
const BANDS = 'arrayMap(x -> toUInt8(x % 4), c_times) AS c_bands';

describeEngines(({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  async function read(sql: string, history: Past): Promise<number[][]> {
    const packed = history.map(
      ({ kind, at, campaign }) => (BigInt(at) << 24n) | BigInt(campaign << 8) | BigInt(kind),
    );
    const bytes = await engine.read({
      sql: `${sql} FORMAT TSV`,
      params: { attempts: `[${packed.join(',')}]` },
      fair_key: 'tests',
      max_ms: 60_000,
    });
    const lines = bytes.toString().split('\n').slice(0, -1);
    return lines.map((line) => line.split('\t').map(Number));
  }
  const telephone = `SELECT *, ${BANDS} FROM (SELECT ${PARTS.join(', ')} FROM (SELECT {attempts:Array(UInt64)} AS c_attempts))`;
  const all = { ...FIGURES, ...BAND_FIGURES };
  const names = Object.keys(all).join(', ');

  test('the figures before an attempt are those after all attempts that came before it', async () => {
    await fc.assert(
      fc.asyncProperty(past, async (history) => {
        const each = await read(
          `SELECT ${names}, c_kind, c_at, c_campaign FROM (${eachAttempt(all, telephone)}) ORDER BY c_at, c_tries, c_reached`,
          history,
        );
        expect(each.length).toBe(history.length);
        for (const [index, { kind, at, campaign }] of history.entries()) {
          const [after = []] = await read(
            `SELECT ${afterAllSql(all).join(', ')} FROM (${telephone})`,
            history.slice(0, index),
          );
          if (history.filter((other) => other.at === at).length > 1) continue; // either may be the first
          expect(each[index]).toEqual([...after, kind, at, campaign]);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('they are what a plain program counts', async () => {
    await fc.assert(
      fc.asyncProperty(past, async (history) => {
        const [found] = await read(`SELECT ${afterAllSql(FIGURES).join(', ')} FROM (${telephone})`, history);
        expect(found).toEqual(figuresOf(history));
      }),
      { numRuns: 60 },
    );
  });
});
