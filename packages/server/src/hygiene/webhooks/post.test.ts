import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Manner, Receiver } from '../../../test/receiver.js';
import { mayReachSchema } from './may-reach.js';
import { POST_BOUNDS, PostGivenUp, sendPost } from './post.js';
import { WhereToSend } from './where-to.js';

const HERE = new WhereToSend(mayReachSchema.parse('127.0.0.1,receiver.test'), undefined, () =>
  Promise.resolve(['127.0.0.1']),
);
/** As long as a test of a stall takes. */
const BRIEF = { ...POST_BOUNDS, timeout_ms: 400 };
const BODY = JSON.stringify({ data: ['ñ', '\u{1F4DE}'] });

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

function send(url = receiver.url, bounds = POST_BOUNDS, signal = new AbortController().signal) {
  return sendPost({ url, headers: { 'x-sent': 'yes' }, body: BODY }, HERE, signal, bounds);
}

const failed = (failure: string, status: number | null = null) => ({ delivered: false, failure, status });

describe('an answer', () => {
  test.each([200, 201, 202, 204, 299])('%d means that the receiver has it', async (status) => {
    receiver.manner = status;
    expect(await send()).toEqual({ delivered: true, status });
    expect(receiver.received).toMatchObject([{ text: BODY, headers: { 'x-sent': 'yes' } }]);
  });

  test.each([400, 404, 410, 429, 500, 503])('%d means that it does not', async (status) => {
    receiver.manner = status;
    expect(await send()).toEqual(failed('status', status));
  });

  test('that redirects is not followed', async () => {
    receiver.manner = 'redirect';
    expect(await send()).toEqual(failed('redirect', 307));
    expect(receiver.received).toHaveLength(1);
  });

  test('that never comes, or comes byte by byte, ends with the time for it', async () => {
    for (const manner of ['hang', 'trickle'] satisfies Manner[]) {
      receiver.manner = manner;
      expect(await send(receiver.url, BRIEF)).toEqual(failed('timeout'));
    }
  });

  test('without end is not read on: its status counts', async () => {
    receiver.manner = 'flood';
    expect(await send()).toEqual({ delivered: true, status: 200 });
    // What the buffers of both sides take, and no more.
    expect(receiver.flooded).toBeLessThan(16 * 1024 ** 2);
  });

  test('with interim answers without end is broken off', async () => {
    receiver.manner = 'interim';
    expect(await send()).toEqual(failed('reset'));
  });

  test('that is a reset is told as one', async () => {
    receiver.manner = 'reset';
    expect(await send()).toEqual(failed('reset'));
  });
});

test('no connection is left when it is known what came of a post', async () => {
  const manners: Manner[] = [200, 500, 'flood', 'redirect', 'reset', 'hang', 'trickle', 'interim'];
  for (const manner of manners) {
    receiver.manner = manner;
    await send(receiver.url, BRIEF);
    while (receiver.open > 0) await new Promise(setImmediate);
  }
  expect(receiver.most_open).toBe(1);
});

describe('a receiver', () => {
  test('whose port is closed', async () => {
    const { url } = receiver;
    await receiver.stop();
    expect(await send(url)).toEqual(failed('refused'));
    receiver = await Receiver.start();
  });

  test('whose certificate nobody signed, or is for another name', async () => {
    const secure = await Receiver.start({ tls: true });
    for (const host of ['127.0.0.1', 'receiver.test']) {
      expect(await send(`https://${host}:${secure.port}/`)).toEqual(failed('certificate'));
    }
    expect(secure.received).toEqual([]);
    await secure.stop();
  });

  test('without TLS at an address with https', async () => {
    expect(await send(receiver.url.replace('http:', 'https:'))).toEqual(failed('not_http'));
  });

  test('that takes a connection and reads nothing', async () => {
    const { url, stop } = await silent(() => undefined);
    expect(await send(url, BRIEF)).toEqual(failed('timeout'));
    await stop();
  });

  test.each(['SSH-2.0-OpenSSH_9.6\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n'])(
    'that answers %j',
    async (text) => {
      const { url, stop } = await silent((socket) => socket.write(text));
      expect(await send(url)).toEqual(failed('not_http'));
      await stop();
    },
  );

  test('whose head has no end', async () => {
    const { url, stop } = await silent((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`),
    );
    expect(await send(url)).toEqual(failed('not_http'));
    await stop();
  });

  test('that changes the protocol', async () => {
    const { url, stop } = await silent((socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    );
    expect((await send(url, BRIEF)).delivered).toBe(false);
    await stop();
  });

  test('that may not be reached is not connected to', async () => {
    const strict = new WhereToSend(mayReachSchema.parse(''), () => Promise.resolve(['127.0.0.1']));
    const post = { url: `https://rebound.example:${receiver.port}/`, headers: {}, body: BODY };
    const outcome = await sendPost(post, strict, new AbortController().signal);
    expect(outcome).toEqual(failed('address_not_allowed'));
    expect(receiver.most_open).toBe(0);
  });

  test('whose name is not found in time', async () => {
    const slow = new WhereToSend(mayReachSchema.parse(''), () => new Promise(() => undefined));
    const post = { url: 'https://slow.example/', headers: {}, body: BODY };
    expect(await sendPost(post, slow, new AbortController().signal, BRIEF)).toEqual(failed('timeout'));
  });
});

test('a post can be given up, before and while it is under way', async () => {
  receiver.manner = 'hang';
  const stop = new AbortController();
  receiver.onPost = () => stop.abort();
  await expect(send(receiver.url, POST_BOUNDS, stop.signal)).rejects.toThrow(PostGivenUp);
  await expect(send(receiver.url, POST_BOUNDS, stop.signal)).rejects.toThrow(PostGivenUp);
  expect(receiver.received).toHaveLength(1);
});

/** A server that says the same to everybody, whatever they ask. */
async function silent(greet: (socket: Socket) => void): Promise<{ url: string; stop: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    greet(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
