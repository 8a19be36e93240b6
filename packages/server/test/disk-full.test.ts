import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '@recuento/contract';
import { afterEach, describe, expect, test } from 'vitest';
import { ADMIN_TOKEN, attempt } from './harness.js';
import { MAY_MOUNT, SmallDisk } from './small-disk.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';

/** A service on a disk of its own. */
const DISK_MIB = 96;
const RESERVE_MIB = 24;

describe.skipIf(!MAY_MOUNT)('on a disk of its own', () => {
  let disk: SmallDisk | undefined;
  afterEach(async () => {
    await killAllSpawned();
    disk?.remove();
    disk = undefined;
  });

  async function start(): Promise<{ disk: SmallDisk; service: SpawnedService; token: string }> {
    disk = new SmallDisk(DISK_MIB);
    const service = await SpawnedService.start(`${disk.path}/data`, {
      RECUENTO_DISK_RESERVE_MIB: String(RESERVE_MIB),
    });
    return { disk, service, token: await newOperation(service.url) };
  }

  test('writes are refused before the reserve is gone, reports go on, and room made is used at once', async () => {
    const { disk, service, token } = await start();
    expect((await upload(service.url, token)).status).toBe(201);
    await disk.fill(RESERVE_MIB - 4);
    const refused = await until(
      () => upload(service.url, token),
      ({ status }) => status === 503,
    );
    expect(await refused.json()).toMatchObject({ id: 'disk-full' });
    expect(refused.headers.get('retry-after')).toBe('30');
    expect((await ready(service.url)).status).toBe(503);
    expect(await (await ready(service.url)).json()).toEqual({ status: 'not ready', reason: 'disk-full' });
    const dnc = await vendor(service.url, token, 'campaign.php?api=add_dnc', [
      { telephone: '573001112233', days_block: 1 },
    ]);
    expect([dnc.status, (await dnc.json()).code]).toEqual([503, 503]);
    expect(await importFile(service.url, token, IMPORT)).toBe('disk-full');
    expect((await report(service.url, token)).status).toBe(200);
    await disk.empty();
    await until(
      () => upload(service.url, token),
      ({ status }) => status === 201,
    );
    expect((await ready(service.url)).status).toBe(200);
    expect(await service.terminate()).toBe(0);
  });

  test('an import is told what is wrong with it before it is told of a full disk', async () => {
    const { disk, service, token } = await start();
    await disk.fill(RESERVE_MIB - 4);
    const reader = await newToken(service.url, ['report']);
    await until(
      () => upload(service.url, token),
      ({ status }) => status === 503,
    );
    const refusals: [string, string, string][] = [
      ['nobody', 'format=odd', 'token-invalid'],
      [reader, 'format=odd', 'scope-missing'],
      [token, 'format=odd', 'bad-parameter'],
      [token, `${IMPORT}&date_order=ymd`, 'bad-parameter'],
      [token, 'format=csv&campaign_id=1', 'missing-parameters'],
      [token, IMPORT, 'disk-full'],
    ];
    for (const [secret, query, id] of refusals)
      expect(await importFile(service.url, secret, query), query).toBe(id);
    expect(await service.terminate()).toBe(0);
  });

  test('callers that hang up while nothing can be written end no process, and their slots are free again', async () => {
    const { disk, service, token } = await start();
    expect((await upload(service.url, token)).status).toBe(201);
    let refused = 0;
    for (let round = 0; round < 6; round += 1) {
      const open = Array.from({ length: 4 }, () => hangingCall(service.url, token));
      await sleep(round * 7);
      await disk.fill(0);
      await Promise.all(open.map((call) => call.hangUp()));
      for (let call = 0; call < 4; call += 1) {
        const reply = await report(service.url, token);
        if (reply.status === 200) continue; // SQLite still had room in its file
        expect([reply.status, (await reply.json()).error]).toEqual([503, 'SERVICE UNAVAILABLE']);
        refused += 1;
      }
      const refusal = await upload(service.url, token);
      expect(refusal.status).toBe(503);
      await disk.empty();
      await until(
        () => report(service.url, token),
        ({ status }) => status === 200,
      );
    }
    expect(refused).toBeGreaterThan(0);
    await until(
      () => upload(service.url, token),
      ({ status }) => status === 201,
    );
    expect(await service.terminate()).toBe(0);
  });

  test('a service starts on a disk that has only its reserve, and serves reports from it', async () => {
    const { disk, service, token } = await start();
    expect((await upload(service.url, token)).status).toBe(201);
    await service.terminate();
    await disk.fill(RESERVE_MIB / 2);
    const again = await SpawnedService.start(`${disk.path}/data`, {
      RECUENTO_DISK_RESERVE_MIB: String(RESERVE_MIB),
    });
    expect((await report(again.url, token)).status).toBe(200);
    expect((await upload(again.url, token)).status).toBe(503);
    expect(await again.terminate()).toBe(0);
  });

  test.each([
    ['full', (small: SmallDisk) => small.fill(0), /^The disk of \S+ is full\. .+\n$/],
    ['read only', async (small: SmallDisk) => small.makeReadOnly(), /^\S+ .*Choose another directory.*\n$/],
  ])('a start on a disk that is %s ends with one sentence', async (_kind, spoil, sentence) => {
    disk = new SmallDisk(8);
    await spoil(disk);
    const service = SpawnedService.spawn(`${disk.path}/data`);
    expect([await service.ended(), service.output]).toEqual([1, expect.stringMatching(sentence)]);
  });
});

