import { afterEach, expect, test } from 'vitest';
import { ADMIN_TOKEN, attempt } from './harness.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';
import { MAY_PROMISE, ThinDisk } from './thin-disk.js';

/** Calls whose count is written, and is lost on its way to a disk that fails (docs/decisions/0035). */
let disk: ThinDisk | undefined;
afterEach(async () => {
  await killAllSpawned();
  disk?.remove();
  disk = undefined;
});

const LIMIT = 1_000;
const REPORT =
  'reports_manager.php?api=campaign_8&campaign_id=1&date_ini=20261001000000&date_end=20261031235959';

test.skipIf(!MAY_PROMISE)(
  'a call whose count the disk lost is refused whole, and a start on a disk that is well goes on with the day',
  async () => {
    disk = new ThinDisk(160, 512);
    const data = `${disk.path}/data`;
    const service = await SpawnedService.start(data, { RECUENTO_DISK_RESERVE_MIB: '16' });
    const token = await newOperation(service.url);
    const reply = await ask(service.url, token);
    expect([reply.status, reply.headers.get('vary')]).toEqual([200, expect.anything()]);
    let [answered, refused] = [1, 0];
    await disk.behind.fill(0);
    while (refused < 3) {
      const { status, headers } = await ask(service.url, token);
      if (status === 200) {
        answered += 1;
        expect(answered).toBeLessThan(LIMIT / 2); // so many counts had a place still
        continue;
      }
      refused += 1;
      expect([status, headers.get('cache-control')]).toEqual([503, 'no-store']);
      for (const name of ['etag', 'vary', 'content-encoding']) expect(headers.get(name)).toBeNull();
    }
    expect((await upload(service.url, token)).status).toBe(503);
    await disk.behind.empty();
    await service.kill();
    const again = await SpawnedService.start(data, { RECUENTO_DISK_RESERVE_MIB: '16' });
    const next = await ask(again.url, token);
    expect(next.status).toBe(200); // its slot is free
    const left = Number(/r=(\d+)/.exec(next.headers.get('ratelimit') ?? '')?.[1]);
    expect(left).toBeLessThanOrEqual(LIMIT - answered - 1);
    expect(left).toBeGreaterThanOrEqual(LIMIT - answered - refused - 1);
  },
);

async function newOperation(url: string): Promise<string> {
  await native(url, ADMIN_TOKEN, '/operations', {
    server: '1',
    name: 'one',
    licences: 1,
    limits: { calls_per_licence: LIMIT, max_simultaneous: 1 },
  });
  const body = { operation: '1', name: 'test', scopes: ['report', 'ingest'] };
  const { token } = (await (await native(url, ADMIN_TOKEN, '/tokens', body)).json()) as { token: string };
  const dialed_at = '2026-10-03T12:00:00-05:00';
  expect((await native(url, token, '/attempts', [attempt({ campaign_id: 1, dialed_at })])).status).toBe(201);
  return token;
}

function native(url: string, token: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${url}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A list that is counted before it is read. */
function upload(url: string, token: string): Promise<Response> {
  return fetch(`${url}/api/v2/campaign.php?api=add_dnc`, {
    method: 'POST',
    headers: { 'wolkvox-token': token },
    body: JSON.stringify([{ telephone: '573001112233', days_block: 1 }]),
  });
}

async function ask(url: string, token: string): Promise<Response> {
  const reply = await fetch(`${url}/api/v2/${REPORT}`, { headers: { 'wolkvox-token': token } });
  await reply.arrayBuffer();
  return reply;
}
