import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { sendRaw } from './raw-http.js';

/** A wrong base path must not look like "no calls": programs of the documented API read 404 so. */
let service: TestService;
let operation: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  await operation.upload([attempt({ telephone: '573001234567' })]);
});
afterAll(() => service.stop());

const QUERY = `api=campaign_8&campaign_id=1001&date_ini=${NOVEMBER[0]}&date_end=${NOVEMBER[1]}`;
/** The path as it is: a client would tidy it up. */
const send = (path: string, method = 'GET') =>
  sendRaw(
    service.service.url,
    `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nwolkvox-token: ${operation.token}\r\n\r\n`,
  );

test.each([
  '/api/v2/reports_manager.php',
  '//api/v2/reports_manager.php',
  '/api//v2///reports_manager.php',
  '/api/v2/reports_manager.php/',
  '////api////v2////reports_manager.php////',
])('%s has the report: repeated slashes are one, a trailing one is none', async (path) => {
  const reply = await send(`${path}?${QUERY}`);
  expect(reply.status).toBe(200);
  expect(JSON.parse(reply.body).data).toMatchObject([{ telephone: '573001234567', no_answer: '1' }]);
});

test.each(['//v1/usage', '/v1/usage/', '/v1//usage//'])('%s is a call of /v1', async (path) => {
  const reply = await send(path);
  expect([reply.status, JSON.parse(reply.body).calls_used]).toEqual([200, expect.any(Number)]);
});

describe('any other path by which somebody looks for the documented API', () => {
  const PATHS = [
    '/api/v2',
    '/api/v2/',
    '/api/v2/reports_manager',
    '/api/v2/nothing.php',
    '/api/v2/reports_manager.php/api/v2/reports_manager.php',
    '/api/v2/api/v2/reports_manager.php',
    '/recuento/api/v2/reports_manager.php',
    '/API/V2/reports_manager.php',
    '/api/v2/REPORTS_MANAGER.PHP',
    '/%61pi/v2/nothing.php',
    '/reports_manager.php',
    '/api/reports_manager.php',
    '/api/v1/reports_manager.php',
    '/api/v2.1/reports_manager.php',
    '/v1/reports_manager.php',
    '/index.php',
    '//index.php//',
    '/docs/errors/nothing.php',
    `/v1/campaigns/${'9'.repeat(2_000)}.php`,
  ];
  test.each(PATHS)('%s is refused in the envelope, with or without a query string', async (path) => {
    for (const sent of [path, `${path}?${QUERY}`, `${path}?x=/healthz`]) {
      const reply = await send(sent);
      expect(reply.body).toBe(
        '{"code":400,"error":"BAD REQUEST","msg":"THE API YOU WANT TO CONSULT DOES NOT EXIST","data":[]}',
      );
      expect(reply.status).toBe(400);
      expect(entryOf(reply)).toBe('unknown-api');
      expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('with %s too', async (method) => {
    for (const path of ['/api/v2/nothing.php', '/recuento/api/v2/reports_manager.php']) {
      expect([path, entryOf(await send(path, method))]).toEqual([path, 'unknown-api']);
    }
  });

  test('one that cannot be decoded is told in the envelope as well', async () => {
    const reply = await send('/api/v2/%E0%A4%A.php');
    expect([reply.status, JSON.parse(reply.body).code]).toEqual([400, 400]);
  });
});

test.each(['/nowhere', '/api', '/php', '/nothing.php5', '/v1/nothing?x=/api/v2/x.php'])(
  '%s is another unknown path, and 404 as a problem document',
  async (path) => {
    const reply = await send(path);
    expect([reply.status, entryOf(reply), JSON.parse(reply.body).id]).toEqual([
      404,
      'unknown-path',
      'unknown-path',
    ]);
  },
);