async function newOperation(url: string): Promise<string> {
  await native(url, ADMIN_TOKEN, '/operations', { server: '1', name: 'one', licences: 100 });
  return newToken(url, ['report', 'ingest']);
}

async function newToken(url: string, scopes: readonly Scope[]): Promise<string> {
  const body = { operation: '1', name: scopes.join(), scopes };
  return ((await (await native(url, ADMIN_TOKEN, '/tokens', body)).json()) as { token: string }).token;
}

function native(url: string, token: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${url}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const IMPORT = 'format=csv&campaign_id=1&map=telephone%3Dt,dialed_at%3Dd,result%3Dr';

/** @returns what it was refused with */
async function importFile(url: string, token: string, query: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  const reply = await fetch(`${url}/v1/imports?${query}`, { method: 'POST', headers, body: 't,d,r\n' });
  const { id } = (await reply.json()) as { id: unknown };
  return id;
}

function upload(url: string, token: string): Promise<Response> {
  return native(url, token, '/attempts', [attempt({ campaign_id: 1 })]);
}

// biome-ignore lint/suspicious/noExplicitAny: what a reply has is what the tests look at
type Reply = Omit<Response, 'json'> & { json(): Promise<any> };

function vendor(url: string, token: string, path: string, body?: unknown): Promise<Reply> {
  return fetch(`${url}/api/v2/${path}`, {
    headers: { 'wolkvox-token': token },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
}

const REPORT =
  'reports_manager.php?api=campaign_8&campaign_id=1&date_ini=20261101000000&date_end=20261130235959';

function report(url: string, token: string): Promise<Reply> {
  return vendor(url, token, REPORT);
}

function ready(url: string): Promise<Response> {
  return fetch(`${url}/readyz`);
}

/** Asks again until the reply is as it shall be. */
async function until<T>(ask: () => Promise<T>, isIt: (reply: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const reply = await ask();
    if (isIt(reply)) return reply;
    if (tries === 200) throw new Error('it never came to be');
    await sleep(100);
  }
}

/** A report whose caller leaves. */
function hangingCall(url: string, token: string): { hangUp(): Promise<void> } {
  const call = request(`${url}/api/v2/${REPORT}`, { headers: { 'wolkvox-token': token }, agent: false });
  call.on('error', () => undefined);
  call.end();
  // Not `once` of node:events, which fails with the error of a call that is destroyed before its reply.
  const closed = new Promise<void>((resolve) => call.once('close', resolve));
  return {
    async hangUp() {
      call.destroy();
      await closed;
    },
  };
}
