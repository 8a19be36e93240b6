import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, connect, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { PATIENCE } from './patience.js';
import { ReplyRoom } from './replies.js';
import { Watch } from './watch.js';

const MIB = 1024 ** 2;
const FAST = { ...PATIENCE, look_every_ms: 20, reader_silence_ms: 300 };
const roomOf = (bytes: number) => new ReplyRoom(bytes, FAST, new Watch(FAST.look_every_ms));

const replyWithoutSocket = () => new ServerResponse(new IncomingMessage(new Socket()));

function refuses(room: ReplyRoom, key: string): boolean {
  try {
    room.admit(key);
    return false;
  } catch {
    return true;
  }
}

test('a key may hold half and not a byte more, and what it holds beyond that counts against nobody else', () => {
  const room = roomOf(20);
  const [first, second, third] = [replyWithoutSocket(), replyWithoutSocket(), replyWithoutSocket()];
  room.hold('a', first, 10);
  expect([refuses(room, 'a'), refuses(room, 'b')]).toEqual([false, false]);
  room.hold('a', second, 1);
  expect([refuses(room, 'a'), refuses(room, 'b')]).toEqual([true, false]);
  room.hold('a', second, 1_000); // it has become larger
  room.hold('b', third, 4);
  expect([refuses(room, 'a'), refuses(room, 'b'), refuses(room, 'c')]).toEqual([true, false, false]);
  expect(room.figures()).toEqual({ limit: 20, held: 1_014, waiting: 0, refused: 2, cut: 0 });
  second.emit('close');
  expect(refuses(room, 'b')).toBe(false);
  first.emit('close');
  third.emit('close');
  expect(room.figures().held).toBe(0);
});

test('three who do not read shut out nobody who holds nothing; four do', () => {
  const room = roomOf(20);
  const replies = ['a', 'b', 'c', 'd'].map((key) => ({ key, reply: replyWithoutSocket() }));
  const hold = (nr: number, bytes: number) => {
    const one = replies[nr];
    if (one) room.hold(one.key, one.reply, bytes);
  };
  for (const nr of [0, 1, 2]) hold(nr, 1_000);
  expect(['a', 'b', 'c', 'd'].map((key) => refuses(room, key))).toEqual([true, true, true, false]);
  hold(3, 9);
  expect(refuses(room, 'e')).toBe(false);
  hold(3, 10);
  expect(refuses(room, 'e')).toBe(true);
  for (const { reply } of replies) reply.emit('close');
  expect(refuses(room, 'a')).toBe(false);
});

test('a caller that takes nothing of its reply is cut, and what it held is free', async () => {
  const room = roomOf(MIB);
  const body = Buffer.alloc(64 * MIB); // more than the system's buffers for a connection take
  const server = createServer((_request, reply) => {
    room.hold('a', reply, body.length);
    reply.end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const reader = connect(port, '127.0.0.1').pause();
  reader.on('error', () => undefined);
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await expect.poll(() => room.figures(), { timeout: 10_000 }).toMatchObject({ held: 0, cut: 1 });
  reader.destroy();
  server.close();
});

test('a caller that reads slowly but steadily is not cut, though all of its reply is one write', async () => {
  const room = roomOf(MIB);
  const body = Buffer.alloc(32 * MIB);
  const server = createServer((_request, reply) => {
    room.hold('a', reply, body.length);
    reply.end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const reader = connect(port, '127.0.0.1');
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  let read = 0;
  // A MiB at a time, with pauses that are together far longer than what is allowed in one piece.
  for await (const chunk of reader) {
    const before = Math.floor(read / MIB);
    read += chunk.length;
    if (Math.floor(read / MIB) > before) await new Promise((resolve) => setTimeout(resolve, 40));
    if (read >= body.length) break;
  }
  expect(room.figures().cut).toBe(0);
  reader.destroy();
  server.close();
});

test('a reply whose caller hung up while it was compressed is counted no more', () => {
  const room = roomOf(1_000);
  const reply = replyWithoutSocket();
  room.hold('a', reply, 600);
  expect(room.figures().held).toBe(600);
  reply.destroyed = true;
  reply.emit('close');
  room.hold('a', reply, 300); // as it became when it was compressed
  expect(room.figures().held).toBe(0);
});
