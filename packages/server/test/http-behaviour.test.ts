import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Decoder } from '@toondepauw/node-zstd';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

let service: TestService;
let operation: TestOperation;
const QUERY = `api=campaign_8&campaign_id=1001&date_ini=${NOVEMBER[0]}&date_end=20261103235959`;
const path = `/api/v2/reports_manager.php?${QUERY}`;

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  await operation.upload(Array.from({ length: 50 }, (_, i) => attempt({ telephone: `57300${i}` })));
});
afterAll(() => service.stop());

const send = (method: string, headers: Record<string, string> = {}) =>
  fetch(service.service.url + path, { method, headers: { 'wolkvox-token': operation.token, ...headers } });

describe('methods', () => {
  test('HEAD is GET without a body', async () => {
    const [get, head] = [
      await send('GET', { 'accept-encoding': 'identity' }),
      await send('HEAD', { 'accept-encoding': 'identity' }),
    ];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(await get.text())));
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  test('HEAD frees its slot as GET does', async () => {
    const one = await service.operation({ limits: { max_simultaneous: 1 } });
    await one.upload([attempt()]);
    for (let asked = 0; asked < 5; asked += 1) {
      const reply = await send('HEAD', { 'wolkvox-token': one.token });
      expect(reply.status).toBe(200);
    }
    expect((await send('GET', { 'wolkvox-token': one.token })).status).toBe(200);
  });

  test('OPTIONS needs no token and tells what there is', async () => {
    const reply = await fetch(service.service.url + path, { method: 'OPTIONS' });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    const names = reply.headers.get('access-control-allow-headers')?.split(', ');
    expect(names).toEqual(expect.arrayContaining(['wolkvox-token', 'Content-Encoding']));
    // As long as Chromium remembers it at most: without it, it asks again after five seconds.
    expect(reply.headers.get('access-control-max-age')).toBe('7200');
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'SEARCH', 'PURGE'])(
    '%s is refused with Allow, before anything else',
    async (method) => {
      const reply = await fetch(service.service.url + path, { method });
      expect(reply.status).toBe(405);
      expect(reply.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      expect(await reply.json()).toMatchObject({ code: 405, error: 'METHOD NOT ALLOWED', data: [] });
    },
  );
});

describe('compression', () => {
  const decode = {
    gzip: gunzipSync,
    br: brotliDecompressSync,
    zstd: (bytes: Buffer) => new Decoder().decodeSync(bytes),
  };

  test.each(['gzip', 'br', 'zstd'] as const)('%s carries the same bytes', async (encoding) => {
    const plain = await operation.get(QUERY);
    const reply = await service.service.inject({
      url: path,
      headers: { 'wolkvox-token': operation.token, 'accept-encoding': encoding },
    });
    expect(reply.headers['content-encoding']).toBe(encoding);
    expect(reply.headers.vary).toContain('Accept-Encoding');
    expect(reply.rawPayload.length).toBeLessThan(plain.body.length);
    expect(decode[encoding](reply.rawPayload).toString()).toBe(plain.body);
  });

  test.each([
    ['gzip;q=0', undefined],
    ['deflate', undefined],
    ['identity', undefined],
    ['gzip;q=0.5, br;q=0.9', 'br'],
    ['*', 'zstd'],
    ['gzip, br, zstd', 'zstd'],
    ['zstd;q=0, *;q=0.1', 'br'],
    ['identity, gzip;q=0.5', undefined],
    ['GZIP', 'gzip'],
    ['identity;q=0, deflate', undefined],
  ])('%s chooses %s', async (accept, encoding) => {
    const reply = await operation.get(QUERY, { 'accept-encoding': accept }).catch(() => undefined);
    const raw = await service.service.inject({
      url: path,
      headers: { 'wolkvox-token': operation.token, 'accept-encoding': accept },
    });
    expect(raw.headers['content-encoding']).toBe(encoding);
    if (encoding === undefined) expect(reply?.json.data).toHaveLength(50);
  });
});

describe('ETag', () => {
  test('a closed window carries one, an unchanged result is 304 without a body, a new attempt ends that', async () => {
    const first = await operation.get(QUERY);
    const etag = String(first.headers.etag);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const again = await operation.get(QUERY, { 'if-none-match': etag });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, '', etag]);
    expect((await operation.get(QUERY, { 'if-none-match': `"other", ${etag}` })).status).toBe(304);
    expect((await operation.get(QUERY, { 'if-none-match': '"other"' })).status).toBe(200);
    await operation.upload([attempt({ telephone: '1' })]);
    const changed = await operation.get(QUERY, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  test('304 is answered without the report: the engine has no session free and it passes', async () => {
    const { headers } = await operation.get(QUERY);
    const node = service.service;
    const release = occupyEngine(node);
    const again = await fetch(node.url + path, {
      headers: { 'wolkvox-token': operation.token, 'if-none-match': String(headers.etag) },
    });
    expect(again.status).toBe(304);
    await release();
  });

  test('it holds across a restart, and differs by question, operation settings and page', async () => {
    const etag = async (query: string) => (await operation.get(query)).headers.etag;
    const before = await etag(QUERY);
    await service.restart();
    expect(await etag(QUERY)).toBe(before);
    const all = await etag(QUERY.replace('1001', 'all'));
    const paged = await etag(`${QUERY}&cursor=`);
    await operation.change({ reply_profile: { code: 'string' } });
    const strings = await etag(QUERY);
    await operation.change({ reply_profile: { code: 'number' } });
    expect(new Set([before, all, paged, strings]).size).toBe(4);
  });

  test('a window that is still open carries none and must not be stored', async () => {
    const later = await operation.get(
      QUERY.replace('20261103235959', '20261130235959').replace(NOVEMBER[0], '20261101000000'),
    );
    const open = new Date(Date.now() + 86_400_000).toISOString().replace(/\D/g, '').slice(0, 14);
    const reply = await operation.get(
      QUERY.replace('20261103235959', open).replace(NOVEMBER[0], openStart(open)),
    );
    expect(later.status).toBe(200);
    expect(reply.headers.etag).toBeUndefined();
    expect(reply.headers['cache-control']).toBe('no-store');
  });
});

test('a caller that hangs up frees its slot, also while its report waits for the engine', async () => {
  const one = await service.operation({ limits: { max_simultaneous: 1 } });
  await one.upload([attempt({ telephone: '1' })]);
  const node = service.service; // of two, the one whose engine is taken
  const release = occupyEngine(node);
  const ask = (signal?: AbortSignal) =>
    fetch(node.url + path, { headers: { 'wolkvox-token': one.token }, ...(signal && { signal }) });
  const caller = new AbortController();
  const first = ask(caller.signal).catch(() => 'hung up');
  await vi.waitFor(async () => {
    const usage = await service.v1('GET', '/usage', one.token);
    expect(await usage.json()).toMatchObject({ calls_used: 1 });
  }, SOON_MS);
  expect((await ask()).status).toBe(403);
  caller.abort();
  expect(await first).toBe('hung up');
  // The engine is still taken, so a request that was let in waits; it was refused while the slot was held.
  const waiting = await vi.waitFor(async () => {
    const reply = ask();
    const refused = await Promise.race([
      reply,
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), REFUSED_WITHIN_MS)),
    ]);
    expect(refused).toBeUndefined();
    return { reply };
  }, SOON_MS);
  await release();
  expect((await waiting.reply).status).toBe(200);
});

