import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_TOKEN, attempt, NOVEMBER, TestService } from './harness.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const json = async (reply: Response) => (await reply.json()) as Record<string, unknown>;

function post(token: string, body: string | Buffer, headers: Record<string, string>): Promise<Response> {
  return fetch(`${service.service.url}/v1/attempts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

describe('operations', () => {
  test('are created with defaults, listed, changed, and not created twice', async () => {
    const created = await service.v1('POST', '/operations', ADMIN_TOKEN, {
      server: 'wv9001',
      name: 'One',
      licences: 2,
    });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/v1/operations/9001');
    expect(await json(created)).toMatchObject({
      server: '9001',
      time_zone: 'America/Bogota',
      reply_profile: { code: 'number', empty_status: 404 },
      limits: {
        max_rows: 60_000,
        max_records: 10_000,
        max_window_days: 31,
        max_call_ms: 60_000,
        max_simultaneous: 2,
      },
    });
    const again = await service.v1('POST', '/operations', ADMIN_TOKEN, { server: '9001', name: 'Two' });
    expect([again.status, (await json(again)).id]).toEqual([409, 'conflict']);
    const changed = await service.v1('PATCH', '/operations/9001', ADMIN_TOKEN, {
      licences: 3,
      limits: { max_rows: 10 },
    });
    expect(await json(changed)).toMatchObject({
      name: 'One',
      licences: 3,
      limits: { max_rows: 10, max_records: 10_000 },
    });
    const list = await json(await service.v1('GET', '/operations', ADMIN_TOKEN));
    expect(list.operations).toContainEqual(expect.objectContaining({ server: '9001', licences: 3 }));
    expect((await service.v1('PATCH', '/operations/none', ADMIN_TOKEN, {})).status).toBe(404);
  });

  test.each([
    [{ server: '9002', name: 'x', time_zone: 'Mars/Phobos' }, 'time_zone'],
    [{ server: '9002', name: 'x', time_zone: '+05:00' }, 'time_zone'],
    [{ server: '90 02', name: 'x' }, 'server'],
    [{ server: '9002', name: 'x', licences: 0 }, 'licences'],
    [{ server: '9002', name: 'x', limits: { max_rows: 0 } }, 'limits.max_rows'],
    [{ server: '9002', name: 'x', colour: 'red' }, 'colour'],
    [{ server: '9002' }, 'name'],
  ])('%j is refused, naming %s', async (body, field) => {
    const reply = await service.v1('POST', '/operations', ADMIN_TOKEN, body);
    expect(reply.status).toBe(422);
    expect(await json(reply)).toMatchObject({ id: 'invalid-records', faults: [{ field }] });
  });

  test('are for the administrator alone', async () => {
    const operation = await service.operation();
    for (const [method, path] of [
      ['GET', '/operations'],
      ['POST', '/operations'],
      ['PATCH', `/operations/${operation.server}`],
    ] as const) {
      const reply = await service.v1(
        method,
        path,
        operation.token,
        method === 'GET' ? undefined : { name: 'x' },
      );
      expect([reply.status, (await json(reply)).id]).toEqual([403, 'scope-missing']);
    }
    expect((await service.v1('GET', '/operations', 'stranger')).status).toBe(403);
    expect((await fetch(`${service.service.url}/v1/operations`)).status).toBe(401);
  });

  test('whoever has a token of one may look at it, and at no other', async () => {
    const [operation, other] = [await service.operation({ licences: 7 }), await service.operation()];
    const list = await json(await service.v1('GET', '/operations', ADMIN_TOKEN));
    const operations = list.operations as { server: string }[];
    const shown = operations.find(({ server }) => server === operation.server);
    expect(shown).toMatchObject({ licences: 7, numbering: null, words: {} });
    for (const token of [ADMIN_TOKEN, await operation.newToken(['ingest'])]) {
      for (const spelling of [operation.server, `wv${operation.server}.wolkvox.com`]) {
        expect(await json(await service.v1('GET', `/operations/${spelling}`, token))).toEqual(shown);
      }
    }
    for (const unseen of [other.server, 'none']) {
      const reply = await service.v1('GET', `/operations/${unseen}`, operation.token);
      expect([reply.status, (await json(reply)).id]).toEqual([403, 'token-invalid']);
    }
    expect((await service.v1('GET', '/operations/none', ADMIN_TOKEN)).status).toBe(404);
  });
});

describe('tokens', () => {
  test('the secret is shown once, the list has none, and a revoked one is refused at once', async () => {
    const operation = await service.operation();
    const made = await json(
      await service.v1('POST', '/tokens', operation.token, {
        name: 'bi',
        scopes: ['report'],
        expires_at: null,
      }),
    );
    expect(made).toMatchObject({ operation: operation.server, name: 'bi', scopes: ['report'] });
    const secret = String(made.token);
    expect((await operation.campaign8('all', ...NOVEMBER, {}, { 'wolkvox-token': secret })).status).toBe(404);
    const list = await (await service.v1('GET', '/tokens', operation.token)).text();
    expect(list).toContain(String(made.id));
    expect(list).not.toContain(secret);
    expect((await service.v1('DELETE', `/tokens/${made.id}`, operation.token)).status).toBe(204);
    const refused = await operation.campaign8('all', ...NOVEMBER, {}, { 'wolkvox-token': secret });
    expect(refused.json).toMatchObject({ code: 403, msg: 'PLEASE VALIDATE TOKEN' });
    expect((await service.v1('DELETE', `/tokens/${made.id}`, operation.token)).status).toBe(404);
  });

  test('expire', async () => {
    const operation = await service.operation();
    const token = await operation.newToken(['report'], new Date(Date.now() + 60_000).toISOString());
    const ask = async () =>
      (await operation.campaign8('all', ...NOVEMBER, {}, { 'wolkvox-token': token })).status;
    expect(await ask()).toBe(404);
    service.ahead_ms = 61_000;
    expect(await ask()).toBe(403);
    service.ahead_ms = 0;
  });

  test('the administrator names the operation; a scope that is missing is named', async () => {
    const operation = await service.operation();
    expect((await service.v1('GET', `/tokens?operation=wv${operation.server}`, ADMIN_TOKEN)).status).toBe(
      200,
    );
    expect((await service.v1('GET', '/tokens', ADMIN_TOKEN)).status).toBe(400);
    expect((await service.v1('GET', '/tokens?operation=none', ADMIN_TOKEN)).status).toBe(404);
    const report = await operation.newToken(['report']);
    for (const [method, path] of [
      ['GET', '/tokens'],
      ['POST', '/attempts'],
      ['PUT', '/campaigns/1'],
    ] as const) {
      const reply = await service.v1(method, path, report, method === 'GET' ? undefined : {});
      expect([path, reply.status, (await json(reply)).id]).toEqual([path, 403, 'scope-missing']);
    }
  });
});

test('campaigns are created by name or on first use, and a name stays when attempts come', async () => {
  const operation = await service.operation();
  const put = await service.v1('PUT', '/campaigns/7', operation.token, {
    name: 'Cobranza',
    type: 'predictive',
  });
  expect(await json(put)).toEqual({ campaign_id: 7, name: 'Cobranza', type: 'predictive' });
  await operation.upload([attempt({ campaign_id: 7 }), attempt({ campaign_id: 4_294_967_295 })]);
  const renamed = await service.v1('PUT', '/campaigns/7', operation.token, { type: 'preview' });
  expect(await json(renamed)).toEqual({ campaign_id: 7, name: 'Cobranza', type: 'preview' });
  expect((await json(await service.v1('GET', '/campaigns', operation.token))).campaigns).toEqual([
    { campaign_id: 7, name: 'Cobranza', type: 'preview' },
    { campaign_id: 4_294_967_295, name: null, type: null },
  ]);
  for (const id of ['0', '4294967296', 'x', '-1']) {
    expect((await service.v1('PUT', `/campaigns/${id}`, operation.token, { name: 'x' })).status).toBe(400);
  }
});

describe('POST /v1/attempts', () => {
  const ndjson = { 'content-type': 'application/x-ndjson' };

  test('takes NDJSON, gzip and all optional fields', async () => {
    const operation = await service.operation();
    const lines = [
      attempt({
        telephone: '1',
        customer_id: 'k',
        trunk: 't',
        sip: 486,
        cause: 17,
        amd: 'machine',
        duration_seconds: 3,
        agent_id: 'ana',
        customer_name: 'Ñ',
        opt12: 'x',
      }),
      attempt({ telephone: '2', dialed_at: '2026-11-03T23:59:59.999Z' }),
    ].map((record) => JSON.stringify(record));
    const plain = await post(operation.token, `${lines.join('\r\n')}\n\n`, ndjson);
    expect([plain.status, await json(plain)]).toEqual([201, { received: 2 }]);
    const zipped = await post(operation.token, gzipSync(lines.join('\n')), {
      ...ndjson,
      'content-encoding': 'gzip',
    });
    expect(zipped.status).toBe(201);
    const array = await post(operation.token, gzipSync(`[${lines[0]}]`), {
      'content-type': 'application/json; charset=utf-8',
      'content-encoding': 'gzip',
    });
    expect(await json(array)).toEqual({ received: 1 });
    expect((await operation.campaign8('all', ...NOVEMBER)).json.data.map((row) => row.telephone)).toEqual([
      '1',
      '2',
    ]);
    const second = await operation.campaign8('all', '20261103185959', '20261103185959');
    expect(second.json.data).toMatchObject([{ telephone: '2' }]);
  });

  test('names every bad record with index, field and reason, and stores nothing', async () => {
    const operation = await service.operation();
    const records = [
      attempt(),
      attempt({ telephone: '' }),
      attempt({ result: 'maybe', campaign_id: 0 }),
      attempt({ dialed_at: '2026-11-03 12:00:00' }),
      7,
    ];
    const reply = await service.v1('POST', '/attempts', operation.token, records);
    expect(reply.status).toBe(422);
    const { faults } = (await reply.json()) as { faults: { index: number; field: string; reason: string }[] };
    expect(faults.map(({ index, field }) => [index, field])).toEqual([
      [1, 'telephone'],
      [2, 'campaign_id'],
      [2, 'result'],
      [3, 'dialed_at'],
      [4, ''],
    ]);
    expect(faults.every(({ reason }) => reason.length > 5)).toBe(true);
    expect((await operation.campaign8('all', ...NOVEMBER)).status).toBe(404);
  });

  test('an upload over many months is there whole', async () => {
    const operation = await service.operation();
    const dials = Array.from({ length: 130 }, (_, month) =>
      attempt({ telephone: '1', dialed_at: new Date(Date.UTC(2015, month, 15)).toISOString() }),
    );
    await operation.upload([
      ...dials,
      attempt({ telephone: '2', dialed_at: '2000-01-01T00:00:00Z' }),
      attempt({ telephone: '3', dialed_at: '2100-12-31T23:59:59Z' }),
    ]);
    let total = 0;
    for (let year = 2015; year <= 2025; year += 1) {
      for (const month of ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']) {
        const page = await operation.campaign8('all', `${year}${month}01000000`, `${year}${month}28000000`);
        total += Number(page.json.data[0]?.total_machine_recognitions ?? 0);
      }
    }
    expect(total).toBe(130);
    expect((await operation.campaign8('all', '19991231190000', '19991231190000')).json.data).toMatchObject([
      { telephone: '2' },
    ]);
    expect((await operation.campaign8('all', '21001231185959', '21001231185959')).json.data).toMatchObject([
      { telephone: '3' },
    ]);
  });

  test('an Idempotency-Key spares the work of a retry, and refuses another body', async () => {
    const operation = await service.operation();
    const key = { 'content-type': 'application/json', 'idempotency-key': 'upload-1' };
    const first = attempt({ result: 'busy' });
    const body = JSON.stringify([first]);
    expect((await post(operation.token, body, key)).status).toBe(201);
    await operation.upload([{ ...first, result: 'failed' }]);
    const retried = await post(operation.token, body, key);
    expect([retried.status, await json(retried)]).toEqual([201, { received: 1 }]);
    // The retry was not a new delivery: what came after the first one still holds.
    expect((await operation.campaign8('all', ...NOVEMBER)).json.data).toMatchObject([
      { busy: '0', failed: '1' },
    ]);
    const other = await post(operation.token, JSON.stringify([attempt()]), key);
    expect([other.status, (await json(other)).id]).toEqual([409, 'conflict']);
    const neighbour = await service.operation();
    expect((await post(neighbour.token, JSON.stringify([attempt()]), key)).status).toBe(201);
  });

  test('of four bodies at once under one key one is stored, and all are told so; another body is refused', async () => {
    const operation = await service.operation();
    const key = { 'content-type': 'application/json', 'idempotency-key': 'upload-2' };
    // Not so small that one could be done before the next comes.
    const body = JSON.stringify(Array.from({ length: 5_000 }, () => attempt()));
    const [other, ...replies] = await Promise.all([
      post(operation.token, body, key).then(() => post(operation.token, JSON.stringify([attempt()]), key)),
      ...Array.from({ length: 3 }, () => post(operation.token, body, key)),
    ]);
    expect(await Promise.all(replies.map(json))).toEqual(Array(3).fill({ received: 5_000 }));
    expect(other?.status).toBe(409);
    const { accounts, engine } = service.service.services;
    const { id } = await accounts.operations.byServer(operation.server);
    const deliveries = await engine.read({
      sql: 'SELECT count(), uniqExact(version) FROM told WHERE operation_id = {id:UInt32} FORMAT TSV',
      params: { id },
      fair_key: 'test',
      max_ms: 10_000,
    });
    expect(deliveries.toString()).toBe('5000\t1\n');
  });

  test('100 faults are listed, and of 101 the first 100 with how many there are', async () => {
    const operation = await service.operation();
    for (const count of [100, 101]) {
      const records = Array.from({ length: count }, () => attempt({ telephone: '' }));
      const refused = await json(await service.v1('POST', '/attempts', operation.token, records));
      expect(refused).toMatchObject({ id: 'invalid-records', detail: `${count} FIELDS ARE NOT VALID` });
      expect(refused.faults).toHaveLength(100);
    }
  });

  test('nothing to store is fine, and an empty body is not', async () => {
    const operation = await service.operation();
    expect(await json(await service.v1('POST', '/attempts', operation.token, []))).toEqual({ received: 0 });
    const empty = await post(operation.token, '', ndjson);
    expect([empty.status, (await json(empty)).id]).toEqual([400, 'malformed-body']);
  });

  test('the administrator may upload for an operation that it names', async () => {
    const operation = await service.operation();
    const reply = await service.v1('POST', `/attempts?operation=${operation.server}`, ADMIN_TOKEN, [
      attempt(),
    ]);
    expect(reply.status).toBe(201);
    expect((await operation.campaign8('all', ...NOVEMBER)).json.data).toHaveLength(1);
  });
});
