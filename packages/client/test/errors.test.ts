import { CATALOGUE, type ErrorId } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  AuthorizationError,
  ConnectionError,
  InvalidReplyError,
  LimitError,
  NotFoundError,
  ReportsError,
  RequestError,
  ServerError,
  TooLargeError,
} from '../src/index.js';
import type { ReportsManagerOptions } from '../src/options.js';
import { dial } from './dials.js';
import { DocumentedServer, type Fault } from './documented-server.js';
import { TestClient } from './test-client.js';

let server: DocumentedServer;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
});
afterAll(() => server.stop());

const SECOND = { campaignId: 1, from: '20251003120000', to: '20251003120000' };

/** What a client makes of a reply. */
async function failureOf(reply: () => Response | Promise<Response>, retries = 0): Promise<ReportsError> {
  const client = new TestClient({ baseUrl: 'http://127.0.0.1:9', retries, fetch: async () => reply() });
  const failed: unknown = await client
    .campaign8(SECOND)
    .collect()
    .catch((error: unknown) => error);
  if (failed instanceof ReportsError) return failed;
  throw new Error(`no ReportsError: ${String(failed)}`);
}

/** The class of every entry of the catalogue; the compiler asks for one that is new. */
const FAMILIES: Readonly<Record<ErrorId, typeof ReportsError | typeof LimitError | 'empty'>> = {
  'unknown-api': RequestError,
  'api-not-served': RequestError,
  'missing-parameters': RequestError,
  'bad-parameter': RequestError,
  'window-reversed': RequestError,
  'window-too-long': RequestError,
  'malformed-body': RequestError,
  'body-too-slow': ConnectionError,
  'import-broken-off': RequestError,
  'token-missing': AuthorizationError,
  'token-invalid': AuthorizationError,
  'server-mismatch': AuthorizationError,
  'signature-invalid': AuthorizationError,
  'scope-missing': AuthorizationError,
  'too-many-simultaneous': LimitError,
  'quota-exceeded': LimitError,
  'no-records': 'empty',
  'unknown-path': NotFoundError,
  'unknown-resource': NotFoundError,
  'method-not-allowed': RequestError,
  conflict: RequestError,
  'too-many-rows': TooLargeError,
  'table-too-long': TooLargeError,
  'too-many-records': TooLargeError,
  'too-many-campaigns': AuthorizationError,
  'reply-too-large': TooLargeError,
  'body-too-large': TooLargeError,
  'unsupported-media-type': RequestError,
  'invalid-records': RequestError,
  'wrong-file': RequestError,
  'file-is-packed': RequestError,
  'file-is-workbook': RequestError,
  'file-is-web-page': RequestError,
  'file-is-sql': RequestError,
  'file-is-no-text': RequestError,
  'headers-too-large': RequestError,
  'headers-too-slow': ConnectionError,
  'expectation-unknown': RequestError,
  'malformed-request': RequestError,
  internal: ServerError,
  unavailable: ServerError,
  'disk-full': ServerError,
  'report-timeout': ServerError,
};

test.each(Object.entries(CATALOGUE))(
  '%s has its class, with status, code and request id',
  async (id, entry) => {
    const family = FAMILIES[id as ErrorId];
    for (const code of [entry.status, String(entry.status)]) {
      const body = { code, error: entry.error, msg: entry.msg, data: [] };
      const init = { status: entry.status, headers: { 'X-Request-Id': 'r-1' } };
      if (family === 'empty') {
        const client = new TestClient({
          baseUrl: 'http://127.0.0.1:9',
          fetch: async () => Response.json(body, init),
        });
        expect(await client.campaign8(SECOND).collect()).toEqual([]);
        continue;
      }
      const failure = await failureOf(() => Response.json(body, init));
      expect(failure).toBeInstanceOf(family);
      expect(failure.name).toBe(family.name);
      expect(failure).toMatchObject(
        family === TooLargeError
          ? { status: entry.status }
          : { status: entry.status, code: entry.status, requestId: 'r-1' },
      );
    }
  },
);

