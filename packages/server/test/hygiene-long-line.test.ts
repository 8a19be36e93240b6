import type { BacktestDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';
import { told, type VerdictsPage } from './hygiene/asking.js';
import { WORLD_ZONE } from './hygiene/world.js';

/** A placeholder in a list is dialed again and again: two hundred thousand attempts of one telephone are judged as any other's. */
const ATTEMPTS = 200_000;
const AS_OF = '2026-10-31T23:59:59-05:00';
let service: TestService;
let operation: TestOperation;

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ time_zone: WORLD_ZONE });
  const first_ms = Date.parse('2026-10-01T08:00:00-05:00');
  for (let from = 0; from < ATTEMPTS; from += 10_000) {
    await operation.upload(
      Array.from({ length: 10_000 }, (_, at) => {
        const dialed_at = new Date(first_ms + (from + at) * 12_000).toISOString();
        const trunk = `trunk-${at % 3}`;
        return attempt({ telephone: '0', dialed_at, trunk, result: 'failed', sip: at % 2 === 0 ? 404 : 500 });
      }),
    );
  }
  await operation.upload([
    attempt({ telephone: '573001', dialed_at: '2026-10-02T08:00:00-05:00', result: 'answer' }),
  ]);
});
afterAll(() => service.stop());

test('it has a verdict beside the others', async () => {
  const { verdicts } = await told<VerdictsPage>(operation, 'verdicts', { as_of: AS_OF });
  expect(verdicts.map(({ telephone, attempts, verdict }) => [telephone, attempts, verdict])).toEqual([
    ['0', ATTEMPTS, 'invalid'],
    ['573001', 1, 'reaches_people'],
  ]);
});

test.each([
  ['of counts', { kind: 'dialed', at_least: 5, within_days: null }, 1],
  ['of a verdict', { kind: 'verdict', in: ['invalid'] }, 1],
  ['of the probability', { kind: 'probability', below: 1 }, 2],
  ['of a streak', { kind: 'streak', codes: ['failed'], at_least: 3 }, 1],
] as const)('a rule %s takes it', async (_name, condition, taken) => {
  const rule = { campaign_id: 'all', conditions: [condition], quarantine_days: 30 };
  const asked = { rule, as_of: '2026-10-31T00:00:00-05:00', until: AS_OF };
  const reply = await service.v1('POST', '/hygiene/backtest', operation.token, asked);
  expect(reply.status).toBe(200);
  const { telephones_taken, by_verdict }: BacktestDocument = JSON.parse(await reply.text());
  const invalid = by_verdict.find(({ verdict }) => verdict === 'invalid');
  expect([telephones_taken, invalid?.telephones_taken]).toEqual([taken, 1]);
});
