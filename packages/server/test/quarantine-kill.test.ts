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
  return (await post('/tokens', { operation: '0001', name: 'kill', scopes: ['report', 'admin'] })).token;
}
