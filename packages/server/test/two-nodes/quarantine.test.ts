import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mulberry32 } from '../ledger.js';
import { asKept, asking, Follower, history, putAside } from '../quarantine/follower.js';
import { Worker } from '../quarantine/worker.js';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { Caller } from './caller.js';
import { knowsThatItWasDead, Nodes, takenOver, until } from './nodes.js';

/** Acts of one operation are made one after another, whichever node is asked, and end with their node. */
let nodes: Nodes;
let survivor: SpawnedService;
beforeAll(async () => {
  nodes = await Nodes.prepare();
  survivor = await nodes.start();
});
afterAll(async () => {
  await killAllSpawned();
  await nodes.stop();
});

const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_103);

test('two nodes asked at once leave one history, and who follows either sees it', async () => {
  const other = await nodes.start();
  const caller = await Caller.create(survivor);
  const asks = [survivor, other].map(({ url }) => asking(() => url, caller.token));
  const follower = new Follower(asks[0] ?? asking(() => '', ''), 333);
  const acts = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => {
      const telephones = Array.from({ length: 1_000 }, (_each, nr) => String(nr + at * 250));
      const answer = await asks[at % 2]?.('POST', '/quarantine', { telephones, reason: `act ${at}` });
      expect(answer?.status).toBe(201);
      return answer?.json as { id: string; telephones_taken: number };
    }),
  );
  expect(acts.map(({ id }) => Number(id)).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(acts.reduce((sum, { telephones_taken }) => sum + telephones_taken, 0)).toBe(2_750);
  await follower.follow();
  for (const ask of asks)
    expect(new Map([...follower.put_aside].sort())).toEqual(keptOf(await putAside(ask)));
  expect(await other.terminate()).toBe(0);
}, 120_000);

test('a node that is killed, and one that is frozen, in the middle of acts: each act is there whole or not at all', async () => {
  const random = mulberry32(SEED);
  const [killed, frozen] = await Promise.all([nodes.start(), nodes.start()]);
  const caller = await Caller.create(survivor);
  const workers = [killed, frozen].map((node, at) => ({
    worker: new Worker(String.fromCharCode(97 + at), random),
    ask: asking(() => node.url, caller.token),
  }));
  const follower = new Follower(
    asking(() => survivor.url, caller.token),
    57,
  );
  const working = workers.map(({ worker, ask }) => worker.work(ask));
  const told = () => workers.reduce((sum, { worker }) => sum + worker.told, 0);
  while (told() < 6) {
    await follower.follow();
    await sleep(10);
  }
  frozen.signal('SIGSTOP');
  await killed.kill();
  await takenOver(2, survivor);
  const ask = asking(() => survivor.url, caller.token);
  // Nobody waits for what they had under way any more.
  expect((await ask('POST', '/quarantine', { telephones: ['z'], reason: 'goes on' })).status).toBe(201);
  await follower.follow();
  const before = follower.told.length;
  frozen.signal('SIGCONT');
  await knowsThatItWasDead(frozen);
  // What it goes on with is refused if it was dropped; then it begins no other, as its worker has stopped.
  await frozenEnds(frozen, working);
  await follower.follow();
  expect(follower.told.length).toBeGreaterThanOrEqual(before);
  const rows = await putAside(ask);
  expect(new Map([...follower.put_aside].sort())).toEqual(keptOf(rows));
  const by_act = new Map(rows.map(({ telephone, id }) => [telephone, id]));
  for (const { worker } of workers) worker.settle(by_act, `seed ${SEED}`);
  const entries = (await history(ask)).reverse();
  expect(follower.told.map(({ telephone, at }) => ({ telephone, at }))).toEqual(
    entries.map(({ telephone, at }) => ({ telephone, at })),
  );
}, 240_000);

/** The worker of the frozen node goes on when that does; it is stopped with it. */
async function frozenEnds(frozen: SpawnedService, working: readonly Promise<void>[]): Promise<void> {
  await sleep(200);
  await frozen.kill();
  await Promise.all(working);
  await until(async () => {
    const rows = await nodes.accounts(`SELECT number FROM hygiene_acts WHERE state = 'begun'`);
    return rows.length === 0;
  });
}

const keptOf = (rows: Parameters<typeof asKept>[0]) => new Map([...asKept(rows)].sort());
