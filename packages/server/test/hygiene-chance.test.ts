import type { BacktestDocument } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChanceRequest } from '../src/hygiene/chance/asked.js';
import { type Chance, chanceSql } from '../src/hygiene/chance/chance.js';
import { trainChance } from '../src/hygiene/chance/train-chance.js';
import { judgementOf } from '../src/hygiene/judging/judge.js';
import { lineSql } from '../src/hygiene/spellings/line-sql.js';
import { verdictsTable } from '../src/hygiene/verdicts-table.js';
import { CallBudget } from '../src/reports/budget.js';
import { attempt, type SentAttempt, type TestOperation, TestService } from './harness.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

/** A Monday, 12:00 in Bogota. */
const NOON_S = Date.UTC(2026, 10, 2, 17) / 1_000;
const textOf = (instant_s: number) => new Date(instant_s * 1_000).toISOString().replace('.000', '');

async function askedOf(operation: TestOperation): Promise<ChanceRequest & { readonly budget: CallBudget }> {
  const { services } = service.service;
  const { id, time_zone } = await services.accounts.operations.byServer(operation.server);
  const budget = new CallBudget(120_000, new AbortController().signal, () => undefined);
  const give_turn = services.admission.desk.stream(operation.server);
  return {
    engine: services.engine,
    operation_id: id,
    time_zone,
    lines: lineSql(undefined),
    budget,
    give_turn,
  };
}

/** The probability of each telephone that was dialed, as the engine computes it with every attempt in the store. */
async function probabilities(
  asked: ChanceRequest & { readonly budget: CallBudget },
  chance: Chance,
  as_of_s: number,
  campaign_id?: number,
): Promise<Map<string, number>> {
  const { aggregates, layers, params } = chanceSql(chance, campaign_id);
  const telephones = `SELECT telephone, min(dialed_at) AS first, ${aggregates.join(', ')} FROM held_by_telephone FINAL
    WHERE operation_id = {operation_id:UInt32} GROUP BY telephone HAVING first <= toDateTime({as_of:UInt32})`;
  const sql = layers.reduce((inner, layer) => `SELECT *, ${layer.join(', ')} FROM (${inner})`, telephones);
  const bytes = await asked.engine.read({
    sql: `SELECT telephone, probability FROM (${sql}) ORDER BY telephone FORMAT TSV`,
    params: { ...params, operation_id: asked.operation_id, as_of: as_of_s },
    fair_key: 'tests',
    max_ms: 60_000,
  });
  const lines = bytes.toString().split('\n').slice(0, -1);
  return new Map(lines.map((line) => line.split('\t')).map(([telephone = '', p]) => [telephone, Number(p)]));
}

const sent: fc.Arbitrary<SentAttempt> = fc
  .record({
    telephone: fc.integer({ min: 1, max: 6 }),
    campaign_id: fc.constantFrom(1001, 1002),
    hours: fc.integer({ min: -400, max: 0 }),
    result: fc.constantFrom('answer', 'answer_machine', 'busy', 'no_answer', 'failed', 'congestion'),
    sip: fc.constantFrom(undefined, 404, 503),
  })
  .map(({ telephone, campaign_id, hours, result, sip }) =>
    attempt({
      telephone: `57300000000${telephone}`,
      campaign_id,
      dialed_at: textOf(NOON_S + hours * 3_600),
      result,
      ...(result === 'failed' && sip !== undefined && { sip }),
    }),
  );

test('attempts after the moment change nothing: neither what is learned nor any probability', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 40 }),
      fc.array(sent, { minLength: 1, maxLength: 40 }),
      async (known, more) => {
        const operation = await service.operation();
        await operation.upload(known);
        const asked = await askedOf(operation);
        await asked.budget.run(async () => {
          const chance = await trainChance(asked, NOON_S);
          const before = await probabilities(asked, chance, NOON_S);
          const later = more.map((one) => {
            const dialed_at = textOf(NOON_S + 1 + (NOON_S - Date.parse(one.dialed_at) / 1_000));
            return { ...one, campaign_id: one.campaign_id + 1, dialed_at };
          });
          await operation.upload(later);
          expect(await trainChance(asked, NOON_S)).toEqual(chance);
          expect(await probabilities(asked, chance, NOON_S)).toEqual(before);
          expect([...before.keys()].sort()).toEqual(
            [...new Set(known.map(({ telephone }) => telephone))].sort(),
          );
        });
      },
    ),
    { numRuns: 8 },
  );
});