test('refusals that come with HTTP 200 are refusals', async () => {
  const body = { code: '403', error: 'FORBIDDEN', msg: 'PLEASE VALIDATE TOKEN', data: [] };
  const failure = await failureOf(() => Response.json(body));
  expect(failure).toBeInstanceOf(AuthorizationError);
  expect(failure).toMatchObject({ status: 200, code: 403 });
});

const row = (fields: object) => ({
  telephone: '1',
  total_machine_recognitions: '1',
  no_answer: '1',
  answer_machine: '0',
  busy: '0',
  congestion: '0',
  failed: '0',
  ...fields,
});
const rows = (...data: unknown[]) => ({ code: 200, error: null, msg: 'x', data });

test.each([
  ['a page of something else', new Response('<html>404</html>')],
  ['nothing', new Response('')],
  ['another JSON', Response.json({ ok: true })],
  ['a list in place of the envelope', Response.json([])],
  ['a code that is none', Response.json({ ...rows(), code: 'OK' })],
  ['no list of rows', Response.json({ code: 200, error: null, msg: '1 records were found', data: {} })],
  ['no data', Response.json({ code: 200, error: null, msg: '1 records were found', data: null })],
  ['200 and an error', Response.json({ ...rows(), error: 'SOME' })],
  ['a row that is none', Response.json(rows(null))],
  ['a column that is missing', Response.json(rows({ telephone: '1' }))],
  ['a count that is none', Response.json(rows(row({ busy: 'many' })))],
  ['a count below zero', Response.json(rows(row({ busy: -1 })))],
  ['a count with a fraction', Response.json(rows(row({ busy: '1.5' })))],
  ['a telephone that lost digits', Response.json(rows(row({ telephone: 2 ** 60 })))],
  ['a cursor that is none', Response.json({ ...rows(row({})), next_cursor: 5 })],
])('%s is an InvalidReplyError, and nothing of it is used', async (_, reply) => {
  expect(await failureOf(() => reply.clone())).toBeInstanceOf(InvalidReplyError);
});

test.each([
  [
    '404 as number',
    Response.json({ code: 404, error: 'NOT FOUND', msg: '0 records were found', data: [] }, { status: 404 }),
  ],
  ['404 as string', Response.json({ code: '404', error: 'NOT FOUND', msg: 'NO DATA' }, { status: 404 })],
  ['404 with 200', Response.json({ code: 404, error: null, msg: '0 records were found', data: null })],
  ['an empty list', Response.json({ code: '200', error: null, msg: '0 records were found', data: [] })],
  [
    'null in place of a list',
    Response.json({ code: 200, error: null, msg: '0 records were found', data: null }),
  ],
])('%s is an empty report', async (_, reply) => {
  const client = new TestClient({ baseUrl: 'http://127.0.0.1:9', fetch: async () => reply.clone() });
  expect(await client.campaign8(SECOND).collect()).toEqual([]);
});

test.each([
  ['HTML', new Response('<html>Not Found</html>', { status: 404 })],
  [
    'a path of this service',
    Response.json(
      { code: 404, error: 'NOT FOUND', msg: 'THE PATH DOES NOT EXIST', data: [] },
      { status: 404 },
    ),
  ],
  ['a framework', Response.json({ statusCode: 404, error: 'Not Found', message: 'Route' }, { status: 404 })],
])('404 of %s is no empty report', async (_, reply) => {
  expect(await failureOf(() => reply.clone())).toBeInstanceOf(NotFoundError);
});

test('numbers, strings, grouped figures and absent sums are counts', async () => {
  const data = [row({ total_machine_recognitions: '9,336', no_answer: 9_336, busy: null, failed: '' })];
  const client = new TestClient({
    baseUrl: 'http://127.0.0.1:9',
    fetch: async () => Response.json(rows(...data)),
  });
  expect(await client.campaign8(SECOND).collect()).toMatchObject([
    { total_machine_recognitions: 9_336, no_answer: 9_336, busy: 0, failed: 0 },
  ]);
});

