import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuthorizationError, LimitError, ReportsManager } from '../src/index.js';
import { nodePlatform } from '../src/node/platform.js';
import { dial } from './dials.js';
import { DocumentedServer, TOKEN } from './documented-server.js';
import { stateDirectory, TestClient, TestClock } from './test-client.js';

let server: DocumentedServer;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
});
afterAll(() => server.stop());

const DAY = { campaignId: 1, from: '2025-10-03', to: '2025-10-03' };

test('a program that asks for much at once never has more under way than the token may', async () => {
  server.become([dial()], { delay_ms: 5, waits_for: 2 });
  const client = new ReportsManager({ baseUrl: server.url, token: TOKEN, stateDirectory: stateDirectory() });
  await Promise.all(Array.from({ length: 12 }, () => client.campaign8(DAY).collect()));
  expect(server.calls).toBe(12);
  expect(server.mostAtOnce).toBe(2);
});

test('several programs on one machine share the slots and the budget of a token', async () => {
  server.become([dial()], { delay_ms: 5, waits_for: 2 });
  const directory = stateDirectory();
  const program = fileURLToPath(new URL('./asking-program.ts', import.meta.url));
  const env = { ...process.env, ASK_URL: server.url, ASK_TOKEN: TOKEN, ASK_STATE: directory, ASK_TIMES: '8' };
  const exits = Array.from({ length: 4 }, () =>
    once(fork(program, { execArgv: ['--conditions=source', '--import', 'tsx'], env }), 'exit'),
  );
  for (const exit of exits) expect((await exit)[0]).toBe(0);
  expect(server.calls).toBe(32);
  expect(server.mostAtOnce).toBe(2);
  const [token = ''] = await readdir(directory);
  const [counted = ''] = (await readdir(join(directory, token))).filter((name) => name.startsWith('calls-'));
  expect(await readFile(join(directory, token, counted), 'utf8')).toHaveLength(32);
  expect(`${token} ${counted}`).not.toContain(TOKEN);
});

test('the slot of a program that was killed is taken over, that of a living one is not', async () => {
  const directory = stateDirectory();
  const { slots } = nodePlatform(directory);
  const mine = await slots.take('token', 0, 60_000);
  expect(mine).toBeDefined();
  expect(await slots.take('token', 0, 60_000)).toBeUndefined();
  const path = join(directory, 'token', 'slot-0');
  const holder = JSON.parse(await readFile(path, 'utf8'));
  // No process has this number: it is above every system's largest.
  await writeFile(path, JSON.stringify({ ...holder, pid: 2 ** 30 }));
  const over = await slots.take('token', 0, 60_000);
  expect(over).toBeDefined();
  await mine?.(); // what was taken over is not given back by the one that lost it
  expect(await slots.take('token', 0, 60_000)).toBeUndefined();
  await over?.();
  expect(await slots.take('token', 0, 60_000)).toBeDefined();
});

test.each([
  ['held beyond its time', (holder: object) => JSON.stringify({ ...holder, until_ms: Date.now() - 1 })],
  [
    'of an earlier process with this number',
    (holder: object) => JSON.stringify({ ...holder, process: 'earlier' }),
  ],
])('a slot that is %s is taken over', async (_, change) => {
  const directory = stateDirectory();
  const { slots } = nodePlatform(directory);
  await slots.take('token', 0, 60_000);
  const path = join(directory, 'token', 'slot-0');
  await writeFile(path, change(JSON.parse(await readFile(path, 'utf8'))));
  expect(await slots.take('token', 0, 60_000)).toBeDefined();
});

test('a slot of another machine, or one that is just being written, counts until its time is up', async () => {
  const directory = stateDirectory();
  const { slots } = nodePlatform(directory);
  await slots.take('token', 0, 60_000);
  const path = join(directory, 'token', 'slot-0');
  const holder = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...holder, pid: 2 ** 30, host: 'elsewhere' }));
  expect(await slots.take('token', 0, 60_000)).toBeUndefined();
  await writeFile(path, '');
  expect(await slots.take('token', 0, 60_000)).toBeUndefined();
  await utimes(path, 0, 0);
  expect(await slots.take('token', 0, 60_000)).toBeDefined();
});

test('the budget of a day: so many calls pass, the next is refused without asking, the next day begins anew', async () => {
  server.become([dial()], {});
  const clock = new TestClock();
  const client = new TestClient({ baseUrl: server.url, callsPerDay: 3 }, clock);
  for (let call = 0; call < 3; call += 1) await client.campaign8(DAY).collect();
  expect(client.calls).toEqual({ made: 3, spent: 3, left: 0 });
  const refused: unknown = await client
    .campaign8(DAY)
    .collect()
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LimitError);
  expect(refused).toMatchObject({ kind: 'budget' });
  expect(server.calls).toBe(3);
  // 04:59:59 UTC is still the same day in Bogota, 05:00:00 is not.
  clock.now_ms = Date.UTC(2026, 11, 2, 4, 59, 59);
  await expect(client.campaign8(DAY).collect()).rejects.toThrow(LimitError);
  clock.now_ms = Date.UTC(2026, 11, 2, 5);
  expect(await client.campaign8(DAY).collect()).toHaveLength(1);
  expect(client.calls).toEqual({ made: 4, spent: 1, left: 2 });
});

test('what the server says is left of the day counts where it is less', async () => {
  const headers = { RateLimit: '"day";r=7;t=100' };
  const fetch = async () =>
    Response.json({ code: 200, error: null, msg: '0 records were found', data: [] }, { headers });
  const client = new TestClient({ baseUrl: server.url, fetch });
  await client.campaign8(DAY).collect();
  expect(client.calls.left).toBe(7);
});