test('a verdict has the same probability, told from the attempts as it keeps them', async () => {
  let different = 0;
  await fc.assert(
    fc.asyncProperty(
      // Within a second the order of attempts is nobody's promise.
      fc.uniqueArray(sent, {
        minLength: 30,
        maxLength: 60,
        selector: ({ telephone, dialed_at }) => `${telephone} ${dialed_at}`,
      }),
      fc.constantFrom(undefined, 'machine', 'human'),
      async (known, amd) => {
        const operation = await service.operation();
        await operation.upload(known.map((one, at) => ({ ...one, ...(at % 2 === 0 && amd && { amd }) })));
        const asked = await askedOf(operation);
        const chance = await asked.budget.run(() => trainChance(asked, NOON_S));
        const alone = await probabilities(asked, chance, NOON_S);
        const { services } = service.service;
        const knowledge = await services.knowledge.at({ id: asked.operation_id, numbering: null }, NOON_S);
        const judging = { as_of_s: NOON_S, time_zone: asked.time_zone, language: 'en' as const };
        const campaign = { kind: 'all' as const };
        const table = verdictsTable(
          { operation_id: asked.operation_id, campaign },
          judgementOf({ ...knowledge, chance }, judging),
        );
        const bytes = await services.engine.read({
          sql: `SELECT v_telephone, v_probability FROM (${table.rows}) ORDER BY v_telephone FORMAT TSV`,
          params: table.params,
          fair_key: 'test',
          max_ms: 60_000,
        });
        const rounded = Array.from(alone, ([telephone, p]) => `${telephone}\t${Math.round(p * 1e4) / 1e4}`);
        expect(bytes.toString().trim().split('\n')).toEqual(rounded);
        different += new Set(alone.values()).size;
      },
    ),
    { numRuns: 10 },
  );
  expect(different).toBeGreaterThan(30);
});

test('an operation without attempts has what is typical, and a small one its own rate', async () => {
  const empty = await service.operation();
  const nothing = await askedOf(empty);
  const typical = await nothing.budget.run(() => trainChance(nothing, NOON_S));
  await empty.upload([attempt({ telephone: '573000000001', dialed_at: textOf(NOON_S) })]);
  const [first] = (await probabilities(nothing, typical, NOON_S)).values();
  expect(first).toBeCloseTo(0.15, 2);

  const operation = await service.operation();
  const dialed = (count: number, result: string) =>
    Array.from({ length: count }, (_, at) =>
      attempt({
        telephone: `57300${result.length}${1_000_000 + at}`,
        dialed_at: textOf(NOON_S - 86_400 - at),
        result,
      }),
    );
  await operation.upload([...dialed(200, 'answer'), ...dialed(200, 'no_answer')]);
  const asked = await askedOf(operation);
  const chance = await asked.budget.run(() => trainChance(asked, NOON_S));
  for (const probability of (await probabilities(asked, chance, NOON_S)).values()) {
    expect(probability).toBeGreaterThan(0.35);
    expect(probability).toBeLessThan(0.65);
  }
});

test('a campaign that reaches more people lends its rate to a telephone that it dials', async () => {
  const operation = await service.operation();
  const dialed = (campaign_id: number, share: number) =>
    Array.from({ length: 1_500 }, (_, at) =>
      attempt({
        telephone: `573${campaign_id}${100_000 + at}`,
        campaign_id,
        dialed_at: textOf(NOON_S - 86_400 - at),
        result: at % 100 < share * 100 ? 'answer' : 'no_answer',
      }),
    );
  await operation.upload([...dialed(1001, 0.4), ...dialed(1002, 0.1)]);
  const asked = await askedOf(operation);
  const chance = await asked.budget.run(() => trainChance(asked, NOON_S));
  const [of_last, one, other] = await Promise.all([
    probabilities(asked, chance, NOON_S),
    probabilities(asked, chance, NOON_S, 1001),
    probabilities(asked, chance, NOON_S, 1002),
  ]);
  const telephone = '5731002100099';
  expect(one.get(telephone)).toBeGreaterThan(2 * (other.get(telephone) ?? 1));
  expect(of_last.get(telephone)).toBe(other.get(telephone));
});

test('asked about a campaign, or by a rule of one, the probability is of its next attempt', async () => {
  const operation = await service.operation();
  const dialed = (campaign_id: number, share: number, days: number) =>
    Array.from({ length: 1_000 }, (_, at) =>
      attempt({
        telephone: `573${at < 900 ? campaign_id : 1000}${100_000 + at}`,
        campaign_id,
        dialed_at: textOf(NOON_S - days * 86_400 - at),
        result: at < 900 && at % 100 < share * 100 ? 'answer' : 'no_answer',
      }),
    );
  await operation.upload([...dialed(1001, 0.5, 3), ...dialed(1002, 0.1, 2)]);
  const telephone = '5731000100950';
  const as_of = textOf(NOON_S);
  const probabilityOf = async (campaign: string) => {
    const { json } = await get(
      operation,
      `/hygiene/verdicts?telephone=${telephone}&as_of=${as_of}&campaign_id=${campaign}`,
    );
    const [row] = json.verdicts as { probability: number }[];
    return row?.probability ?? Number.NaN;
  };
  const [all, one, other] = await Promise.all(['all', '1001', '1002'].map(probabilityOf));
  expect(one).toBeGreaterThan(1.5 * (other ?? Number.NaN));
  // Campaign 1002 dialed it last.
  expect(all).toBe(other);

  // Between the two: a rule of one campaign takes it, and of the other it does not.
  const below = ((one ?? 0) + (other ?? 0)) / 2;
  const isTaken = async (campaign_id: number) => {
    const rule = { campaign_id, conditions: [{ kind: 'probability', below }], quarantine_days: 1 };
    const asked = { rule, as_of, until: textOf(NOON_S + 60) };
    const reply = await service.v1('POST', '/hygiene/backtest', operation.token, asked);
    const { by_verdict } = JSON.parse(await reply.text()) as BacktestDocument;
    return by_verdict.some(
      ({ verdict, telephones_taken }) => verdict !== 'reaches_people' && telephones_taken >= 100,
    );
  };
  expect([await isTaken(1001), await isTaken(1002)]).toEqual([false, true]);
});