/** A refusal comes at once; this is for a busy machine. */
const REFUSED_WITHIN_MS = 2_000;
/** A busy machine takes its time; a fault never comes right. */
const SOON_MS = 20_000;

/** Fills every session of a node that reports may use, for real, until released. */
function occupyEngine({ services: { engine } }: TestService['service']): () => Promise<void> {
  const controllers = Array.from({ length: 6 }, () => new AbortController());
  const busy = controllers.map(({ signal }, i) =>
    engine.read({ sql: SLOW_SQL, fair_key: `${i}`, max_ms: 60_000, signal }).catch(() => undefined),
  );
  return async () => {
    for (const controller of controllers) controller.abort();
    await Promise.all(busy);
  };
}

/** Runs for minutes unless it is stopped. */
const SLOW_SQL = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 42 FORMAT TSV';

describe('reply profile', () => {
  test('code as a string, on success and on errors', async () => {
    const strings = await service.operation({ reply_profile: { code: 'string' } });
    await strings.upload([attempt()]);
    expect((await strings.campaign8(1001, ...NOVEMBER)).body).toMatch(
      /^\{"code":"200","error":null,"msg":"1 records were found","data":\[/,
    );
    expect((await strings.campaign8(7, ...NOVEMBER)).body).toBe(
      '{"code":"404","error":"NOT FOUND","msg":"0 records were found","data":[]}',
    );
    expect((await strings.campaign8('x', ...NOVEMBER)).json.code).toBe('400');
  });

  test('nothing found is 404, or 200 where the operation asks for it', async () => {
    const usual = await service.operation();
    const empty = await usual.campaign8(1001, ...NOVEMBER);
    expect([empty.status, empty.body]).toEqual([
      404,
      '{"code":404,"error":"NOT FOUND","msg":"0 records were found","data":[]}',
    ]);
    const other = await service.operation({ reply_profile: { empty_status: 200 } });
    const found = await other.campaign8(1001, ...NOVEMBER);
    expect([found.status, found.body]).toEqual([
      200,
      '{"code":200,"error":null,"msg":"0 records were found","data":[]}',
    ]);
  });
});

test('health, readiness and unknown paths', async () => {
  const { url } = service.service;
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
  const unknown = await fetch(`${url}/nowhere`);
  expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ]);
});

/** A start that keeps the window within 31 days. */
function openStart(end: string): string {
  return `${end.slice(0, 6)}01000000`;
}