test.each(['error', 'unavailable', 'drop', 'cut-off', 'third'] as const)(
  '%s is asked again until it passes',
  async (fault) => {
    server.become([dial()], { fault: (call) => (call < 4 ? fault : undefined) });
    const client = new TestClient({ baseUrl: server.url });
    expect(await client.campaign8(DAY).collect()).toHaveLength(1);
    expect(server.calls).toBe(4);
    expect(client.clock.waits).toHaveLength(3);
  },
);

test('a spent day and a wrong token are not asked again', async () => {
  server.become([dial()], { callsPerDay: 0 });
  const client = new TestClient({ baseUrl: server.url });
  const spent: unknown = await client
    .campaign8(DAY)
    .collect()
    .catch((error: unknown) => error);
  expect(spent).toBeInstanceOf(LimitError);
  expect(spent).toMatchObject({ kind: 'day', status: 403 });
  expect(server.calls).toBe(1);
  server.become([dial()], {});
  const stranger = new TestClient({ baseUrl: server.url, token: 'stranger' });
  await expect(stranger.campaign8(DAY).collect()).rejects.toThrow(AuthorizationError);
  expect(server.calls).toBe(1);
});

test('waits double, have full jitter and an end', async () => {
  for (const [random, waits] of [
    [0, [0, 0, 0, 0, 0, 0, 0, 0]],
    [0.5, [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]],
  ] as const) {
    server.become([dial()], { fault: () => 'error' });
    const clock = new TestClock();
    clock.random = () => random;
    const client = new TestClient({ baseUrl: server.url, retries: 8 }, clock);
    await expect(client.campaign8(DAY).collect()).rejects.toThrow();
    expect(clock.waits).toEqual(waits);
  }
});

test('Retry-After is waited for in both its forms, unless it is longer than one wants to wait', async () => {
  server.become([dial()], { fault: (call) => (call === 1 ? 'unavailable' : undefined) });
  const client = new TestClient({ baseUrl: server.url });
  await client.campaign8(DAY).collect();
  expect(client.clock.waits).toEqual([2_250]);
  // The date that the test server gives is a month ahead.
  const asked = Date.UTC(2027, 0, 1) - client.clock.now_ms;
  server.become([dial()], { fault: (call) => (call === 1 ? 'too-many' : undefined) });
  await expect(client.campaign8(DAY).collect()).rejects.toMatchObject({ kind: 'rate', retryAfterMs: asked });
  const clock = new TestClock();
  clock.now_ms = Date.UTC(2026, 11, 31, 23, 59, 30);
  server.become([dial()], { fault: (call) => (call === 1 ? 'too-many' : undefined) });
  await new TestClient({ baseUrl: server.url }, clock).campaign8(DAY).collect();
  expect(clock.waits).toEqual([30_250]);
});

test('a signal ends a request, a wait and a queue, with its own reason', async () => {
  const reason = new Error('enough');
  server.become([dial()], { fault: () => 'mute' });
  const under_way = new AbortController();
  const asking = new ReportsManager({ baseUrl: server.url, token: TOKEN, stateDirectory: stateDirectory() });
  const request = asking.campaign8({ ...DAY, signal: under_way.signal }).collect();
  await expect.poll(() => server.calls).toBe(1);
  under_way.abort(reason);
  await expect(request).rejects.toBe(reason);

  server.become([dial()], { fault: () => 'error' });
  const waiting = new AbortController();
  const clock = new TestClock();
  clock.onSleep = () => waiting.abort(reason);
  const wait = new TestClient({ baseUrl: server.url }, clock)
    .campaign8({ ...DAY, signal: waiting.signal })
    .collect();
  await expect(wait).rejects.toBe(reason);
  expect(server.calls).toBe(1);

  const directory = stateDirectory();
  const queued = new TestClient({ baseUrl: server.url, maxSimultaneous: 1 }, new TestClock(directory));
  server.become([dial()], { fault: () => 'mute' });
  const first = new AbortController();
  const holding = queued.campaign8({ ...DAY, signal: first.signal }).collect();
  await expect.poll(() => server.calls).toBe(1);
  const second = new AbortController();
  queued.clock.onSleep = () => second.abort(reason);
  await expect(queued.campaign8({ ...DAY, signal: second.signal }).collect()).rejects.toBe(reason);
  expect(server.calls).toBe(1);
  first.abort(reason);
  await expect(holding).rejects.toBe(reason);
});

test('polling asks every five minutes, or as told', async () => {
  for (const [everyMs, waited] of [
    [undefined, 300_000],
    [1_000, 1_000],
  ] as const) {
    server.become([dial()], {});
    const client = new TestClient({ baseUrl: server.url });
    let rounds = 0;
    for await (const rows of client.poll(
      () => client.campaign8(DAY),
      everyMs === undefined ? {} : { everyMs },
    )) {
      expect(rows).toHaveLength(1);
      rounds += 1;
      if (rounds === 3) break;
    }
    expect(client.clock.waits).toEqual([waited, waited]);
  }
  const client = new TestClient({ baseUrl: server.url });
  await expect(client.poll(() => client.campaign8(DAY), { everyMs: 999 }).next()).rejects.toThrow(/everyMs/);
});

test('information.php', async () => {
  server.become([], {});
  const client = new TestClient({ baseUrl: server.url });
  expect(await client.campaigns()).toMatchObject([
    { campaign_id: '1', campaign_name: 'Cobranza', status: '' },
  ]);
  expect(await client.tokenInfo()).toMatchObject({
    token_limit: '1000',
    available_consumption_options: '990',
  });
});
