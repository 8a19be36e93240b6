import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killAllSpawned, type SpawnedService } from '../spawned-service.js';
import { type Address, type Answer, Caller } from './caller.js';
import { knowsThatItWasDead, Nodes, takenOver, until } from './nodes.js';

/** Calls of a day, and calls at once, are counted together by all nodes, also when one is killed or stands still. */
let nodes: Nodes;
let a: SpawnedService;
let b: SpawnedService;
beforeAll(async () => {
  nodes = await Nodes.prepare();
  [a, b] = await Promise.all([nodes.start(), nodes.start()]);
});
afterAll(async () => {
  await killAllSpawned();
  await nodes.stop();
});

const DAY = 60;
const ASKERS = 6;
const SLOTS = 3;
const TRIED = 10;

test('of a day, as many calls are answered by both nodes together as it holds, and as many are counted', async () => {
  const limits = { calls_per_licence: DAY, max_simultaneous: 64 };
  const caller = await Caller.create(a, { licences: 1, limits });
  const answers: Answer[] = [];
  const ask = async (node: Address) => {
    for (let nr = 0; nr < DAY / 2; nr += 1) answers.push(await caller.report(node));
  };
  await Promise.all(Array.from({ length: ASKERS }, (_, at) => ask(at % 2 === 0 ? a : b)));
  const answered = answers.filter(({ error_id }) => error_id === 'no-records');
  const refused = answers.filter(({ error_id }) => error_id === 'quota-exceeded');
  expect([answered.length, refused.length]).toEqual([DAY, answers.length - DAY]);
  // Each was told another number of calls that are left: none was counted twice, or not at all.
  const left = answered.map(({ headers }) => Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
  expect(left.sort((one, other) => one - other)).toEqual(Array.from({ length: DAY }, (_, nr) => nr));
  expect(await Promise.all([a, b].map((node) => caller.callsUsed(node)))).toEqual([DAY, DAY]);
});

test('as many calls of a token run at both nodes together as it has slots', async () => {
  const caller = await newCaller();
  const held = Array.from({ length: TRIED }, (_, at) => new HeldCall(at % 2 === 0 ? a : b, caller.token));
  await until(() => held.filter(({ status }) => status !== undefined).length === TRIED - SLOTS);
  expect(await refusalsOf(caller, [a, b])).toEqual(Array(2).fill('too-many-simultaneous'));
  expect(held.map(({ status }) => status).filter(Boolean)).toEqual(Array(TRIED - SLOTS).fill(403));
  for (const call of held) call.finish();
  await until(() => held.every(({ status }) => status !== undefined));
  expect(held.filter(({ status }) => status === 201).length).toBe(SLOTS);
  await untilSlotsAreFree(caller, b);
});

test('slots of a node that is killed, or stands still, are free for others in the end; one that goes on goes on', async () => {
  const [killed, frozen] = await Promise.all([nodes.start(), nodes.start()]);
  const [of_killed, of_frozen] = await Promise.all([newCaller(), newCaller()]);
  const lost = await heldAll(killed, of_killed);
  const kept = await heldAll(frozen, of_frozen);
  expect(await refusalsOf(of_killed, [a, b])).toEqual(Array(2).fill('too-many-simultaneous'));
  await killed.kill();
  frozen.signal('SIGSTOP');
  expect(await refusalsOf(of_frozen, [a, b])).toEqual(Array(2).fill('too-many-simultaneous'));
  await takenOver(2, a, b);
  expect(lost.map(({ status }) => status)).toEqual(Array(SLOTS).fill(undefined));
  const taken = await Promise.all([of_killed, of_frozen].map((caller) => heldAll(b, caller)));
  expect(await refusalsOf(of_killed, [a, b])).toEqual(Array(2).fill('too-many-simultaneous'));
  frozen.signal('SIGCONT');
  await knowsThatItWasDead(frozen);
  // What it held is another's; what it has under way ends well all the same, and frees nobody else's slots.
  for (const call of kept) call.finish();
  await until(() => kept.every(({ status }) => status === 201));
  expect(await refusalsOf(of_frozen, [a, b, frozen])).toEqual(Array(3).fill('too-many-simultaneous'));
  for (const call of taken.flat()) call.finish();
  for (const caller of [of_killed, of_frozen]) await untilSlotsAreFree(caller, frozen);
  for (const call of await heldAll(frozen, of_frozen)) call.finish();
});

async function newCaller(): Promise<Caller> {
  return Caller.create(a, { limits: { max_simultaneous: SLOTS } });
}

async function refusalsOf(caller: Caller, of: readonly Address[]): Promise<(string | undefined)[]> {
  const refused: (string | undefined)[] = [];
  for (const node of of) refused.push((await caller.report(node)).error_id);
  return refused;
}

async function untilSlotsAreFree(caller: Caller, node: Address): Promise<void> {
  await until(async () => (await caller.report(node)).error_id === 'no-records');
}

/** Takes all slots that the token has. */
async function heldAll(node: Address, caller: Caller): Promise<HeldCall[]> {
  const held: HeldCall[] = [];
  while (held.length < SLOTS) {
    const before = await nodes.accounts('SELECT 1 FROM leases');
    held.push(new HeldCall(node, caller.token));
    await until(async () => (await nodes.accounts('SELECT 1 FROM leases')).length > before.length);
  }
  return held;
}

const BODY = JSON.stringify([{ tel1: '573001', customer_id: 'c1', customer_name: 'Luz' }]);

/** A call that was let in and waits for the rest of its body, for as long as a test likes. */
class HeldCall {
  readonly #socket: Socket;
  /** Of its reply; undefined until it comes. */
  status: number | undefined;

  constructor({ url }: Address, token: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect(Number(port), hostname);
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (bytes) => {
      this.status ??= Number(bytes.toString('latin1').split(' ')[1]);
    });
    const head = `POST /api/v2/campaign.php?api=add_record&campaign_id=1 HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${token}`;
    this.#socket.write(`${head}\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY.slice(0, 1)}`);
  }

  finish(): void {
    this.#socket.write(BODY.slice(1));
  }
}
