import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { GatheredBytes } from './gathered-bytes.js';

afterEach(() => vi.restoreAllMocks());

test('pieces are joined, again and again, and the pieces themselves do not change', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 4 }), fc.option(fc.nat(5_000)), (rounds, expected) => {
      const gathered = new GatheredBytes(expected ?? undefined);
      for (const round of rounds) {
        const copies = round.map((piece) => Buffer.from(piece));
        for (const piece of copies) gathered.add(piece);
        const all = Buffer.concat(round);
        expect(gathered.length).toBe(all.length);
        expect(gathered.last).toBe(all.at(-1));
        expect(gathered.take()).toEqual(all);
        expect(copies).toEqual(round.map((piece) => Buffer.from(piece)));
        expect([gathered.length, gathered.last]).toEqual([0, undefined]);
      }
    }),
  );
});

/** The rooms that are allocated while a million bytes come in pieces of a hundred, and the joined bytes. */
function roomFor(expected: number | undefined): { rooms: number[]; all: Buffer } {
  const allocated = vi.spyOn(Buffer, 'allocUnsafeSlow');
  const gathered = new GatheredBytes(expected);
  for (let nr = 0; nr < 10_000; nr += 1) gathered.add(Buffer.alloc(100, nr % 251));
  return { rooms: allocated.mock.calls.map(([bytes]) => bytes), all: gathered.take() };
}

test('bytes are seldom copied again: each room is twice as large as what was in the last one', () => {
  const { rooms } = roomFor(undefined);
  expect(rooms.length).toBeLessThanOrEqual(12);
  expect(rooms.reduce((sum, bytes) => sum + bytes)).toBeLessThan(4_000_000);
});

test('no more room is made than is expected, and not all of that before it is needed', () => {
  const { rooms, all } = roomFor(1_000_000);
  expect(all).toHaveLength(1_000_000);
  expect(Math.max(...rooms)).toBe(1_000_000);
  expect(rooms[0]).toBe(1024);
});

test('one piece is not copied, and more than was expected is taken too', () => {
  const piece = Buffer.from('all of it');
  const gathered = new GatheredBytes(4);
  gathered.add(piece);
  expect(gathered.take().buffer).toBe(piece.buffer);
  for (const each of ['more ', 'than ', 'four']) gathered.add(Buffer.from(each));
  expect(gathered.take().toString()).toBe('more than four');
});
