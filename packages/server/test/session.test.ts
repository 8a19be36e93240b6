import { SESSION_LIMITS, type SessionDocument, type SignInLinkDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, type TestOperation, TestService } from './harness.js';

/** `/v1/session`: a token for a cookie, which pages of the service alone can use. */
let service: TestService;
let operation: TestOperation;

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ name: 'Mine' });
});
afterAll(() => service.stop());

type Headers = Readonly<Record<string, string>>;
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Headers, payload?: object) =>
  service.service.inject({ method, url, headers, ...(payload && { payload }) });

/** Signs in. @returns the cookie as a browser sends it back */
async function signIn(token: string, headers: Headers = {}): Promise<string> {
  const reply = await call('POST', '/v1/session', { 'wolkvox-token': token, ...headers });
  expect(reply.statusCode).toBe(201);
  const [cookie = ''] = String(reply.headers['set-cookie']).split(';');
  return cookie;
}

async function statusWith(cookie: string, headers: Headers = OWN_PAGE): Promise<number> {
  return (await call('GET', '/v1/session', { cookie, ...headers })).statusCode;
}

test('a token is given for a cookie, which no script reads and no other site sends', async () => {
  const reply = await call('POST', '/v1/session', { 'wolkvox-token': operation.token });
  expect(reply.statusCode).toBe(201);
  expect(reply.headers['set-cookie']).toMatch(
    /^recuento_session_80=[\w-]{43}; Path=\/v1; Max-Age=43200; HttpOnly; SameSite=Strict$/,
  );
  const session: SessionDocument = reply.json();
  expect(session).toMatchObject({
    caller: 'token',
    operation: { server: operation.server, name: 'Mine' },
    scopes: ['report', 'ingest', 'admin'],
  });
  expect(JSON.stringify(session)).not.toContain(operation.token);
});

test('where the browser speaks TLS, the cookie is for TLS alone', async () => {
  const headers = { 'wolkvox-token': operation.token, origin: 'https://localhost:80' };
  expect((await call('POST', '/v1/session', headers)).headers['set-cookie']).toMatch(/; Secure$/);
});

test('the cookie is as good as the token, until it is given back', async () => {
  const cookie = await signIn(operation.token);
  const asked = await call('GET', '/v1/usage', { cookie, ...OWN_PAGE });
  const by_token = await call('GET', '/v1/usage', { 'wolkvox-token': operation.token });
  expect([asked.statusCode, asked.body]).toEqual([200, by_token.body]);
  expect(asked.headers['cache-control']).toBe('private, no-cache'); // no cache between keeps it for others
  const told: SessionDocument = (await call('GET', '/v1/session', { cookie, ...OWN_PAGE })).json();
  const lives_ms = Date.parse(told.expires_at ?? '') - Date.now();
  expect(lives_ms).toBeGreaterThan(SESSION_LIMITS.lives_ms - 600_000);
  expect(lives_ms).toBeLessThanOrEqual(SESSION_LIMITS.lives_ms);

  const out = await call('DELETE', '/v1/session', { cookie, ...OWN_PAGE });
  expect([out.statusCode, out.headers['set-cookie']]).toEqual([
    204,
    'recuento_session_80=; Path=/v1; Max-Age=0; HttpOnly; SameSite=Strict',
  ]);
  expect(await statusWith(cookie)).toBe(403);
});

const NEW_TOKEN = { name: 'made by a page', scopes: ['report'], expires_at: null };

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of the same host', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:81' }],
  ['nobody knows where', {}],
  ['a page without an origin', { origin: 'null' }],
  ['another host, by an old browser', { origin: 'http://elsewhere.test' }],
  ['an address that begins alike', { origin: 'http://localhost:80.elsewhere.test' }],
])('a change with the cookie that comes from %s is refused, and changes nothing', async (_from, headers) => {
  const cookie = await signIn(operation.token);
  const before = (await call('GET', '/v1/tokens', { 'wolkvox-token': operation.token })).body;
  const reply = await call('POST', '/v1/tokens', { cookie, ...headers }, NEW_TOKEN);
  expect([reply.statusCode, reply.json().id]).toEqual([401, 'token-missing']);
  expect((await call('GET', '/v1/tokens', { 'wolkvox-token': operation.token })).body).toBe(before);
});

test.each([
  ['its mark', OWN_PAGE],
  ['its origin, by an old browser', { origin: 'http://localhost:80' }],
])('a change from a page of the service is let in by %s', async (_by, headers) => {
  const cookie = await signIn(operation.token);
  const made = await call('POST', '/v1/tokens', { cookie, host: 'localhost:80', ...headers }, NEW_TOKEN);
  expect(made.statusCode).toBe(201);
});

test('a read from another site is refused, too; a download that somebody clicks is not', async () => {
  const cookie = await signIn(operation.token);
  expect(await statusWith(cookie, { 'sec-fetch-site': 'cross-site' })).toBe(401);
  expect(await statusWith(cookie, { 'sec-fetch-site': 'none' })).toBe(200);
});

