import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { PATIENCE } from './patience.js';
import { ReplyRoom } from './replies.js';
import { Watch } from './watch.js';

test('a reply whose caller hung up while it was compressed is counted no more', () => {
  const watch = new Watch(1_000);
  const room = new ReplyRoom(1_000, PATIENCE, watch);
  const reply = new ServerResponse(new IncomingMessage(new Socket()));
  room.hold('a', reply, 600);
  expect(room.figures().held).toBe(600);
  reply.destroyed = true;
  reply.emit('close');
  room.hold('a', reply, 300); // as it became when it was compressed
  watch.stop();
  expect(room.figures().held).toBe(0);
});
