import { HYGIENE_LIMITS, type PreviewDocument, type RuleDocument, SHIPPED_RULES } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const RULE = {
  name: 'Silent for a month',
  campaign_id: 'all',
  conditions: [{ kind: 'silent', days: 30, faults: 'exclude' }],
  quarantine_days: 90,
};
const count = (at_least: unknown) => ({ kind: 'count', codes: ['no_answer'], at_least, within_days: null });

async function v1(method: string, path: string, token: string, body?: unknown, language = 'en') {
  const reply = await fetch(`${service.service.url}/v1/hygiene${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'accept-language': language,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, json: text === '' ? undefined : JSON.parse(text) };
}

/** The fields that a refusal names. */
async function refused(token: string, path: string, body: unknown): Promise<string[]> {
  const { status, json } = await v1('POST', path, token, body);
  expect(status).toBe(422);
  return json.faults.map(({ field }: { field: string }) => field);
}

test('a rule is created, read, replaced and deleted; a neighbour sees nothing of it', async () => {
  const [{ token }, neighbour] = [await service.operation(), await service.operation()];
  const created = await v1('POST', '/rules', token, RULE);
  expect(created).toMatchObject({ status: 201, json: { ...RULE, ships: false, purpose: null } });
  const path = `/rules/${created.json.id}`;
  expect(await v1('GET', path, token)).toEqual({ status: 200, json: created.json });
  const changed = { ...RULE, campaign_id: 7, conditions: [{ kind: 'verdict', in: ['invalid'] }] };
  for (const [method, body] of [['GET'], ['PUT', changed], ['DELETE']] as const)
    expect((await v1(method, path, neighbour.token, body)).status).toBe(404);
  expect(await v1('PUT', path, token, changed)).toMatchObject({ status: 200, json: changed });
  expect((await v1('GET', path, token)).json).toMatchObject({ ...changed, id: created.json.id });
  expect((await v1('DELETE', path, token)).status).toBe(204);
  expect((await v1('GET', path, token)).status).toBe(404);
  expect((await v1('DELETE', path, token)).status).toBe(404);
});

test('rules that ship say what they are for in both languages, and stay as they are', async () => {
  const { token } = await service.operation();
  const texts = async (language: string) => {
    const { json } = await v1('GET', '/rules', token, undefined, language);
    return json.rules.map(({ id, name, purpose, ships }: RuleDocument) => [id, name, purpose, ships]);
  };
  for (const language of ['en', 'es'] as const) {
    expect(await texts(language)).toEqual(
      SHIPPED_RULES.map(({ id, name, purpose }) => [id, name[language], purpose[language], true]),
    );
  }
  for (const [method, body] of [['PUT', RULE], ['DELETE']] as const)
    expect((await v1(method, '/rules/balanced', token, body)).status).toBe(409);
  expect((await v1('GET', '/rules/balanced', token)).json).toMatchObject({ id: 'balanced', ships: true });
});

test('the list is read page by page, also when the rule that a page ended with is gone', async () => {
  const { token } = await service.operation();
  const ids = SHIPPED_RULES.map(({ id }) => id);
  for (const name of ['a', 'b', 'c', 'd'])
    ids.push((await v1('POST', '/rules', token, { ...RULE, name })).json.id);
  for (const limit of [1, 3, ids.length - 1, ids.length]) {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { json } = await v1('GET', `/rules?limit=${limit}&cursor=${cursor}`, token);
      expect(json.rules.length).toBeLessThanOrEqual(limit);
      seen.push(...json.rules.map(({ id }: RuleDocument) => id));
      cursor = json.next_cursor;
    }
    expect(seen).toEqual(ids);
  }
  const [gone, next] = ids.slice(-3);
  await v1('DELETE', `/rules/${gone}`, token);
  expect((await v1('GET', `/rules?limit=1&cursor=${gone}`, token)).json.rules[0].id).toBe(next);
});

test(`an operation has ${HYGIENE_LIMITS.rules_max} rules, and not one more, until one is deleted`, async () => {
  const { token } = await service.operation();
  let last = '';
  for (let at = 0; at < HYGIENE_LIMITS.rules_max; at += 1)
    last = (await v1('POST', '/rules', token, RULE)).json.id;
  expect((await v1('POST', '/rules', token, RULE)).status).toBe(409);
  await v1('DELETE', `/rules/${last}`, token);
  expect((await v1('POST', '/rules', token, RULE)).status).toBe(201);
});

test('reading needs the scope report, changing the scope admin', async () => {
  const operation = await service.operation();
  const [report, admin] = [await operation.newToken(['report']), await operation.newToken(['admin'])];
  const created = await v1('POST', '/rules', admin, RULE);
  const path = `/rules/${created.json.id}`;
  expect((await v1('POST', '/rules', report, RULE)).status).toBe(403);
  expect((await v1('PUT', path, report, RULE)).status).toBe(403);
  expect((await v1('DELETE', path, report)).status).toBe(403);
  expect((await v1('GET', path, admin)).status).toBe(403);
  expect((await v1('GET', '/rules', report)).status).toBe(200);
  expect((await v1('POST', '/preview', admin, { rule: RULE })).status).toBe(403);
  expect((await v1('POST', '/preview', report, { rule_id: created.json.id })).status).toBe(200);
  const of_operation = `?operation=${operation.server}`;
  expect((await v1('GET', `${path}${of_operation}`, ADMIN_TOKEN)).status).toBe(200);
  expect((await v1('POST', `/preview${of_operation}`, ADMIN_TOKEN, { rule: RULE })).status).toBe(200);
});

test('each number of a rule has its bounds', async () => {
  const { token } = await service.operation();
  const { conditions_max, at_least_max, days_max } = HYGIENE_LIMITS;
  const accepted = async (rule: unknown) =>
    expect((await v1('POST', '/rules', token, rule)).status).toBe(201);
  const withCondition = (...conditions: unknown[]) => ({ ...RULE, conditions });
  const dialed = (within_days: unknown) => ({ kind: 'dialed', at_least: 1, within_days });
  const below = (number: unknown) => ({ kind: 'probability', below: number });
  const edges: [(value: number) => unknown, string, number, number][] = [
    [count, 'conditions.0.at_least', 1, at_least_max],
    [dialed, 'conditions.0.within_days', 1, days_max],
    [(days) => ({ kind: 'silent', days }), 'conditions.0.days', 1, days_max],
    [(at_least) => ({ kind: 'streak', codes: ['busy'], at_least }), 'conditions.0.at_least', 1, at_least_max],
  ];
  for (const [condition, field, least, most] of edges) {
    for (const value of [least, most]) await accepted(withCondition(condition(value)));
    for (const value of [least - 1, most + 1, 1.5])
      expect(await refused(token, '/rules', withCondition(condition(value)))).toEqual([field]);
  }
  for (const number of [0.000_001, 1]) await accepted(withCondition(below(number)));
  for (const number of [0, 1.000_001, '0.5'])
    expect(await refused(token, '/rules', withCondition(below(number)))).toEqual(['conditions.0.below']);
  await accepted(withCondition(...Array.from({ length: conditions_max }, () => count(1))));
  const more = Array.from({ length: conditions_max + 1 }, () => count(1));
  for (const conditions of [[], more])
    expect(await refused(token, '/rules', { ...RULE, conditions })).toEqual(['conditions']);
  for (const quarantine_days of [null, 1, days_max]) await accepted({ ...RULE, quarantine_days });
  for (const quarantine_days of [undefined, 0, days_max + 1])
    expect(await refused(token, '/rules', { ...RULE, quarantine_days })).toEqual(['quarantine_days']);
  for (const campaign_id of [1, 2 ** 32 - 1]) await accepted({ ...RULE, campaign_id });
  for (const campaign_id of [0, 2 ** 32, 'ALL THERE ARE'])
    expect(await refused(token, '/rules', { ...RULE, campaign_id })).toEqual(['campaign_id']);
});

test('what a rule does not know is refused', async () => {
  const { token } = await service.operation();
  const faultOf = (condition: unknown) => refused(token, '/rules', { ...RULE, conditions: [condition] });
  expect(await faultOf({ kind: 'moon', phase: 'full' })).toEqual(['conditions.0.kind']);
  expect(await faultOf({ ...count(1), more: 1 })).toEqual(['more']);
  expect(await faultOf({ ...count(1), codes: ['perhaps'] })).toEqual(['conditions.0.codes.0']);
  expect(await faultOf({ ...count(1), faults: 'include' })).toEqual(['conditions.0.faults']);
  expect(await faultOf({ kind: 'verdict', in: ['dead'] })).toEqual(['conditions.0.in.0']);
  expect(await refused(token, '/preview', {})).toEqual(['rule']);
  expect(await refused(token, '/preview', { rule: RULE, rule_id: 'balanced' })).toEqual(['rule']);
  const asked = { rule_id: 'balanced', as_of: '2026-11-01T00:00:00Z', until: '2026-11-30T00:00:00Z' };
  expect(await refused(token, '/backtest', { ...asked, until: asked.as_of })).toEqual(['until']);
  expect(await refused(token, '/backtest', { ...asked, as_of: '2026-11-01' })).toEqual(['as_of']);
  expect(await refused(token, '/backtest', { ...asked, until: '2027-11-02T00:00:01Z' })).toEqual(['until']);
  expect((await v1('POST', '/backtest', token, { ...asked, until: '2027-11-02T00:00:00Z' })).status).toBe(
    200,
  );
  expect((await v1('POST', '/preview', token, { rule_id: 'nothing' })).status).toBe(404);
});

/** Two telephones that ring out four times, and one that answers at last. */
async function dialedOperation(): Promise<TestOperation> {
  const operation = await service.operation();
  const days = ['02', '03', '04', '05'];
  const dial = (telephone: string, day: string, result: string) =>
    attempt({ telephone, result, dialed_at: `2026-11-${day}T12:00:00Z`, duration_seconds: 0 });
  await operation.upload([
    ...days.flatMap((day) => ['57301', '57302', '57303'].map((one) => dial(one, day, 'no_answer'))),
    dial('57301', '10', 'no_answer'),
    dial('57302', '11', 'answer'),
    dial('57303', '06', 'answer'),
    dial('57303', '12', 'no_answer'),
  ]);
  return operation;
}
const SILENT = { campaign_id: 'all', conditions: [{ kind: 'streak', codes: ['no_answer'], at_least: 4 }] };

test('a preview tells what a rule takes now, and puts nothing aside', async () => {
  const { token } = await dialedOperation();
  service.stands_at_ms = Date.parse('2026-11-07T00:00:00Z');
  const { status, json } = await v1('POST', '/preview', token, {
    rule: { ...SILENT, quarantine_days: null },
  });
  service.stands_at_ms = undefined;
  expect(status).toBe(200);
  const { telephones_taken, by_campaign, sample }: PreviewDocument = json;
  expect({ telephones_taken, by_campaign }).toEqual({
    telephones_taken: 2,
    by_campaign: [{ campaign_id: 1001, telephones_taken: 2 }],
  });
  expect(
    sample.map(({ telephone, attempts, no_answer, last_dialed_at, last_alive_at }) => [
      telephone,
      attempts,
      no_answer,
      last_dialed_at,
      last_alive_at,
    ]),
  ).toEqual([
    ['57301', 4, 4, '2026-11-05T12:00:00Z', null],
    ['57302', 4, 4, '2026-11-05T12:00:00Z', null],
  ]);
});

test('a backtest tells what a rule would have saved and cost, and a kept rule says the same', async () => {
  const { token } = await dialedOperation();
  const moments = { as_of: '2026-11-07T00:00:00-05:00', until: '2026-11-30T00:00:00-05:00' };
  const kept = await v1('POST', '/rules', token, { ...SILENT, name: 'four', quarantine_days: 30 });
  const { json } = await v1('POST', '/backtest', token, { rule_id: kept.json.id, ...moments });
  expect(json).toMatchObject({
    as_of: '2026-11-07T05:00:00.000Z',
    until: '2026-11-30T05:00:00.000Z',
    telephones_taken: 2,
    dials_after: 3,
    dials_saved: 2,
    seconds_saved: 28, // nothing is told of how long calls rang: 20 s for one that rang out, 8 s for one that was taken
    people_reached_after: 1,
    people_lost: 1,
  });
  const at = (threshold: number) =>
    json.curve.find((one: { threshold: number }) => one.threshold === threshold);
  expect(at(4)).toEqual({ threshold: 4, telephones_taken: 2, dials_saved: 2, people_lost: 1 });
  expect(at(5)).toEqual({ threshold: 5, telephones_taken: 0, dials_saved: 0, people_lost: 0 });
  const shorter = { ...SILENT, quarantine_days: 3 };
  const answered = await v1('POST', '/backtest', token, { rule: shorter, ...moments });
  expect(answered.json).toMatchObject({ telephones_taken: 2, dials_saved: 0, people_lost: 0 });
});

test('an operation without attempts has nothing to take', async () => {
  const { token } = await service.operation();
  const moments = { as_of: '2026-11-07T00:00:00Z', until: '2026-11-08T00:00:00Z' };
  const preview = await v1('POST', '/preview', token, { rule_id: 'bold' });
  expect(preview.json).toMatchObject({ telephones_taken: 0, by_campaign: [], sample: [] });
  const backtest = await v1('POST', '/backtest', token, { rule_id: 'bold', ...moments });
  expect(backtest.json).toMatchObject({ telephones_taken: 0, dials_after: 0, people_reached_after: 0 });
});

test(`of a rule's campaigns the ${HYGIENE_LIMITS.trial_campaigns} with the most come, and the figures are of all`, async () => {
  const { trial_campaigns: most } = HYGIENE_LIMITS;
  const operation = await service.operation();
  const dialed = (campaign_id: number, day: string) =>
    attempt({ telephone: '573001', campaign_id, dialed_at: `${day}T10:00:00-05:00`, result: 'no_answer' });
  const campaigns = Array.from({ length: most + 1 }, (_, at) => at + 1);
  const rule = { campaign_id: 'all', conditions: [count(1)], quarantine_days: 30 };
  const asked = { rule, as_of: '2026-10-10T00:00:00-05:00', until: '2026-10-31T00:00:00-05:00' };
  const backtested = async () => (await v1('POST', '/backtest', operation.token, asked)).json;

  await operation.upload(campaigns.slice(0, most).map((id) => dialed(id, '2026-10-01')));
  await operation.upload(campaigns.slice(0, most).map((id) => dialed(id, '2026-10-11')));
  expect((await backtested()).by_campaign).toHaveLength(most);
  await operation.upload([dialed(most + 1, '2026-10-11'), dialed(most + 1, '2026-10-12')]);
  const { by_campaign, dials_saved } = await backtested();
  const ids = by_campaign.map(({ campaign_id }: { campaign_id: number }) => campaign_id);
  expect(ids).toEqual([most + 1, ...campaigns.slice(0, most - 1)]);
  expect([by_campaign[0].dials_saved, dials_saved]).toEqual([2, most + 2]);
});