test('a session ends with its token, with its time, and when too many others begin', async () => {
  const revoked = await operation.newToken(['report']);
  const cookie = await signIn(revoked);
  const { tokens } = service.service.services.accounts;
  const { token } = await tokens.authenticate(revoked);
  await tokens.revoke(token.id, undefined);
  expect(await statusWith(cookie)).toBe(403);

  const timed = await signIn(operation.token);
  service.ahead_ms = SESSION_LIMITS.lives_ms - 60_000;
  expect(await statusWith(timed)).toBe(200);
  service.ahead_ms = SESSION_LIMITS.lives_ms + 60_000;
  expect(await statusWith(timed)).toBe(403);
  service.ahead_ms = 0;

  const crowded = await operation.newToken(['report']);
  const others = await operation.newToken(['report']);
  const [first, its_neighbour] = [await signIn(crowded), await signIn(others)];
  service.ahead_ms = 60_000;
  for (let more = 1; more < SESSION_LIMITS.each_owner; more += 1) await signIn(crowded);
  expect(await statusWith(first)).toBe(200);
  await signIn(crowded);
  expect([await statusWith(first), await statusWith(its_neighbour)]).toEqual([403, 200]);
  service.ahead_ms = 0;
});

test('a session of the administrator names no operation, and is no session of a token', async () => {
  const cookie = await signIn(ADMIN_TOKEN);
  const told = await call('GET', '/v1/session', { cookie, ...OWN_PAGE });
  expect(told.json()).toMatchObject({ caller: 'administrator', operation: null, token: null });
  expect((await call('GET', '/v1/operations', { cookie, ...OWN_PAGE })).statusCode).toBe(200);
  const mine = await signIn(operation.token);
  expect((await call('GET', '/v1/operations', { cookie: mine, ...OWN_PAGE })).statusCode).toBe(403);
});

test('a token beside the cookie decides, and what is no session is nobody', async () => {
  const cookie = await signIn(ADMIN_TOKEN);
  const both = await call('GET', '/v1/session', { cookie, 'wolkvox-token': operation.token, ...OWN_PAGE });
  expect(both.json()).toMatchObject({ caller: 'token', expires_at: null });
  expect(await statusWith(`recuento_session_80=${'a'.repeat(43)}`)).toBe(403);
  expect(await statusWith('recuento_session_80=x')).toBe(401);
  const secret = cookie.replace('recuento_session_80=', '');
  expect((await call('GET', '/v1/session', { 'wolkvox-token': secret })).statusCode).toBe(403);
});

test('a session does not make another one, which would never end', async () => {
  const cookie = await signIn(operation.token);
  const again = await call('POST', '/v1/session', { cookie, ...OWN_PAGE });
  expect([again.statusCode, again.json().id]).toEqual([401, 'token-missing']);
  expect(await statusWith(cookie)).toBe(200);
});

/** Opens a link, as the console does. */
const openLink = (code: string) => call('POST', '/v1/session', { authorization: `Bearer ${code}` });

async function linkOf(token: string): Promise<SignInLinkDocument> {
  const reply = await call('POST', '/v1/session/link', { 'wolkvox-token': token });
  expect(reply.statusCode).toBe(201);
  return reply.json();
}

test('a link signs in as whoever made it, once', async () => {
  const { code, path, expires_at } = await linkOf(operation.token);
  expect(path).toBe(`/#sign-in=${code}`);
  expect(Date.parse(expires_at) - Date.now()).toBeLessThanOrEqual(SESSION_LIMITS.link_lives_ms);
  const opened = await openLink(code);
  expect([opened.statusCode, opened.json().operation]).toEqual([
    201,
    expect.objectContaining({ name: 'Mine' }),
  ]);
  const [cookie = ''] = String(opened.headers['set-cookie']).split(';');
  expect(await statusWith(cookie)).toBe(200);
  expect((await openLink(code)).statusCode).toBe(403);
});

test('of many who open a link at once, one is signed in', async () => {
  const { code } = await linkOf(operation.token);
  const opened = await Promise.all(Array.from({ length: 8 }, () => openLink(code)));
  const statuses = opened.map(({ statusCode }) => statusCode).sort();
  expect(statuses).toEqual([201, ...Array(7).fill(403)]);
});

test('the administrator’s link signs in the administrator', async () => {
  const opened = await openLink((await linkOf(ADMIN_TOKEN)).code);
  expect([opened.statusCode, opened.json().caller]).toEqual([201, 'administrator']);
});

test('a link’s code is no token, and ends with the token and with its time', async () => {
  const { code } = await linkOf(operation.token);
  for (const headers of [{ authorization: `Bearer ${code}` }, { 'wolkvox-token': code }]) {
    expect((await call('GET', '/v1/usage', headers)).statusCode).toBe(403);
    expect((await call('GET', '/v1/session', headers)).statusCode).toBe(403);
  }
  service.ahead_ms = SESSION_LIMITS.link_lives_ms;
  expect((await openLink(code)).statusCode).toBe(403);
  service.ahead_ms = 0;

  const body = { operation: operation.server, name: 'short', scopes: ['report'], expires_at: null };
  const made = await service.v1('POST', '/tokens', ADMIN_TOKEN, body);
  const { id, token } = (await made.json()) as { id: string; token: string };
  const link = await linkOf(token);
  await service.v1('DELETE', `/tokens/${id}?operation=${operation.server}`, ADMIN_TOKEN);
  expect((await openLink(link.code)).statusCode).toBe(403);
});
