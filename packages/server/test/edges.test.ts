import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorId } from '@recuento/contract';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../src/telemetry/log.js';
import { entryOf } from './catalogue.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, TestService } from './harness.js';
import { type RawReply, sendRaw } from './raw-http.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';

let test_service: TestService;
beforeAll(async () => {
  test_service = await TestService.start();
});
afterAll(() => test_service.stop());

describe('time zones', () => {
  test.each([
    ['america/bogota', 'America/Bogota'],
    ['utc', 'UTC'],
    ['us/pacific', 'US/Pacific'],
    ['AMERICA/ARGENTINA/BUENOS_AIRES', 'America/Argentina/Buenos_Aires'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['etc/gmt+5', 'Etc/GMT+5'],
  ])('%s is %s for every clock: it is stored so, and reports of it answer', async (time_zone, stored) => {
    const operation = await test_service.operation({ time_zone });
    await operation.upload([attempt()]);
    expect((await operation.campaign8(1001, ...NOVEMBER)).status).toBe(200);
    const detail = await operation.get({
      api: 'campaign_3',
      campaign_id: '1001',
      date_ini: NOVEMBER[0],
      date_end: NOVEMBER[1],
    });
    expect(detail.status).toBe(200);
    const { operations } = (await (await test_service.v1('GET', '/operations', ADMIN_TOKEN)).json()) as {
      operations: { server: string; time_zone: string }[];
    };
    expect(operations.find(({ server }) => server === operation.server)?.time_zone).toBe(stored);
    await operation.change({ time_zone: 'UTC' });
    await operation.change({ time_zone });
    expect((await operation.campaign8(1001, ...NOVEMBER)).status).toBe(200);
  });

  test('what the store does not know is refused by its field, created or changed', async () => {
    // Newer than the engine's list: this process knows it, and the engine does not.
    const unknown = 'America/Coyhaique';
    expect(Temporal.Now.zonedDateTimeISO(unknown).timeZoneId).toBe(unknown);
    const operation = await test_service.operation();
    const body = { server: 'zz', name: 'z', licences: 1, time_zone: unknown };
    for (const reply of [
      await test_service.v1('POST', '/operations', ADMIN_TOKEN, body),
      await test_service.v1('PATCH', `/operations/${operation.server}`, ADMIN_TOKEN, { time_zone: unknown }),
    ]) {
      expect(reply.status).toBe(422);
      expect(await reply.json()).toMatchObject({ id: 'invalid-records', faults: [{ field: 'time_zone' }] });
    }
  });

  test('what an older version stored is mended at the start', async () => {
    const operation = await test_service.operation();
    await operation.upload([attempt()]);
    const { operations } = test_service.service.services.accounts;
    await operations.change(operation.server, { time_zone: 'america/bogota' });
    expect((await operation.campaign8(1001, ...NOVEMBER)).status).not.toBe(503);
    await test_service.restart();
    expect(
      (await test_service.service.services.accounts.operations.byServer(operation.server)).time_zone,
    ).toBe('America/Bogota');
  });
});

/** Of every reply that is no page. */
const USUAL = ['nosniff', 'no-referrer', 'DENY', "default-src 'none'; frame-ancestors 'none'"];

function usualHeaders({ headers }: RawReply): (string | undefined)[] {
  return ['x-content-type-options', 'referrer-policy', 'x-frame-options', 'content-security-policy'].map(
    (name) => headers.get(name),
  );
}

describe('replies and requests', () => {
  const paths = [
    '/healthz',
    '/nowhere',
    '/v1/usage',
    '/api/v2/reports_manager.php',
    '/docs',
    '/openapi.json',
    '/%',
  ];
  test.each(paths)('%s has the usual headers', async (path) => {
    const reply = await test_service.service.inject({ url: path });
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.headers['referrer-policy']).toBe('no-referrer');
    expect(reply.headers['x-frame-options']).toBe('DENY');
    expect(reply.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(reply.headers['cross-origin-resource-policy']).toBeUndefined();
  });

  const HOST = 'Host: x\r\n';
  test.each<[string, ErrorId, 'id' | 'code']>([
    ['no http at all\r\n\r\n', 'malformed-request', 'code'],
    [`GET /?${'a'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`, 'headers-too-large', 'code'],
    ['GET /healthz HTTP/1.1\r\n\r\n', 'malformed-request', 'id'],
    ['GET /api/v2/reports_manager.php HTTP/1.1\r\n\r\n', 'malformed-request', 'code'],
    [`GET /healthz HTTP/1.1\r\n${HOST}${HOST}\r\n`, 'malformed-request', 'id'],
    [`GET /healthz HTTP/1.1\r\n${HOST}Expect: odd\r\n\r\n`, 'expectation-unknown', 'id'],
    [`GET /nowhere HTTP/1.1\r\n${HOST}Expect: odd\r\n\r\n`, 'expectation-unknown', 'id'],
    [`GET /api/v2/information.php HTTP/1.1\r\n${HOST}Expect: odd\r\n\r\n`, 'expectation-unknown', 'code'],
    [
      `POST /v1/attempts HTTP/1.1\r\n${HOST}Expect: odd\r\nContent-Length: 9\r\n\r\n`,
      'expectation-unknown',
      'id',
    ],
  ])(
    'what Node itself would answer (%j) is %s, has them too, and ends its connection',
    async (bytes, id, form) => {
      const reply = await sendRaw(test_service.service.url, bytes);
      expect(entryOf(reply)).toBe(id);
      expect(JSON.parse(reply.body)).toHaveProperty(form);
      expect(usualHeaders(reply)).toEqual(USUAL);
      expect(reply.headers.get('connection')).toBe('close');
    },
  );

  test('bytes that are no request, behind one that is not answered yet, are answered by nothing', async () => {
    const { hostname, port } = new URL(test_service.service.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined); // it may be reset
    socket.write(`GET /v1/usage HTTP/1.1\r\n${HOST}wolkvox-token: x\r\n\r\nno http at all\r\n\r\n`);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).not.toContain('malformed-request');
  });

  test('HTTP/1.0 needs no Host, and 100-continue is known', async () => {
    const ask = (bytes: string) => sendRaw(test_service.service.url, bytes);
    expect((await ask('GET /healthz HTTP/1.0\r\n\r\n')).status).toBe(200);
    expect((await ask('GET /healthz HTTP/1.0\r\nExpect: odd\r\n\r\n')).status).toBe(200);
    expect((await ask(`GET /healthz HTTP/1.1\r\n${HOST}Expect: 100-continue\r\n\r\n`)).status).toBe(100);
  });

  test('two Hosts are 400, one is not', async () => {
    const ask = (hosts: string) =>
      sendRaw(test_service.service.url, `GET /nowhere HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    expect((await ask('Host: a\r\n')).status).toBe(404);
    expect((await ask('Host: a\r\nHost: b\r\n')).status).toBe(400);
    expect((await ask('Host: a\r\nhost: a\r\n')).status).toBe(400);
  });

  test('rejected lines are read by tokens that may bring files, not by those that may read reports', async () => {
    const operation = await test_service.operation();
    const body = 'Phone,When,Outcome\nsomebody,never,what\n';
    const job = (await (
      await fetch(
        `${test_service.service.url}/v1/imports?format=csv&campaign_id=1&map=telephone%3DPhone,dialed_at%3DWhen,result%3DOutcome`,
        { method: 'POST', headers: { authorization: `Bearer ${operation.token}` }, body },
      )
    ).json()) as { id: string; rejected: number };
    expect(job.rejected).toBe(1);
    const statuses = [];
    for (const scopes of [['report'], ['admin'], ['ingest']] as const) {
      const token = await operation.newToken([...scopes]);
      statuses.push((await test_service.v1('GET', `/imports/${job.id}/rejects`, token)).status);
    }
    expect(statuses).toEqual([403, 403, 200]);
  });
});

test('no token that stands in a path by mistake is logged', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recuento-paths-'));
  const service = await SpawnedService.start(directory);
  const own = 'x-administrators-own-secret-of-some-length';
  for (const secret of ['rct_Ab-cd_12345', 'rca_0123456789', 'rct%5FAbcdef', own]) {
    await fetch(`${service.url}/v1/tokens/${secret}?q=1`, { method: 'DELETE' });
    await fetch(`${service.url}/nowhere/${secret}/below`);
  }
  expect(await service.terminate()).toBe(0);
  const log = service.lines.join('\n');
  expect(log).toContain('/v1/tokens/[redacted]');
  expect(log).not.toMatch(/Ab-cd|0123456789|Abcdef|administrators-own/);
  await killAllSpawned();
  await rm(directory, { recursive: true, force: true });
});

test('no token in the address that an error tells is logged', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  log.error({ err: new Error('no route for /v1/tokens/rct_secret-1') }, 'failed');
  expect(lines.join('')).not.toContain('secret');
  expect(lines.join('')).toContain('no route for /v1/tokens/[redacted]');
});