test('pages out of order, pages without end and a page without a cursor are refused: rows could be missing', async () => {
  const page = (telephone: string, next_cursor?: string | null) => ({
    ...rows(row({ telephone })),
    next_cursor,
  });
  for (const pages of [
    [page('2', 'a'), page('1', null)],
    [page('1', 'a'), page('1', null)],
    [page('1', 'a'), page('2', 'a')],
    [page('1', 'a'), page('2')],
  ]) {
    const left = [...pages];
    expect(await failureOf(() => Response.json(left.shift()))).toBeInstanceOf(InvalidReplyError);
  }
});

test('what a server says is told on one line of bounded length, and no error has the token', async () => {
  const body = { code: 400, error: 'BAD REQUEST', msg: `a\n\u001b[31m${'b'.repeat(5_000)}`, data: [] };
  const failure = await failureOf(() => Response.json(body, { status: 400 }));
  expect(failure.message).not.toMatch(/\p{Cc}/u);
  expect(failure.message.length).toBeLessThan(600);
  server.become([dial()], {});
  const options = { baseUrl: server.url, token: 'a-secret-that-nobody-may-see', retries: 0 };
  const refused: unknown = await new TestClient(options)
    .campaign8(SECOND)
    .collect()
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AuthorizationError);
  const { inspect } = await import('node:util');
  expect(inspect([refused, new TestClient(options)], { depth: 9, showHidden: true })).not.toContain(
    'a-secret',
  );
});

test.each<[Fault, typeof ReportsError]>([
  ['drop', ConnectionError],
  ['cut-off', ConnectionError],
  ['mute', ConnectionError],
  ['error', ServerError],
  ['unavailable', ServerError],
])('%s on every try ends in its error, after the tries that were asked for', async (fault, family) => {
  server.become([dial()], { fault: () => fault });
  const client = new TestClient({ baseUrl: server.url, retries: 2, timeoutMs: 200 });
  await expect(client.campaign8(SECOND).collect()).rejects.toThrow(family);
  expect(server.calls).toBe(3);
});

test('a redirect is not followed: the token would go along', async () => {
  const failure = await failureOf(
    () => new Response('', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }),
  );
  expect(failure).toBeInstanceOf(RequestError);
  expect(failure.message).toMatch(/302/);
});

test.each<[Partial<ReportsManagerOptions>, RegExp]>([
  [{ token: '' }, /token/],
  [{ token: 'a b' }, /token/],
  [{ baseUrl: 'reports.example.com' }, /baseUrl/],
  [{ baseUrl: 'ftp://reports.example.com' }, /baseUrl/],
  [{ baseUrl: 'https://user:word@reports.example.com' }, /baseUrl/],
  [{ baseUrl: 'https://reports.example.com?a=1' }, /baseUrl/],
  [{ server: '00/42' }, /server/],
  [{ maxSimultaneous: 0 }, /maxSimultaneous/],
  [{ maxSimultaneous: 65 }, /maxSimultaneous/],
  [{ callsPerDay: 0 }, /callsPerDay/],
  [{ timeoutMs: 0 }, /timeoutMs/],
  [{ retries: -1 }, /retries/],
  [{ rowLimit: 1 }, /rowLimit/],
  [{ timeZone: 'Mars/Olympus' }, /timeZone/],
])('the option %j is refused by name', (wrong, words) => {
  expect(() => new TestClient({ baseUrl: 'http://127.0.0.1:9', ...wrong })).toThrow(RequestError);
  expect(() => new TestClient({ baseUrl: 'http://127.0.0.1:9', ...wrong })).toThrow(words);
});

test('server names a host of the vendor, with or without its prefix; the header goes along', async () => {
  const asked: [string, unknown][] = [];
  const send = async (url: string, init: RequestInit) => {
    asked.push([url.slice(0, url.indexOf('?')), init.headers]);
    return Response.json(rows());
  };
  for (const code of ['0042', 'wv0042']) {
    await new TestClient({ server: code, fetch: send }).campaign8(SECOND).collect();
  }
  expect(asked).toHaveLength(2);
  for (const [url, headers] of asked) {
    expect(url).toBe('https://wv0042.wolkvox.com/api/v2/reports_manager.php');
    expect(headers).toMatchObject({ wolkvox_server: '0042', 'wolkvox-token': 'documented-token' });
  }
});
