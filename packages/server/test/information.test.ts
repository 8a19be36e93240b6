import { CAMPAIGNS } from '@recuento/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** `information.php`: short lists about the operation, in the documented API's own envelope. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

async function ask(operation: TestOperation, query: string, token = operation.token) {
  const reply = await fetch(`${service.service.url}/api/v2/information.php?${query}`, {
    headers: { 'wolkvox-token': token },
  });
  const body = (await reply.json()) as {
    code: number;
    error: string | null;
    msg: string;
    data: Record<string, string>[];
  };
  return { status: reply.status, headers: reply.headers, ...body };
}

describe('campaigns', () => {
  test('names the campaigns of the operation, in every documented column, each value a string', async () => {
    const operation = await service.operation();
    await operation.upload([attempt(), { ...attempt(), campaign_id: 7 }]);
    await service.v1('PUT', '/campaigns/1001', operation.token, { name: 'Cobros "A"', type: 'predictive' });
    const { code, error, msg, data } = await ask(operation, 'api=campaigns');
    expect([code, error, msg]).toEqual([200, null, '2 records were found']);
    expect(
      data.map(({ campaign_id, campaign_name, type_campaign }) => [
        campaign_id,
        campaign_name,
        type_campaign,
      ]),
    ).toEqual([
      ['7', '', ''],
      ['1001', 'Cobros "A"', 'predictive'],
    ]);
    for (const row of data) {
      expect(Object.keys(row)).toEqual(CAMPAIGNS.columns.map(({ name }) => name));
      for (const value of Object.values(row)) expect(value).toBeTypeOf('string');
    }
  });

  test('one of them by its number; one that is not there is 404', async () => {
    const operation = await service.operation();
    await operation.upload([attempt()]);
    expect((await ask(operation, 'api=campaigns&campaign=1001')).data).toHaveLength(1);
    for (const unknown of ['1002', '99999999999']) {
      expect(await ask(operation, `api=campaigns&campaign=${unknown}`)).toMatchObject({
        status: 404,
        msg: '0 records were found',
        data: [],
      });
    }
    expect((await ask(operation, 'api=campaigns&campaign=all')).status).toBe(400);
  });

  test('no other operation’s', async () => {
    const [one, other] = [await service.operation(), await service.operation()];
    await one.upload([attempt()]);
    expect((await ask(other, 'api=campaigns')).status).toBe(404);
  });
});

describe('token_info', () => {
  test('says what the day still holds, this call included', async () => {
    const operation = await service.operation({ licences: 1, limits: { calls_per_licence: 10 } });
    const other = await operation.newToken(['report']);
    await ask(operation, 'api=token_info', other);
    const { data, headers } = await ask(operation, 'api=token_info');
    expect(data).toEqual([
      {
        description: 'test',
        token_limit: '10',
        token_use_today: '1',
        all_token_today: '2',
        available_consumption_options: '8',
      },
    ]);
    expect(headers.get('ratelimit')).toContain('r=8');
  });

  test('is refused like any call when the day is used up, and frees its slot', async () => {
    const operation = await service.operation({
      licences: 1,
      limits: { calls_per_licence: 3, max_simultaneous: 1 },
    });
    for (let call = 0; call < 3; call += 1) expect((await ask(operation, 'api=token_info')).status).toBe(200);
    expect(await ask(operation, 'api=token_info')).toMatchObject({
      status: 403,
      msg: 'TOKEN LIMIT EXCEEDED',
    });
  });
});

test('the checks are those of every call: api, token, scope, method', async () => {
  const operation = await service.operation();
  expect((await ask(operation, 'api=campaign_8')).status).toBe(400);
  expect((await ask(operation, '')).status).toBe(400);
  expect((await ask(operation, 'api=token_info', 'rct_wrong')).status).toBe(403);
  const ingest = await operation.newToken(['ingest']);
  expect((await ask(operation, 'api=token_info', ingest)).status).toBe(403);
  const posted = await fetch(`${service.service.url}/api/v2/information.php`, { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
});
