import { once } from 'node:events';
import { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ADMIN_TOKEN, attempt, NOVEMBER, TestService } from './harness.js';

/** Whoever leaves while something is looked up for him leaves nothing behind. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
  await service.operation({ server: 'left' });
});
afterAll(() => service.stop());
afterEach(() => vi.restoreAllMocks());

test('who leaves before his body was let in gets no room for it', async () => {
  const { admission, accounts } = service.service.services;
  const socket = connect(Number(new URL(service.service.url).port), '127.0.0.1');
  const entered = vi.spyOn(admission.bodies, 'enter');
  const look = accounts.operations.byServer.bind(accounts.operations);
  let looked: Promise<unknown> | undefined;
  vi.spyOn(accounts.operations, 'byServer').mockImplementation((server) => {
    const found = (async () => {
      socket.destroy();
      await once(socket, 'close');
      await expect.poll(() => admission.figures().requests.held, { timeout: 60_000 }).toBe(0);
      return look(server);
    })();
    looked = found;
    return found;
  });
  socket.write(
    `PUT /v1/campaigns/7?operation=left HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${ADMIN_TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  );
  await expect.poll(() => looked, { timeout: 60_000 }).toBeDefined();
  await looked;
  await new Promise(setImmediate);
  expect(entered).not.toHaveBeenCalled();
});

test.each([
  ['the native API', '/v1/attempts', () => [attempt()]],
  [
    'the documented API',
    '/api/v2/campaign.php?api=create_campaign&type_campaign=predictive',
    () => [{ campaign_name: 'x' }],
  ],
])(
  'what goes on when its caller has left keeps the room of its body until it ends: %s',
  async (_, path, body) => {
    const { admission, accounts, uploads } = service.service.services;
    const { token } = await service.operation();
    const socket = connect(Number(new URL(service.service.url).port), '127.0.0.1');
    let end = () => {};
    const going_on = vi.fn(
      () =>
        new Promise<never>((_resolve, reject) => {
          end = () => reject(new Error('ended by the test'));
        }),
    );
    vi.spyOn(uploads, 'accept').mockImplementation(going_on);
    vi.spyOn(accounts.campaigns, 'create').mockImplementation(going_on);
    const text = JSON.stringify(body());
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${token}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
    );
    await expect.poll(() => going_on.mock.calls.length, { timeout: 60_000 }).toBe(1);
    socket.destroy();
    await expect.poll(() => admission.figures().requests.held, { timeout: 60_000 }).toBe(0);
    expect(admission.figures().bodies.held).toBe(text.length);
    end();
    await expect.poll(() => admission.figures().bodies.held, { timeout: 60_000 }).toBe(0);
  },
);

test.each([
  ['the native API', '/v1/campaigns'],
  ['the documented API', '/api/v2/reports_manager.php?api=campaign_8'],
])('no reply is made for who leaves while his token is looked up: %s', async (_, path) => {
  const { accounts, admission } = service.service.services;
  const { tokens } = accounts;
  const { token } = await service.operation();
  const ended = vi.spyOn(admission.connections, 'answered');
  const socket = connect(Number(new URL(service.service.url).port), '127.0.0.1');
  const look = tokens.authenticate.bind(tokens);
  let is_over = false;
  vi.spyOn(tokens, 'authenticate').mockImplementation(async (secret) => {
    socket.destroy();
    await expect.poll(() => ended.mock.calls.length, { timeout: 60_000 }).toBe(1);
    is_over = true;
    return look(secret);
  });
  const began = vi.spyOn(ServerResponse.prototype, 'writeHead');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${token}\r\n\r\n`);
  await expect.poll(() => is_over, { timeout: 60_000 }).toBe(true);
  for (let at = 0; at < 10; at += 1) await new Promise(setImmediate);
  expect(began).not.toHaveBeenCalled();
});

test.each(['GET', 'HEAD'])(
  'who leaves while his call’s count is on its way to the disk leaves no slot and no reply behind: %s',
  async (method) => {
    const { accounts, admission } = service.service.services;
    const operation = await service.operation({ limits: { max_simultaneous: 1 } });
    await operation.upload([attempt()]);
    const admit = accounts.calls.admit.bind(accounts.calls);
    let goOn = () => {};
    const disk = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    vi.spyOn(accounts.calls, 'admit').mockImplementationOnce(async (holder) => {
      const lease = await admit(holder);
      return { ...lease, counted: lease.counted.then(() => disk) };
    });
    const [date_ini, date_end] = NOVEMBER;
    const query = new URLSearchParams({ api: 'campaign_8', campaign_id: 'all', date_ini, date_end });
    const socket = connect(Number(new URL(service.service.url).port), '127.0.0.1');
    socket.write(
      `${method} /api/v2/reports_manager.php?${query} HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${operation.token}\r\n\r\n`,
    );
    const held = () => admission.figures().replies.held;
    await expect.poll(held, { timeout: 60_000 }).toBeGreaterThan(0); // it is made, and not told
    socket.destroy();
    await expect.poll(held, { timeout: 60_000 }).toBe(0);
    goOn();
    await expect.poll(async () => (await operation.campaign8('all', date_ini, date_end)).status).toBe(200);
  },
);
