import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Desk } from './desk.js';

const never = () => new AbortController().signal;
const nextPoll = () => new Promise((resolve) => setImmediate(resolve));

/** A turn that is due goes to nobody when nobody waits any more. */
async function expectIdle(desk: Desk): Promise<void> {
  await nextPoll();
  await nextPoll();
  expect(desk.figures()).toMatchObject({ held: 0, waiting: 0 });
}

type Lane = 'call' | 'body' | 'stream';
const ROUND: readonly Lane[] = ['call', 'body', 'stream'];

interface Work {
  readonly id: number;
  readonly key: string;
  readonly lane: Lane;
  slices: number;
}

/** The desk as a plain model: a list of those who ask, in the order in which they asked, looked through anew for each turn. */
class Model {
  keys: string[] = [];
  asking: Work[] = [];
  readonly last = new Map<string, Lane>();

  ask(work: Work): void {
    if (!this.keys.includes(work.key)) {
      this.keys.push(work.key);
      this.last.set(work.key, 'stream'); // so that the round begins with calls
    }
    this.asking.push(work);
  }

  leave(work: Work): void {
    this.asking = this.asking.filter((one) => one !== work);
    this.keys = this.keys.filter((key) => this.asking.some((one) => one.key === key));
  }

  serve(): Work | undefined {
    const [key] = this.keys;
    if (key === undefined) return undefined;
    const own = (lane: Lane) => this.asking.filter((one) => one.key === key && one.lane === lane);
    const [eldest] = own('body').sort((one, other) => one.id - other.id);
    const first = { call: own('call')[0], body: eldest, stream: own('stream')[0] };
    const at = ROUND.indexOf(this.last.get(key) ?? 'stream') + 1;
    const turn = [...ROUND.slice(at), ...ROUND.slice(0, at)]
      .map((lane) => first[lane])
      .find((work) => work !== undefined);
    if (turn === undefined) throw new Error('a key of which nobody asks');
    this.last.set(key, turn.lane);
    this.keys = [...this.keys.slice(1), key];
    this.leave(turn);
    return turn;
  }
}

const commands = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('come' as const),
        key: fc.constantFrom('A', 'B', 'C'),
        lane: fc.constantFrom<Lane>('call', 'body', 'body', 'stream'),
        slices: fc.integer({ min: 1, max: 5 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('hang up' as const), who: fc.nat(9) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
  ),
  { maxLength: 60 },
);

test('turns are given as a plain model gives them, whoever comes and leaves, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (all) => {
      const desk = new Desk();
      const model = new Model();
      const given: number[] = [];
      const expected: number[] = [];
      const hang_ups = new Map<Work, AbortController>();
      const left: number[] = [];
      const hung_up: number[] = [];
      const ends: Promise<void>[] = [];
      let opened = 0;

      const run = async (work: Work, turn: () => Promise<void>): Promise<void> => {
        const { slices } = work;
        try {
          for (let slice = 0; slice < slices; slice += 1) {
            await turn();
            given.push(work.id);
          }
        } catch (reason) {
          expect(reason).toBe('gone');
          left.push(work.id);
        }
      };
      const poll = async () => {
        const waiting = model.asking.length;
        expect(desk.figures().waiting).toBe(waiting);
        const served = model.serve();
        const { given: before } = desk.figures();
        do await nextPoll();
        while (served !== undefined && desk.figures().given === before);
        if (served === undefined) return;
        expected.push(served.id);
        served.slices -= 1;
        if (served.slices > 0) model.ask(served);
        else hang_ups.delete(served);
      };

      for (const command of all) {
        if (command.kind === 'come') {
          const { key, lane, slices } = command;
          opened += 1;
          const work: Work = { id: opened, key, lane, slices: lane === 'call' ? 1 : slices };
          const controller = new AbortController();
          if (lane !== 'stream') hang_ups.set(work, controller);
          const asks = {
            call: () => () => desk.call(key, controller.signal),
            body: () => desk.body(key, controller.signal),
            stream: () => desk.stream(key),
          };
          model.ask(work);
          ends.push(run(work, asks[lane]()));
        } else if (command.kind === 'hang up') {
          const chosen = [...hang_ups][command.who];
          if (chosen === undefined) continue;
          const [work, controller] = chosen;
          model.leave(work);
          hang_ups.delete(work);
          hung_up.push(work.id);
          controller.abort('gone');
        } else await poll();
        expect(given).toEqual(expected);
      }
      while (model.asking.length > 0) await poll();
      await Promise.all(ends);
      expect(given).toEqual(expected);
      expect(left).toEqual(hung_up);
      expect(desk.figures().given).toBe(expected.length);
      await expectIdle(desk);
    }),
    { numRuns: 300 },
  );
});

test('one slice runs between two polls, however many wait and whenever they came', async () => {
  const desk = new Desk();
  const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let slices = 0;
  const most = { slices: 0 };
  let is_over = false;
  // It is set anew in each turn of the loop, in front of whatever is set while it runs.
  const mark = () => {
    most.slices = Math.max(most.slices, slices);
    slices = 0;
    if (!is_over) setImmediate(mark);
  };
  mark();
  const read = async (turn: () => Promise<void>) => {
    for (let slice = 0; slice < 8; slice += 1) {
      await turn();
      slices += 1;
    }
  };
  const some = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      read(at % 5 === 0 ? desk.stream('A') : desk.body(`${at % 3}`, never())),
    );
  const all = some(32);
  // Also those who come while the loop polls, as bodies do, and from timers.
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write('x');
  await once(socket, 'data');
  all.push(...some(16));
  await new Promise((resolve) => setTimeout(resolve, 1));
  all.push(...some(16));
  await Promise.all(all);
  is_over = true;
  socket.destroy();
  server.close();
  expect(most.slices).toBe(1);
  expect(desk.figures().given).toBe(64 * 8);
  await expectIdle(desk);
});

test('a body waits for one slice of each other key, and many bodies of one key are read one after the other', async () => {
  const desk = new Desk();
  const done: string[] = [];
  const read = async (name: string, key: string, slices: number) => {
    const turn = desk.body(key, never());
    for (let slice = 1; slice <= slices; slice += 1) {
      await turn();
      done.push(slice === slices ? `${name} ends` : name);
    }
  };
  const many = Array.from({ length: 64 }, (_, at) => read(`A${at}`, 'A', 100));
  await expect.poll(() => done.length, { interval: 1 }).toBeGreaterThan(150);
  const before = done.length;
  await read('B', 'B', 1);
  expect(done.indexOf('B ends') - before).toBeLessThanOrEqual(1);
  await Promise.all(many);
  const of_a = done.filter((name) => name !== 'B ends').map((name) => name.split(' ')[0]);
  expect(of_a).toEqual(Array.from({ length: 6_400 }, (_, at) => `A${Math.floor(at / 100)}`));
  await expectIdle(desk);
});

test('a caller who left gets no turn, neither before asking nor while waiting', async () => {
  const desk = new Desk();
  const hang_up = new AbortController();
  const turn = desk.body('A', hang_up.signal);
  const waits = turn();
  hang_up.abort('gone');
  await expect(waits).rejects.toBe('gone');
  await expect(turn()).rejects.toBe('gone');
  await expectIdle(desk);
  expect(desk.figures().given).toBe(0);
});
