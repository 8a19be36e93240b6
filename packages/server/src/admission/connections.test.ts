import { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectionRoom } from './connections.js';
import { Refused } from './refused.js';

const MAX = 16;

function arrive(room: ConnectionRoom): Socket {
  const socket = new Socket();
  room.arrived(socket);
  return socket;
}

test('of strangers half are let in; one more closes the one that was silent for longest', () => {
  const room = new ConnectionRoom(MAX);
  const sockets = Array.from({ length: MAX / 2 }, () => arrive(room));
  expect(sockets.every(({ destroyed }) => !destroyed)).toBe(true);
  const [first, second] = sockets;
  if (!first || !second) throw new Error('none');
  room.heard(first);
  const next = arrive(room);
  expect([first.destroyed, second.destroyed, next.destroyed]).toEqual([false, true, false]);
  expect(room.figures()).toMatchObject({ held: MAX / 2, cut: 1 });
});

test('strangers whose requests do not end are closed before a stranger who has just come', () => {
  const room = new ConnectionRoom(MAX);
  const stalled = Array.from({ length: MAX / 2 }, () => {
    const socket = arrive(room);
    room.heard(socket);
    return socket;
  });
  const neighbour = arrive(room);
  expect([neighbour.destroyed, stalled[0]?.destroyed, stalled[1]?.destroyed]).toEqual([false, true, false]);
  room.heard(neighbour);
  room.belongsTo(neighbour, 'a');
  expect(neighbour.destroyed).toBe(false);
});

test('of one operation half are let in; one more closes its longest idle one, and is refused where none is idle', () => {
  const room = new ConnectionRoom(MAX);
  const busy = Array.from({ length: MAX / 2 }, () => {
    const socket = arrive(room);
    room.heard(socket);
    room.belongsTo(socket, 'a');
    return socket;
  });
  const more = arrive(room);
  expect(() => room.belongsTo(more, 'a')).toThrow(Refused);
  const [, , third] = busy;
  if (!third) throw new Error('none');
  room.answered(third);
  room.belongsTo(more, 'a');
  expect(busy.filter(({ destroyed }) => destroyed)).toEqual([third]);
  const neighbour = arrive(room);
  room.belongsTo(neighbour, 'b');
  expect(neighbour.destroyed).toBe(false);
});

test('two operations that are busy on all that they may have leave connections for a third, and more', () => {
  const room = new ConnectionRoom(MAX);
  const busy = (key: string) => {
    const socket = arrive(room);
    room.heard(socket);
    try {
      room.belongsTo(socket, key);
    } catch {
      room.answered(socket);
      socket.emit('close', false);
      return undefined;
    }
    return socket.destroyed ? undefined : socket;
  };
  const of = (key: string) =>
    Array.from({ length: MAX }, () => busy(key)).filter((socket) => socket !== undefined);
  const taken = ['a', 'b', 'c', 'd'].map(of);
  expect(taken.map(({ length }) => length)).toEqual([8, 4, 2, 1]);
  // The last free connection, and then one of the key that has most.
  for (let nr = 1; nr <= 4; nr += 1) expect(busy(`more ${nr}`)).toBeDefined();
  const destroyed = taken.map((sockets) => sockets.filter((socket) => socket.destroyed).length);
  expect(destroyed).toEqual([3, 0, 0, 0]);
  expect(room.figures().held).toBe(MAX);
});

test('whatever comes and goes, no bound is exceeded, and the figures are what is open', () => {
  const step = fc.record({
    nr: fc.nat({ max: 40 }),
    do: fc.constantFrom('arrive', 'heard', 'answered', 'a', 'b', 'close'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const room = new ConnectionRoom(MAX);
      let sockets: { socket: Socket; key: string; under_way: number }[] = [];
      for (const one of steps) {
        const mine = sockets[one.nr % Math.max(1, sockets.length)];
        if (one.do === 'arrive') sockets.push({ socket: arrive(room), key: 'strangers', under_way: 0 });
        else if (!mine) continue;
        else if (one.do === 'heard') {
          room.heard(mine.socket);
          mine.under_way += 1;
        } else if (one.do === 'answered') {
          if (mine.under_way === 0) continue;
          room.answered(mine.socket);
          mine.under_way -= 1;
        } else if (one.do === 'close') mine.socket.emit('close', false);
        else {
          try {
            room.belongsTo(mine.socket, one.do);
            mine.key = one.do;
          } catch (error) {
            expect(error).toBeInstanceOf(Refused);
            const same = sockets.filter(({ socket, key }) => !socket.destroyed && key === one.do);
            // It is refused when it would have more than is left free for the others, and no idle one to give.
            expect(same.length + 1).toBeGreaterThan(
              MAX - sockets.filter(({ socket }) => !socket.destroyed).length,
            );
            expect(same.every(({ under_way }) => under_way > 0)).toBe(true);
          }
        }
        if (one.do === 'close') sockets = sockets.filter((other) => other !== mine);
        sockets = sockets.filter(({ socket }) => !socket.destroyed);
        const count = (key: string) => sockets.filter((other) => other.key === key).length;
        expect(Math.max(count('strangers'), count('a'), count('b'))).toBeLessThanOrEqual(MAX / 2);
        expect(room.figures().held).toBe(sockets.length);
        expect(sockets.length).toBeLessThanOrEqual(MAX);
      }
    }),
  );
});
