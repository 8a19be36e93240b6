import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EventFile, faultsOf, SERVE_WITH_EVENTS } from './event-file.js';
import { ADMIN_TOKEN } from './harness.js';
import { mulberry32 } from './ledger.js';
import { CERTIFICATE_FILE, isSignedWith, Receiver } from './receiver.js';
import { TEST_ENGINE } from './servers/test-stores.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';
import { until } from './until.js';

/** More of them with RECUENTO_FUZZ=full. */
const FEW = TEST_ENGINE === 'server' ? 2 : 6; // a takeover takes 16 s
const KILLS = process.env.RECUENTO_FUZZ === 'full' ? 5 * FEW : FEW;
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_128);

let directory: string;
let events: EventFile;
let receiver: Receiver;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-webhooks-'));
  events = await EventFile.make();
  receiver = await Receiver.start({ tls: true });
});
afterEach(async () => {
  await killAllSpawned();
  await receiver.stop();
  await events.remove();
  await rm(directory, { recursive: true, force: true });
});

function start(): Promise<SpawnedService> {
  const env = { ...events.env, NODE_EXTRA_CA_CERTS: CERTIFICATE_FILE };
  return SpawnedService.start(directory, env, SERVE_WITH_EVENTS);
}

async function ask(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const reply = await fetch(`${url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(await reply.text());
  return reply.json();
}

/** The operation's number is 1, as it is the first. @returns the secret */
async function createWebhook(url: string): Promise<string> {
  await ask(url, 'POST', '/operations', { server: '0001', name: 'x' });
  const webhook = { url: receiver.url, events: ['hygiene.changes'] };
  const made = (await ask(url, 'POST', '/webhooks?operation=0001', webhook)) as { secret: string };
  return made.secret;
}

test(`kill -9 during deliveries, ${KILLS} times: each event comes at least once, and in order`, async () => {
  const random = mulberry32(SEED);
  let service = await start();
  const secret = await createWebhook(service.url);
  let last = 0;
  let killed_in_a_post = 0;
  for (let round = 1; round <= KILLS; round += 1) {
    // By what came, not by the clock. Half of the kills come before a post is answered, and half at any moment.
    const enough = receiver.received.length + 1 + Math.floor(random() * 6);
    const in_a_post = random() < 0.5;
    const killed = new Promise<void>((resolve, reject) => {
      receiver.onPost = () => {
        if (receiver.received.length !== enough) return;
        if (in_a_post) receiver.manner = 'hang';
        sleep(in_a_post ? 0 : random() * 40)
          .then(() => service.kill())
          .then(resolve, reject);
      };
    });
    last = await events.add(1, 30);
    await killed;
    killed_in_a_post += in_a_post ? 1 : 0;
    receiver.manner = 200;
    receiver.onPost = () => undefined;
    service = await start();
    await until(() => receiver.received.at(-1)?.body.data.some((event) => isNumber(event, last)) === true);
    expect(faultsOf(receiver.received, last), `seed ${SEED}, kill ${round}`).toEqual([]);
  }
  for (const post of receiver.received) expect(isSignedWith(secret, post)).toBe(true);
  // Without these the test would have shown nothing.
  const ids = receiver.received.map(({ body }) => body.id);
  expect(killed_in_a_post).toBeGreaterThan(0);
  expect(ids.length - new Set(ids).size).toBeGreaterThanOrEqual(killed_in_a_post);
  expect(await service.terminate()).toBe(0);
}, 600_000);

test('a stop in order during a post gives it up, and the next start repeats it', async () => {
  let service = await start();
  await createWebhook(service.url);
  receiver.manner = 'hang';
  await events.add(1, 2);
  await until(() => receiver.received.length === 1);
  expect(await service.terminate()).toBe(0);
  receiver.manner = 200;
  service = await start();
  await until(() => receiver.received.length === 2);
  expect(faultsOf(receiver.received, 2)).toEqual([]);
  expect(new Set(receiver.received.map(({ body }) => body.id)).size).toBe(1);
}, 240_000);

const isNumber = (event: unknown, n: number) => JSON.stringify(event) === JSON.stringify({ n });