async function get(operation: TestOperation, path: string) {
  const reply = await service.v1('GET', path, operation.token);
  return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
}

test('calibration: of the week before the moment, with what was known when it began', async () => {
  const operation = await service.operation();
  const nothing = await get(operation, `/hygiene/calibration?as_of=${textOf(NOON_S)}`);
  const trained_until = textOf(NOON_S - 7 * 86_400);
  expect(nothing).toEqual({ status: 200, json: { brier: null, brier_base: null, bins: [], trained_until } });

  const in_days = (days: number, result: string, count: number) =>
    Array.from({ length: count }, (_, at) =>
      attempt({ telephone: `57${days}${result}${at}`, dialed_at: textOf(NOON_S - days * 86_400), result }),
    );
  await operation.upload([
    ...in_days(8, 'answer', 100),
    ...in_days(8, 'no_answer', 300),
    ...in_days(3, 'answer', 10),
    ...in_days(3, 'no_answer', 20),
  ]);
  const { json } = await get(operation, `/hygiene/calibration?as_of=${textOf(NOON_S)}`);
  // Every attempt of the week is the first of its telephone, so all have one probability, near a quarter.
  const { bins, brier, brier_base } = json as {
    bins: { attempts: number; predicted: number; reached: number }[];
    brier: number;
    brier_base: number;
  };
  expect(bins.length).toBe(1);
  expect(bins[0]).toMatchObject({ attempts: 30, reached: 1 / 3 });
  expect(Math.abs((bins[0]?.predicted ?? 0) - 0.25)).toBeLessThan(0.01);
  expect(brier_base).toBeCloseTo((10 * 0.75 ** 2 + 20 * 0.25 ** 2) / 30, 10);
  expect(brier).toBeCloseTo(brier_base, 2);
});

test('best hours: of a campaign and of a telephone, in the hours that were dialed', async () => {
  const operation = await service.operation();
  const days = [1, 2, 3, 4, 8, 9, 10, 11]; // from Sunday back: Sunday itself is dialed too
  const dialed = days.flatMap((day) =>
    Array.from({ length: 100 }, (_, at) => {
      const evening = at % 2 === 1;
      const reached = at % 10 < (evening ? 8 : 2);
      return attempt({
        telephone: `5730000${1_000 + at}`,
        dialed_at: textOf(NOON_S - day * 86_400 + (evening ? 6 * 3_600 : -2 * 3_600) + at),
        result: reached ? 'answer' : 'no_answer',
      });
    }),
  );
  await operation.upload(dialed);
  const as_of = textOf(NOON_S);
  const { json } = await get(operation, `/hygiene/best-hours?campaign_id=1001&as_of=${as_of}`);
  const hours = json.hours as { weekday: number; hour: number; attempts: number; probability: number }[];
  expect(hours.map(({ weekday, hour }) => [weekday, hour])).toEqual(
    [4, 5, 6, 7].flatMap((weekday) => [
      [weekday, 10],
      [weekday, 18],
    ]),
  );
  expect(new Set(hours.map(({ attempts }) => attempts))).toEqual(new Set([100]));
  const mean = (of_hour: number) =>
    hours.filter(({ hour }) => hour === of_hour).reduce((sum, { probability }) => sum + probability / 4, 0);
  expect(mean(18)).toBeGreaterThan(mean(10));

  const of_one = await get(operation, `/hygiene/best-hours?telephone=57300001003&as_of=${as_of}`);
  expect((of_one.json.hours as typeof hours).map(({ attempts }) => attempts)).toEqual([
    0, 2, 0, 2, 0, 2, 0, 2,
  ]);
  const stranger = await get(operation, `/hygiene/best-hours?telephone=57300009999&as_of=${as_of}`);
  expect(
    (stranger.json.hours as typeof hours).every(
      ({ attempts, probability }) => attempts === 0 && probability > 0,
    ),
  ).toBe(true);
  expect((await get(operation, '/hygiene/best-hours')).status).toBe(400);
});
