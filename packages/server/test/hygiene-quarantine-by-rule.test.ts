import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** A rule puts telephones aside, with what was known of them then; the verdicts tell, and so do the events for webhooks. */
let service: TestService;
let operation: TestOperation;
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const RULE = {
  name: 'three failures',
  campaign_id: 'all',
  conditions: [{ kind: 'count', codes: ['failed'], at_least: 3, within_days: null }],
  quarantine_days: 30,
};

beforeAll(async () => {
  service = await TestService.start();
  service.stands_at_ms = NOW_MS;
  operation = await service.operation();
  const failed = ['02', '03', '04'].map((day) =>
    attempt({ telephone: '573001', dialed_at: `2026-11-${day}T10:00:00-05:00`, result: 'failed', sip: 404 }),
  );
  await operation.upload([...failed, attempt({ telephone: '573002', result: 'answer' })]);
});
afterAll(() => service.stop());

const post = (path: string, body: unknown) => service.v1('POST', path, operation.token, body);

test('a rule puts aside what it takes, for as many days as it says, with the evidence of then', async () => {
  const reply = await post('/hygiene/quarantine', { rule: RULE, reason: 'dead by three' });
  expect([reply.status, await reply.json()]).toMatchObject([201, { telephones_taken: 1 }]);
  const listed = await (await service.v1('GET', '/hygiene/quarantine', operation.token)).json();
  expect(listed.quarantined).toMatchObject([
    { telephone: '573001', until: '2026-12-20T12:00:00.000Z', reason: 'dead by three', rule: RULE },
  ]);
  const history = await (await service.v1('GET', '/hygiene/history', operation.token)).json();
  expect(JSON.stringify(history)).toContain('invalid_on_days');
  const { verdicts } = await (await service.v1('GET', '/hygiene/verdicts', operation.token)).json();
  expect(verdicts).toMatchObject([
    {
      telephone: '573001',
      verdict: 'invalid',
      quarantined_at: '2026-11-20T12:00:00Z',
      quarantined_until: '2026-12-20T12:00:00Z',
    },
    { telephone: '573002', verdict: 'reaches_people', quarantined_at: null, quarantined_until: null },
  ]);
});

test('a shipped rule and one of the operation are named by their id; one of the three must be there', async () => {
  const by_id = await post('/hygiene/quarantine', { rule_id: 'careful', reason: 'x', until: null });
  expect(by_id.status).toBe(201);
  expect((await post('/hygiene/quarantine', { rule_id: 'none', reason: 'x' })).status).toBe(404);
  expect((await post('/hygiene/quarantine', { reason: 'x' })).status).toBe(422);
  const two = { rule: RULE, telephones: ['573001'], reason: 'x' };
  expect((await post('/hygiene/quarantine', two)).status).toBe(422);
});
