import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesOf } from '../../test/cases.js';
import { describeEngines, type TestEngine } from '../../test/servers/engines.js';
import { broughtBy } from './brought.js';
import { migrateAttempts } from './engine/migrate.js';

const NOON_S = Date.UTC(2026, 10, 3, 12) / 1_000;
const row = fc.record({
  import: fc.constantFrom(0, 7, 8),
  delivery: fc.integer({ min: 1, max: 3 }),
  campaign: fc.constantFrom(1, 2),
  call: fc.constantFrom('a', 'b'),
  late_s: fc.constantFrom(0, 60),
  result: fc.constantFrom('busy' as const, 'failed' as const),
});

/** Rows of several imports, and of one import only. */
const rowsToTry = fc
  .tuple(fc.array(row, { minLength: 1, maxLength: 12 }), fc.boolean())
  .map(([rows, is_alone]) => (is_alone ? rows.map((one) => ({ ...one, import: 7 as const })) : rows));

/** Numbers of written rows, as given to `broughtBy`: with 1 it looks up each attempt, with a million it reads the whole span. */
const WRITTEN = [1, 1_000_000];

describeEngines(({ open }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await open();
    await migrateAttempts(engine);
  });
  afterAll(() => engine.close());

  test(`what an import alone brought is counted, of ${WRITTEN.join(' rows and of ')}`, async () => {
    let operation_id = 0;
    await fc.assert(
      fc.asyncProperty(rowsToTry, async (rows) => {
        operation_id += 1;
        for (const told of apart(rows)) {
          const values = told.map(
            (one) =>
              `(${operation_id}, ${one.campaign}, '57', ${NOON_S + one.late_s}, '${one.call}', ${one.import}, '${one.result}', ${one.delivery})`,
          );
          await engine.command(`INSERT INTO told (operation_id, campaign_id, telephone, dialed_at, attempt_id, import, result, delivery)
          VALUES ${values.join(', ')}`);
        }
        const span = { from_campaign: 1, to_campaign: 2, from_s: NOON_S, to_s: NOON_S + 60 };
        const news = [...identitiesOf(rows, 7)].filter(([identity, delivery]) => {
          const others = [identitiesOf(rows, 0).get(identity), identitiesOf(rows, 8).get(identity)];
          return others.every((other) => other === undefined || other < delivery);
        });
        const codes = new Set(rows.filter((one) => one.import === 7).map(({ result }) => result));
        for (const written of WRITTEN) {
          const brought = await broughtBy(
            engine,
            { operation_id, import_number: 7, ...span },
            written,
            60_000,
          );
          expect(brought.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(identitiesOf(rows, 7).size);
          expect(brought.reduce((sum, each) => sum + each.news, 0)).toBe(news.length);
          for (const { code } of brought) expect([...codes]).toContain(code);
        }
      }),
      { numRuns: casesOf({ embedded: 30, server: 10, full: 100 }) },
    );
  }, 300_000);
});

type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

const identityOf = (one: Row) => `${one.campaign} ${one.call} ${one.late_s}`;

/** Splits rows into inserts that have each attempt at most once: so an attempt with two rows has both in the table. */
function apart(rows: readonly Row[]): Row[][] {
  const inserts: Row[][] = [];
  const seen = new Map<string, number>();
  for (const one of rows) {
    const times = seen.get(identityOf(one)) ?? 0;
    seen.set(identityOf(one), times + 1);
    inserts[times] = [...(inserts[times] ?? []), one];
  }
  return inserts;
}

/** The highest delivery of each attempt of an import. */
function identitiesOf(rows: readonly Row[], import_number: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of rows.filter((each) => each.import === import_number)) {
    found.set(identityOf(one), Math.max(one.delivery, found.get(identityOf(one)) ?? 0));
  }
  return found;
}
