import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type ErrorId, MAX_BODY_BYTES } from '@recuento/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';
import { sendRaw } from './raw-http.js';
import { callCampaign, postCampaign } from './uploads.js';

/** `campaign.php`: what holds for every upload of the documented API, whatever its list. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ upload_memory_mib: 128 });
});
afterAll(() => service.stop());

const DNC = 'api=add_dnc';
const RECORD = 'api=add_record&campaign_id=1001';
const ONE = [{ telephone: '1', days_block: 1 }];

async function used({ token }: TestOperation): Promise<number> {
  const reply = await service.v1('GET', '/usage', token);
  return ((await reply.json()) as { calls_used: number }).calls_used;
}

async function expectRefused(
  operation: TestOperation,
  id: ErrorId,
  query: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const reply = await postCampaign(operation, query, body, headers);
  expect(entryOf(reply, [operation.token, ADMIN_TOKEN])).toBe(id);
  return reply.json.msg;
}

/** Sends the head of an upload and no more than the beginning of its body. */
async function beginUpload(token: string, query = DNC, length = 1_000, sent = 1): Promise<Socket> {
  const { hostname, port } = new URL(service.service.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST /api/v2/campaign.php?${query} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${token}\r\nContent-Length: ${length}\r\n\r\n`,
  );
  socket.write(Buffer.alloc(sent, ' '));
  return socket;
}

test('the calls that the guide shows have the replies that it shows', async () => {
  const guide = readFileSync(new URL('../../../docs/guide/campaign-uploads.md', import.meta.url), 'utf8');
  const shown = [...guide.matchAll(/```sh\n(curl .*?)```\n\n```json\n(.*?)\n```/gs)];
  expect(shown).toHaveLength(5);
  const operation = await service.operation();
  for (const [, call = '', reply] of shown) {
    const [, method = 'POST'] = /-X (PUT|DELETE) /.exec(call) ?? [];
    const [, query = ''] = /campaign\.php\?([^']+)'/.exec(call) ?? [];
    const [, body = ''] = /-d '([^']+)'/.exec(call) ?? [];
    // As cURL sends it.
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await callCampaign(operation, method, query, body, type)).body).toBe(reply);
  }
});

describe('order of checks', () => {
  test('method, token, server, api, parameters, scope, quota: the first that fails is what is said', async () => {
    const operation = await service.operation({ licences: 1, limits: { calls_per_licence: 1 } });
    const report = await operation.newToken(['report']);
    const bad = 'not even JSON';
    const get = await service.service.inject({ method: 'GET', url: `/api/v2/campaign.php?${DNC}` });
    expect([get.statusCode, get.headers.allow]).toEqual([405, 'POST, OPTIONS']);
    await expectRefused(operation, 'token-missing', 'api=x', bad, { 'wolkvox-token': '' });
    await expectRefused(operation, 'token-invalid', 'api=x', bad, {
      'wolkvox-token': 'rct_no',
      wolkvox_server: '1',
    });
    await expectRefused(operation, 'server-mismatch', 'api=x', bad, { wolkvox_server: '9999' });
    for (const api of ['x', 'campaign_8', 'ADD_DNC', '__proto__']) {
      await expectRefused(operation, 'unknown-api', `api=${api}`, bad, { 'wolkvox-token': report });
    }
    expect(await expectRefused(operation, 'missing-parameters', '', bad)).toContain('api');
    expect(
      await expectRefused(operation, 'missing-parameters', 'api=add_record', bad, {
        'wolkvox-token': report,
      }),
    ).toContain('campaign_id');
    expect(await used(operation)).toBe(0);
    expect(
      await expectRefused(operation, 'scope-missing', RECORD, bad, { 'wolkvox-token': report }),
    ).toContain('ingest');
    expect(await used(operation)).toBe(1);
    await expectRefused(operation, 'quota-exceeded', RECORD, bad);
    expect(await used(operation)).toBe(1);
  });

  test('a call counts whatever becomes of its body, and says what is left of the day', async () => {
    const operation = await service.operation({ licences: 1 });
    await expectRefused(operation, 'malformed-body', DNC, 'x');
    await expectRefused(operation, 'invalid-records', RECORD, [{}]);
    const { status, headers } = await postCampaign(operation, DNC, ONE);
    expect([status, headers.get('ratelimit')?.split(';')[1], headers.get('cache-control')]).toEqual([
      201,
      'r=997',
      'no-store',
    ]);
    expect(await used(operation)).toBe(3);
  });

  test('errors follow the reply profile', async () => {
    const operation = await service.operation({ reply_profile: { code: 'string' } });
    const { body } = await postCampaign(operation, RECORD, [{ customer_id: 'x'.repeat(1_025) }]);
    expect(body).toBe(
      '{"code":"422","error":"UNPROCESSABLE CONTENT","msg":"1 FIELDS ARE NOT VALID",' +
        '"data":[{"index":"0","field":"customer_id","reason":"has more than 1024 characters"}]}',
    );
  });

  test.each(['', '0', '-1', '4294967296', 'all', '1.5', '1&campaign_id=2'])(
    'campaign_id=%s is refused',
    async (campaign_id) => {
      const operation = await service.operation();
      const id = campaign_id === '' ? 'missing-parameters' : 'bad-parameter';
      const msg = await expectRefused(operation, id, `api=add_record&campaign_id=${campaign_id}`, []);
      expect(msg).toContain('campaign_id');
    },
  );
});

describe('slot', () => {
  test('a call holds one while its body comes in, and frees it when it has ended or hung up', async () => {
    const operation = await service.operation();
    const uploads = [await beginUpload(operation.token), await beginUpload(operation.token, RECORD)];
    while ((await used(operation)) !== 2);
    expect(await expectRefused(operation, 'too-many-simultaneous', DNC, ONE)).toContain('(2)');
    for (const socket of uploads) socket.destroy();
    await expect
      .poll(async () => (await postCampaign(operation, DNC, ONE)).status, { timeout: 10_000 })
      .toBe(201);
    // Whoever has the reply finds the slot free.
    const alone = await service.operation({ limits: { max_simultaneous: 1 } });
    for (let call = 0; call < 10; call += 1) {
      expect((await postCampaign(alone, DNC, ONE)).status).toBe(201);
      await expectRefused(alone, 'malformed-body', DNC, 'x');
      await expectRefused(alone, 'body-too-large', DNC, Buffer.alloc(MAX_BODY_BYTES + 1, ' '));
    }
  });

  test('a body that does not come within the time of a call is given up, and the slot is free', async () => {
    const operation = await service.operation({ limits: { max_call_ms: 300, max_simultaneous: 1 } });
    const reply = await sendRaw(
      service.service.url,
      `POST /api/v2/campaign.php?${DNC} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${operation.token}\r\nContent-Length: 9\r\n\r\n[`,
    );
    expect(entryOf(reply)).toBe('body-too-slow');
    expect(reply.headers.get('connection')).toBe('close');
    await operation.change({ limits: { max_call_ms: 60_000 } });
    expect((await postCampaign(operation, DNC, ONE)).status).toBe(201);
  });

  test('bodies of both APIs share one room: where two have all that one operation may, a third waits', async () => {
    const operation = await service.operation();
    const neighbour = await service.operation();
    const begin = () => beginUpload(operation.token, DNC, MAX_BODY_BYTES, MAX_BODY_BYTES - 1);
    const held = [await begin(), await begin()];
    const { bodies } = service.service.services.admission;
    await expect.poll(() => bodies.figures().held, { timeout: 60_000 }).toBe(2 * (MAX_BODY_BYTES - 1));
    const waiting = service.v1('POST', '/attempts', operation.token, [attempt()]);
    await expect.poll(() => bodies.figures().waiting, { timeout: 60_000 }).toBe(1);
    expect((await service.v1('POST', '/attempts', neighbour.token, [attempt()])).status).toBe(201);
    expect((await postCampaign(neighbour, DNC, ONE)).status).toBe(201);
    expect(bodies.figures().waiting).toBe(1);
    for (const socket of held) socket.destroy();
    expect((await waiting).status).toBe(201);
  });
});

describe('body', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data',
    'json',
    'application/json, text/plain',
    ';',
  ])('is JSON whatever its Content-Type says: %s', async (type) => {
    const operation = await service.operation();
    expect((await postCampaign(operation, DNC, ONE, { 'content-type': type })).status).toBe(201);
  });

  test('is JSON without a Content-Type too, in one piece or in chunks', async () => {
    const operation = await service.operation();
    const head = `POST /api/v2/campaign.php?${DNC} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${operation.token}\r\n`;
    const text = JSON.stringify(ONE);
    const pieces = `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
    for (const rest of [
      `Content-Length: ${text.length}\r\n\r\n${text}`,
      `Transfer-Encoding: chunked\r\n\r\n${pieces}`,
      `Content-Type:\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
    ]) {
      expect((await sendRaw(service.service.url, head + rest)).status).toBe(201);
    }
  });

  test('may be gzip, and no other encoding', async () => {
    const operation = await service.operation();
    const gzipped = gzipSync(JSON.stringify(ONE));
    expect((await postCampaign(operation, DNC, gzipped, { 'content-encoding': 'gzip' })).status).toBe(201);
    await expectRefused(operation, 'malformed-body', DNC, gzipped.subarray(0, 20), {
      'content-encoding': 'gzip',
    });
    await expectRefused(operation, 'unsupported-media-type', DNC, gzipped, { 'content-encoding': 'br' });
  });

  test.each([
    ['', 'EMPTY'],
    [' ', 'NOT JSON'],
    ['{"telephone":"1","days_block":1},', 'NOT JSON'],
    ['{"telephone":"1","days_block":1}{"telephone":"2","days_block":1}', 'NOT JSON'],
    ['true', 'NOT A JSON ARRAY'],
    ['null', 'NOT A JSON ARRAY'],
    ['"[]"', 'NOT A JSON ARRAY'],
    ['[{"telephone":"1","days_block":1}', 'NOT JSON'],
    ['[{"telephone":"1","days_block":1}]]', 'NOT JSON'],
    ['telephone=1&days_block=1', 'NOT JSON'],
    ['\ufeff[', 'NOT JSON'],
    ['['.repeat(100_000), 'NOT JSON'],
    [Buffer.from([0x5b, 0xff, 0x5d]), 'NOT UTF-8'],
  ])('%s is refused: %s', async (body, reason) => {
    const operation = await service.operation();
    for (const query of [DNC, RECORD]) {
      expect(await expectRefused(operation, 'malformed-body', query, body)).toContain(reason);
    }
  });

  test('of 32 MiB passes, and one byte more does not, also when it is told only after decompression', async () => {
    const operation = await service.operation();
    const padded = (bytes: number) => {
      const text = JSON.stringify(ONE);
      // Spaces of both kinds in no order, which gzip makes an eighth of.
      const body = randomBytes(bytes).map((byte) => (byte < 128 ? 0x20 : 0x09));
      body.set(Buffer.from(text.slice(0, -1)));
      body.set(Buffer.from(']'), bytes - 1);
      return Buffer.from(body);
    };
    expect((await postCampaign(operation, DNC, padded(MAX_BODY_BYTES))).status).toBe(201);
    await expectRefused(operation, 'body-too-large', DNC, padded(MAX_BODY_BYTES + 1));
    const gzip = { 'content-encoding': 'gzip' };
    expect((await postCampaign(operation, DNC, gzipSync(padded(MAX_BODY_BYTES)), gzip)).status).toBe(201);
    await expectRefused(operation, 'body-too-large', DNC, gzipSync(padded(MAX_BODY_BYTES + 1)), gzip);
  });

  test('is read only when the call was let in', async () => {
    const operation = await service.operation();
    for (const [token, query, id] of [
      ['rct_no', DNC, 'token-invalid'],
      [operation.token, 'api=x', 'unknown-api'],
      [await operation.newToken(['report']), DNC, 'scope-missing'],
    ]) {
      // The rest of the body never comes, and the reply does all the same.
      const reply = await sendRaw(
        service.service.url,
        `POST /api/v2/campaign.php?${query} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${token}\r\nContent-Length: 9\r\n\r\n[`,
      );
      expect(entryOf(reply)).toBe(id);
    }
  });
});
