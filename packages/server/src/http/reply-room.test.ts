import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, connect, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ReplyRoom } from './reply-room.js';

const MIB = 1024 ** 2;

test('one that takes nothing of its reply is cut off, and what it held is free again', async () => {
  const room = new ReplyRoom(MIB, 300);
  const body = Buffer.alloc(64 * MIB); // more than the system's buffers for a connection take
  const server = createServer((_request, reply) => {
    room.hold(reply, body.length);
    reply.end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const reader = connect(port, '127.0.0.1').pause();
  reader.on('error', () => undefined);
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [socket] = await once(server, 'connection');
  await expect.poll(() => refuses(room), { timeout: 10_000 }).toBe(true);
  if (!socket.destroyed) await once(socket, 'close');
  expect(refuses(room)).toBe(false);
  reader.destroy();
  server.close();
}, 30_000);

test('as much as the limit may be held, and with one byte more no report is let in', () => {
  const room = new ReplyRoom(10);
  const [first, second] = [replyWithoutSocket(), replyWithoutSocket()];
  room.hold(first, 10);
  expect(refuses(room)).toBe(false);
  room.hold(second, 1);
  expect(refuses(room)).toBe(true);
  second.emit('close');
  expect(refuses(room)).toBe(false);
});

const replyWithoutSocket = () => new ServerResponse(new IncomingMessage(new Socket()));

function refuses(room: ReplyRoom): boolean {
  try {
    room.admit();
    return false;
  } catch {
    return true;
  }
}
