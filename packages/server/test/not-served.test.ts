import { LANGUAGES, NOT_SERVED } from '@recuento/contract';
import { htmlUnescape } from 'escape-goat';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { entryOf } from './catalogue.js';
import { type TestOperation, TestService } from './harness.js';

/** The vendor's other calls: refused with the reason and with what is served, never as if there were nothing to tell. */
let service: TestService;
let operation: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
});
afterAll(() => service.stop());

async function send(method: string, path: string, headers: Record<string, string> = {}) {
  const reply = await fetch(`${service.service.url}${path}`, {
    method,
    headers: { 'wolkvox-token': operation.token, ...headers },
  });
  const body = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    body,
    request_id: reply.headers.get('x-request-id'),
    link: reply.headers.get('link'),
  };
}

const used = async () => {
  const reply = await service.v1('GET', '/usage', operation.token);
  return ((await reply.json()) as { calls_used: number }).calls_used;
};

const CALLS = [
  ['PUT', 'campaign.php', 'start', 'DIALER RUNS CAMPAIGNS'],
  ['PUT', 'campaign.php', 'stop', 'DIALER RUNS CAMPAIGNS'],
  ['DELETE', 'campaign.php', 'clear_campaign', 'DIALER RUNS CAMPAIGNS'],
  ['DELETE', 'campaign.php', 'delete_campaign', 'DIALER RUNS CAMPAIGNS'],
  ['PUT', 'campaign.php', 'speed', 'DIALER RUNS CAMPAIGNS'],
  ['POST', 'campaign.php', 'start', 'DIALER RUNS CAMPAIGNS'],
  ['GET', 'campaign.php', 'detail', 'DIALER RUNS CAMPAIGNS'],
  ['GET', 'campaign.php', 'campaign_15', 'DIALER RUNS CAMPAIGNS'],
  ['GET', 'reports_manager.php', 'campaign_2', 'DIAL ATTEMPTS DO NOT CARRY'],
  ['GET', 'reports_manager.php', 'campaign_10', 'DIAL ATTEMPTS DO NOT CARRY'],
  ['GET', 'reports_manager.php', 'chat_1', 'AGENTS'],
  ['GET', 'reports_manager.php', 'agent_15', 'AGENTS'],
  ['GET', 'reports_manager.php', 'skill_7', 'AGENTS'],
  ['GET', 'reports_manager.php', 'diagram_1', 'AGENTS'],
  ['GET', 'reports_manager.php', 'cdr_1', 'AGENTS'],
  ['GET', 'real_time.php', 'agents', 'AGENTS'],
  ['GET', 'real_time.php', 'latency', 'AGENTS'],
  ['GET', 'information.php', 'activity_codes', 'AGENTS'],
  ['GET', 'information.php', 'skills', 'AGENTS'],
] as const;

describe.each(CALLS)('%s %s?api=%s', (method, file, api, reason) => {
  test('is 400 in the envelope, says why and what is served, and does not count', async () => {
    const before = await used();
    const reply = await send(method, `/api/v2/${file}?api=${api}&campaign_id=1001`);
    expect(entryOf(reply, [operation.token])).toBe('api-not-served');
    const { code, error, msg, data } = JSON.parse(reply.body);
    expect([code, error, data]).toEqual([400, 'BAD REQUEST', []]);
    expect(msg).toContain(`THE API ${api} IS NOT SERVED HERE`);
    expect(msg).toContain(reason);
    for (const served of ['reports_manager.php: campaign_8', 'campaign.php: add_record', 'cdr_6'])
      expect(msg).toContain(served);
    expect(await used()).toBe(before);
  });
});

test.each(['PUT', 'GET', 'DELETE'])('the token comes first, with %s too', async (method) => {
  const path = '/api/v2/campaign.php?api=start';
  expect(entryOf(await send(method, path, { 'wolkvox-token': '' }))).toBe('token-missing');
  expect(entryOf(await send(method, path, { 'wolkvox-token': 'rct_no' }))).toBe('token-invalid');
  expect(entryOf(await send(method, path, { wolkvox_server: '9999' }))).toBe('server-mismatch');
});

test.each([
  ['add_record', 'POST'],
  ['create_campaign', 'POST'],
  ['remove_record', 'DELETE'],
  ['recall_records', 'PUT'],
])('a method that a call does not have is refused with Allow: api=%s', async (api, own) => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => one !== own)) {
    const reply = await send(method, `/api/v2/campaign.php?api=${api}`);
    expect([method, entryOf(reply), reply.headers.get('allow')]).toEqual([
      method,
      'method-not-allowed',
      `${own}, OPTIONS`,
    ]);
  }
});

test.each(['nothing', '', '__proto__'])('an api that nobody has, with any method: api=%s', async (api) => {
  const path = `/api/v2/campaign.php?api=${api}`;
  for (const method of ['GET', 'PATCH']) {
    const reply = await send(method, path);
    expect([entryOf(reply), reply.headers.get('allow')]).toEqual([
      'method-not-allowed',
      'POST, PUT, DELETE, OPTIONS',
    ]);
  }
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect(entryOf(await send(method, path))).toBe('unknown-api');
});

test.each(['/api/v2/configuration.php?api=add_ip', '/ipdialbox/api_reports_manager.php?token=x&report=y'])(
  'a script of the vendor that is not here says what is: %s',
  async (path) => {
    for (const method of ['GET', 'POST']) {
      const reply = await send(method, path);
      expect(entryOf(reply)).toBe('api-not-served');
      expect(reply.body).toContain('reports_manager.php: campaign_8');
      expect(reply.body).not.toContain('token=');
    }
  },
);

test('no call that is served is said not to be', () => {
  for (const { api_kind, path, id, api = id } of ENDPOINTS) {
    const named = NOT_SERVED.filter((one) => path.endsWith(`/${one.file}`) && one.api?.test(api) !== false);
    expect([api_kind, id, named]).toEqual([api_kind, id, []]);
  }
});

test('the names of what is not served are of no language', () => {
  for (const { names } of NOT_SERVED)
    for (const name of names.split(/, | … /)) expect(name).toMatch(/^[a-z]+(_[a-z]+)?(_\d+)?( …|=…)?$/);
});

test.each(LANGUAGES)(
  '/docs/served lists what is served, and what is not with the reason (%s)',
  async (language) => {
    const reply = await send('GET', `/docs/served?lang=${language}`);
    const text = htmlUnescape(reply.body.replace(/<[^>]+>/g, ''));
    for (const { api_kind, description, api, id } of ENDPOINTS.filter(
      (one) => one.api_kind === 'documented',
    )) {
      expect([api_kind, text.includes(api ?? id), text.includes(description[language])]).toEqual([
        api_kind,
        true,
        true,
      ]);
    }
    for (const { names, reason } of NOT_SERVED) {
      expect([names, text.includes(names), text.includes(reason[language])]).toEqual([names, true, true]);
    }
  },
);
