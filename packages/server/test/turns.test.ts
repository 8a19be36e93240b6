import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Refused } from '../src/admission/refused.js';
import { attempt, type TestOperation, TestService } from './harness.js';

/** One operation sends many large bodies at the same moment; another one's small body is not read behind them. */
let service: TestService;
let many: TestOperation;
let one: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  many = await service.operation({ limits: { max_simultaneous: 64 } });
  one = await service.operation();
  await one.upload([attempt()]);
});
afterAll(() => service.stop());
afterEach(() => vi.restoreAllMocks());

const BODIES = 64;
const WRONG = JSON.stringify(Array.from({ length: 10_000 }, () => ({ a: 1, b: 2, c: 3, telephone: [] })));

const figures = () => service.service.services.admission.figures();

/** Notes each turn that is given, by the body that has it; bodies are numbered as they come. */
function watchTurns(): { readonly bodies: string[]; readonly turns: number[]; readonly came_at: number[] } {
  const { desk } = service.service.services.admission;
  const [bodies, turns, came_at]: [string[], number[], number[]] = [[], [], []];
  const body = desk.body.bind(desk);
  vi.spyOn(desk, 'body').mockImplementation((key, hung_up) => {
    const turn = body(key, hung_up);
    const number = bodies.push(key) - 1;
    came_at.push(turns.length);
    return async () => {
      await turn();
      turns.push(number);
    };
  });
  return { bodies, turns, came_at };
}

function sendWrong(path: string): Socket {
  const socket = connect(Number(new URL(service.service.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${many.token}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${WRONG.length}\r\n\r\n${WRONG}`,
  );
  return socket;
}

test.each([
  ['uploads', '/v1/attempts'],
  ['telephones not to call', '/api/v2/campaign.php?api=add_dnc'],
])(
  '%s: who has one small body waits for a slice at most, and who left leaves nothing behind',
  async (_, path) => {
    const { bodies, turns, came_at } = watchTurns();
    const sockets = Array.from({ length: BODIES }, () => sendWrong(path));
    await expect.poll(() => bodies.length, { timeout: 60_000, interval: 1 }).toBeGreaterThan(BODIES / 2);
    const key_of_many = bodies[0];
    const uploaded = await service.v1('POST', '/attempts', one.token, [attempt()]);
    expect(uploaded.status).toBe(201);
    const ours = bodies.findIndex((key) => key !== key_of_many);
    const between = turns.slice(came_at[ours], turns.indexOf(ours));
    expect(between.length).toBeLessThanOrEqual(1);
    // It is small: it had one turn, and no further one.
    expect(turns.filter((number) => number === ours)).toHaveLength(1);
    // The others were not done by then, and each of them is read to its end before the next is begun.
    expect(turns.slice(turns.indexOf(ours) + 1)).not.toEqual([]);
    const of_many = turns.filter((number) => number !== ours);
    expect(of_many).toEqual([...of_many].sort((first, second) => first - second));
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => figures().turns, { timeout: 60_000 }).toMatchObject({ held: 0, waiting: 0 });
    await expect.poll(() => figures().bodies.held, { timeout: 60_000 }).toBe(0);
    await expect.poll(() => figures().requests.held, { timeout: 60_000 }).toBe(0);
  },
);

test('an upload has a turn to begin, for each 256 KiB that are cut, each 1,000 records, and each 2,000 rows', async () => {
  const { turns } = watchTurns();
  const records = Array.from({ length: 10_000 }, (_, at) => ({ ...attempt(), attempt_id: String(at) }));
  expect((await service.v1('POST', '/attempts', one.token, records)).status).toBe(201);
  const to_cut = Math.ceil(JSON.stringify(records).length / (256 * 1024));
  const [to_read, to_write] = [10_000 / 1_000, 10_000 / 2_000];
  expect(turns).toHaveLength(to_cut + to_read + to_write - 1);
});

test('who is refused is told so in his turn: he may come again at once', async () => {
  const { admission } = service.service.services;
  vi.spyOn(admission.connections, 'belongsTo').mockImplementationOnce(() => {
    throw new Refused('too many connections');
  });
  const call = admission.desk.call.bind(admission.desk);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const asked = vi.spyOn(admission.desk, 'call').mockImplementationOnce(async (key, hung_up) => {
    await begun;
    await call(key, hung_up);
  });
  let status: number | undefined;
  const reply = service.v1('GET', '/usage', many.token).then((got) => {
    status = got.status;
  });
  await expect.poll(() => asked.mock.calls.length, { timeout: 60_000 }).toBe(1);
  for (let at = 0; at < 20; at += 1) await new Promise(setImmediate);
  expect(status).toBeUndefined();
  begin();
  await reply;
  expect(status).toBe(503);
});
