import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { ADMIN_TOKEN, TestService } from './harness.js';
import { mulberry32 } from './ledger.js';
import { asKept, asking, Follower, history, putAside } from './quarantine/follower.js';
import { Worker } from './quarantine/worker.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';

/** What a kill leaves of the quarantine: what was told, and of the rest each act whole or not at all. */
afterEach(killAllSpawned);

/** More of them with RECUENTO_FUZZ=full. */
const KILLS = process.env.RECUENTO_FUZZ === 'full' ? 20 : 6;
/** Changes which moments are chosen; a failure prints it. */
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_103);

test(`kill -9 while telephones are put aside and back, ${KILLS} times: the changes followed through it are what is put aside`, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recuento-quarantine-'));
  const random = mulberry32(SEED);
  let service = await SpawnedService.start(directory);
  const ask = asking(() => service.url, await newOperation(service.url));
  const follower = new Follower(ask, 57);
  const workers = ['a', 'b', 'c'].map((name) => new Worker(name, random));
  const told = () => workers.reduce((sum, worker) => sum + worker.told, 0);
  for (let round = 1; round <= KILLS; round += 1) {
    const context = `seed ${SEED}, kill ${round}`;
    const working = workers.map((worker) => worker.work(ask));
    // It follows meanwhile, until the service is gone.
    const following = (async () => {
      for (;;) await follower.follow();
    })().catch(() => undefined);
    const enough = told() + 4 + Math.floor(random() * 4);
    while (told() < enough) await sleep(2);
    await sleep(random() * 60);
    await service.kill();
    await Promise.all([...working, following]);
    service = await SpawnedService.start(directory);
    await follower.follow();
    const rows = await putAside(ask);
    expect(new Map([...follower.put_aside].sort()), context).toEqual(new Map([...asKept(rows)].sort()));
    const by_act = new Map(rows.map(({ telephone, id }) => [telephone, id]));
    for (const worker of workers) worker.settle(by_act, context);
    // All that a follower was told is history, and nothing else is.
    const entries = (await history(ask))
      .reverse()
      .map(({ telephone, action, at }) => ({ telephone, action, at }));
    const changes = follower.told.map(({ telephone, action, at }) => ({ telephone, action, at }));
    expect(changes, context).toEqual(entries);
  }
  // Without these the test would have shown nothing.
  expect(workers.every(({ told: acts, untold }) => acts > 0 && untold === KILLS)).toBe(true);
  expect(follower.told.length).toBeGreaterThan(KILLS * 100);
  expect(await service.terminate()).toBe(0);
  await rm(directory, { recursive: true, force: true });
}, 1_200_000);

test('killed when the engine has an act and before it counts: the next start has nothing of it', async () => {
  const service = await TestService.start();
  const copy = `${service.directory}-killed`;
  try {
    const { token } = await service.operation();
    const ask = asking(() => service.service.url, token);
    await ask('POST', '/quarantine', { telephones: ['1'], reason: 'before' });
    const { engine } = service.service.services;
    const { change } = engine;
    engine.change = async (...statement) => {
      await change.apply(engine, statement);
      await cp(service.directory, copy, { recursive: true, verbatimSymlinks: true });
    };
    await ask('POST', '/quarantine', { telephones: ['1', '2'], reason: 'killed' });
    engine.change = change;
    const next = await SpawnedService.start(copy);
    const after = asking(() => next.url, token);
    expect(await putAside(after)).toMatchObject([{ telephone: '1', id: '1' }]);
    expect(await history(after)).toHaveLength(1);
    const again = await after('POST', '/quarantine', { telephones: ['2', '3'], reason: 'again' });
    expect(again.json).toEqual({ id: '3', telephones_taken: 2 });
    const follower = new Follower(after);
    await follower.follow();
    expect(follower.told.map(({ telephone }) => telephone)).toEqual(['1', '2', '3']);
    expect(await next.terminate()).toBe(0);
  } finally {
    await rm(copy, { recursive: true, force: true });
    await service.stop();
  }
});

test('kill -9 while customers are removed: what was told is there, the rest whole or not at all, and may be sent again', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recuento-records-'));
  let service = await SpawnedService.start(directory);
  const token = await newOperation(service.url);
  const ask = asking(() => service.url, token);
  const follower = new Follower(ask, 57);
  const random = mulberry32(SEED);
  const names = (name: string) => Array.from({ length: 50 }, (_, at) => `${name}${at}`);
  const told = names('told');
  const under_way = names('under-way');
  for (let campaign_id = 1; campaign_id <= 4; campaign_id += 1) {
    const context = `seed ${SEED}, kill ${campaign_id}`;
    const send = async (method: string, api: string, body: unknown) => {
      const query = `api=${api}&campaign_id=${campaign_id}`;
      const headers = { 'wolkvox-token': token };
      const url = `${service.url}/api/v2/campaign.php?${query}`;
      const reply = await fetch(url, { method, headers, body: JSON.stringify(body) });
      return (await reply.json()) as { code: number | string; data: Record<string, string>[] };
    };
    const remove = (ids: readonly string[]) =>
      send('DELETE', 'remove_record', { customer_id: ids.map((id) => `${campaign_id}${id}`).join(',') });
    // Each has two telephones of his own, and one together with somebody of the others.
    const customers = [...told, ...under_way].map((id, at) => ({
      customer_id: `${campaign_id}${id}`,
      tel1: `${campaign_id}1${id}`,
      tel2: `${campaign_id}2${id}`,
      tel3: `${campaign_id}shared${at % 50}`,
      opt1: 'all',
    }));
    expect((await send('POST', 'add_record', customers)).code, context).toBe('201');
    expect((await remove(told)).code, context).toBe(202);
    const lost = remove(under_way).catch(() => undefined);
    await sleep(random() * 150);
    await service.kill();
    await lost;
    service = await SpawnedService.start(directory);
    const rows = asKept(await putAside(ask));
    // All that was told. Of what was under way everything, with the telephones of both, or nothing.
    expect([100, 250], context).toContain(rows.size);
    for (const id of told) expect(rows.has(`${campaign_id}2${id}`), context).toBe(true);
    await follower.follow();
    expect(new Map([...follower.put_aside].sort()), context).toEqual(new Map([...rows].sort()));
    expect((await remove(under_way)).data, context).toMatchObject([
      { total_removed: '50', telephones_put_aside: '150', telephones_still_dialed: '0' },
    ]);
    expect(await putAside(ask), context).toHaveLength(250);
    const { data } = await send('PUT', 'recall_records', { field: 'opt1', value: 'all' });
    expect(data, context).toMatchObject([{ affected_records: '100', telephones_put_aside: '0' }]);
    expect(await putAside(ask), context).toEqual([]);
  }
  expect(await service.terminate()).toBe(0);
  await rm(directory, { recursive: true, force: true });
}, 1_200_000);

async function newOperation(url: string): Promise<string> {
  const post = async (path: string, body: unknown) => {
    const reply = await fetch(`${url}/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (reply.status !== 201) throw new Error(await reply.text());
    return (await reply.json()) as { token: string };
  };
  await post('/operations', { server: '0001', name: 'kill' });
  return (await post('/tokens', { operation: '0001', name: 'kill', scopes: ['report', 'admin', 'ingest'] }))
    .token;
}
