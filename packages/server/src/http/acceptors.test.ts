import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Acceptors, CONNECTIONS_A_LOOK } from './acceptors.js';

const BACKLOG = 511;
const CALLERS = 160;

const fail = (error: Error) => {
  throw error;
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(): Promise<{ server: Server; acceptors: Acceptors; port: number }> {
  const server = createServer({ allowHalfOpen: true });
  servers.push(server);
  server.listen(0, '127.0.0.1', BACKLOG);
  await once(server, 'listening');
  return {
    server,
    acceptors: new Acceptors(server, BACKLOG, fail),
    port: (server.address() as AddressInfo).port,
  };
}

/** The most connections that the server accepts in one pass of the event loop, when so many callers connect together. */
async function mostAtOnce(callers: number, server: Server, port: number): Promise<number> {
  let [taken, before, most] = [0, 0, 0];
  const all = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      taken += 1;
      socket.destroy();
      if (taken === callers) resolve();
    });
  });
  const look = () => {
    most = Math.max(most, taken - before);
    before = taken;
    if (taken < callers) setImmediate(look);
  };
  for (let at = 0; at < callers; at += 1) connect(port, '127.0.0.1').on('error', () => undefined);
  look();
  await all;
  server.removeAllListeners('connection');
  return most;
}

const isFree = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  const refused = once(socket, 'error').then(([error]) => error.code === 'ECONNREFUSED');
  const is_free = await Promise.race([refused, once(socket, 'connect').then(() => false)]);
  socket.destroy();
  return is_free;
};

test('connections that come together are accepted sixteen at a time, where Node accepts one', async () => {
  const { server, acceptors, port } = await listening();
  // If this fails, Node accepts more by itself, and the acceptors are no longer needed.
  expect(await mostAtOnce(CALLERS, server, port)).toBe(1);
  await acceptors.open();
  expect(await mostAtOnce(CALLERS, server, port)).toBe(CONNECTIONS_A_LOOK);
  await acceptors.close();
});

test('closing waits for the accepted connections, and frees the port at once', async () => {
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

test('closing while the acceptors are being opened frees the port', async () => {
  for (let at = 0; at < 20; at += 1) {
    const { server, acceptors, port } = await listening();
    const opened = acceptors.open();
    for (let polls = 0; polls < at * 10; polls += 1) await new Promise(setImmediate); // at a different moment each time
    server.close();
    await acceptors.close();
    const anew = createServer().listen(port, '127.0.0.1'); // as a restarted service does
    servers.push(anew);
    await once(anew, 'listening');
    await opened;
  }
});

test('a process that hangs is ended, and the failure is reported', async () => {
  const { server, port } = await listening();
  const acceptors = new Acceptors(server, BACKLOG, fail, 100);
  const { execPath } = process;
  process.execPath = '/usr/bin/yes'; // prints its arguments for ever
  try {
    await expect(acceptors.open()).rejects.toThrow('ended after 0 of 15');
  } finally {
    process.execPath = execPath;
  }
  expect(await mostAtOnce(CALLERS, server, port)).toBe(1);
  await acceptors.close();
});

test('when no process can be started, the failure is reported and the server goes on', async () => {
  const { server, acceptors, port } = await listening();
  const { execPath } = process;
  process.execPath = '/no/such/program';
  try {
    await expect(acceptors.open()).rejects.toThrow('ENOENT');
  } finally {
    process.execPath = execPath;
  }
  expect(await mostAtOnce(CALLERS, server, port)).toBe(1);
  await acceptors.close();
});

test('a server that does not listen is refused before a process is started', async () => {
  await expect(new Acceptors(createServer(), BACKLOG, fail).open()).rejects.toThrow('does not listen');
});
