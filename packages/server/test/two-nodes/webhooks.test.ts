import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { EventFile, faultsOf, postsOf, SERVE_WITH_EVENTS } from '../event-file.js';
import { Receiver } from '../receiver.js';
import type { SpawnedService } from '../spawned-service.js';
import { type Address, Caller, expectDone } from './caller.js';
import { knowsThatItWasDead, Nodes, takenOver, until } from './nodes.js';

/** Of two nodes one delivers a webhook, and the other one does when it dies. */
let nodes: Nodes;
let events: EventFile;
let receiver: Receiver;
beforeAll(async () => {
  nodes = await Nodes.prepare();
  events = await EventFile.make();
});
afterAll(async () => {
  await nodes.stop();
  await events.remove();
});
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const start = () => nodes.start(events.env, SERVE_WITH_EVENTS);

async function operationWithWebhook(node: Address): Promise<number> {
  const caller = await Caller.create(node);
  const webhook = { url: receiver.url, events: ['hygiene.changes'] };
  await expectDone(caller.call(node, 'POST', '/v1/webhooks', webhook));
  const [row] = await nodes.accounts(`SELECT id FROM operations WHERE server = '${caller.server}'`);
  return Number(row?.id);
}

const came = (last: number) => postsOf(receiver.received).at(-1)?.at(-1) === last;

test('one node delivers; when it is killed in a post the other repeats that and goes on', async () => {
  const [one, other] = [await start(), await start()];
  const operation_id = await operationWithWebhook(one);
  const first = await events.add(operation_id, 50);
  await until(() => came(first));
  // Both live, and one delivers. (On a busy machine the accounts may fail to note a post, which is then repeated.)
  expect(faultsOf(receiver.received, first)).toEqual([]);
  expect(postsOf(receiver.received).flat().length).toBeLessThan(1.5 * first);
  receiver.manner = 'hang';
  const last = await events.add(operation_id, 50);
  await until(() => postsOf(receiver.received).at(-1)?.at(0) === first + 1);
  await one.kill();
  receiver.manner = 200;
  await takenOver(1, other);
  await until(() => came(last));
  expect(faultsOf(receiver.received, last)).toEqual([]);
  await other.terminate();
}, 240_000);

test('a node that was frozen in a post, and taken for dead, sends nothing more when it goes on', async () => {
  const [one, other] = [await start(), await start()];
  const operation_id = await operationWithWebhook(one);
  await stopsInAPost(one);
  const first = await events.add(operation_id, 9);
  await takenOver(1, other);
  receiver.onPost = () => undefined;
  await until(() => came(first));
  one.signal('SIGCONT');
  await knowsThatItWasDead(one);
  const last = await events.add(operation_id, 300);
  await until(() => came(last));
  expect(faultsOf(receiver.received, last)).toEqual([]);
  // Had both gone on, all would have come twice.
  expect(postsOf(receiver.received).flat().length).toBeLessThan(1.5 * last);
  await other.terminate();
  // What the other one leaves in order is this one's again.
  const again = await events.add(operation_id, 5);
  await until(() => came(again));
  expect(faultsOf(receiver.received, again)).toEqual([]);
  await one.terminate();
}, 240_000);

/** The node stands still from its next post on, before that is answered. */
async function stopsInAPost(node: SpawnedService): Promise<void> {
  receiver.onPost = () => {
    receiver.onPost = () => undefined;
    node.signal('SIGSTOP');
  };
}
