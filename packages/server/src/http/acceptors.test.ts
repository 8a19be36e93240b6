import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Acceptors, CONNECTIONS_A_LOOK } from './acceptors.js';

const BACKLOG = 511;
const CALLERS = 160;
/** Polls in which the last ones arrive. */
const SOME = 10;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(): Promise<{ server: Server; acceptors: Acceptors; port: number }> {
  const server = createServer({ allowHalfOpen: true });
  servers.push(server);
  server.listen(0, '127.0.0.1', BACKLOG);
  await once(server, 'listening');
  return { server, acceptors: new Acceptors(server, BACKLOG), port: (server.address() as AddressInfo).port };
}

/** How often the event loop looks at its connections until all who called at once were taken. */
async function looksFor(callers: number, server: Server, port: number): Promise<number> {
  let [taken, looks] = [0, 0];
  const all = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      taken += 1;
      socket.destroy();
      if (taken === callers) resolve();
    });
  });
  const look = () => {
    looks += 1;
    if (taken < callers) setImmediate(look);
  };
  for (let at = 0; at < callers; at += 1) connect(port, '127.0.0.1').on('error', () => undefined);
  look();
  await all;
  server.removeAllListeners('connection');
  return looks;
}

const isFree = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  const [error] = await once(socket, 'error');
  return error.code === 'ECONNREFUSED';
};

test('many who call at once are taken sixteen at a look, where Node takes one', async () => {
  const { server, acceptors, port } = await listening();
  expect(await looksFor(CALLERS, server, port)).toBeGreaterThanOrEqual(CALLERS);
  await acceptors.open();
  expect(await looksFor(CALLERS, server, port)).toBeLessThanOrEqual(CALLERS / CONNECTIONS_A_LOOK + SOME);
  await acceptors.close();
});

test('a close waits for the connections that came, and leaves the port free', async () => {
  const { server, acceptors, port } = await listening();
  let taken = 0;
  server.on('connection', (socket) => {
    taken += 1;
    socket.on('data', (bytes) => socket.end(bytes));
  });
  await acceptors.open();
  const callers = await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  await expect.poll(() => taken).toBe(CALLERS);
  let is_closed = false;
  const closed = acceptors.close().then(() => {
    is_closed = true;
  });
  server.close();
  expect(await isFree(port)).toBe(true);
  expect(is_closed).toBe(false);
  for (const socket of callers) {
    socket.end('x');
    expect(String((await once(socket, 'data'))[0])).toBe('x');
  }
  await closed;
});

test('a close while they are opened leaves nothing behind', async () => {
  const { server, acceptors, port } = await listening();
  const opened = acceptors.open();
  await acceptors.close();
  server.close();
  await opened;
  expect(await isFree(port)).toBe(true);
});

test('where no process can be started that is told, and the server goes on', async () => {
  const { server, acceptors, port } = await listening();
  const { execPath } = process;
  process.execPath = '/no/such/program';
  try {
    await expect(acceptors.open()).rejects.toThrow('ENOENT');
  } finally {
    process.execPath = execPath;
  }
  expect(await looksFor(CALLERS, server, port)).toBeGreaterThanOrEqual(CALLERS);
  await acceptors.close();
});
