import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PIECE_MAX_BYTES, piecesOf } from './pieces.js';

const KIB = 1024;

async function pieces(chunks: readonly Uint8Array[]) {
  async function* stream() {
    yield* chunks;
  }
  const found: { bytes: Uint8Array; turns: number }[] = [];
  let turns = 0;
  const give_turn = async () => {
    turns += 1;
  };
  for await (const bytes of piecesOf(stream(), give_turn)) found.push({ bytes, turns });
  return found;
}

test('all bytes come, in order, and none of the pieces is long', async () => {
  const sizes = fc.array(fc.nat(3 * PIECE_MAX_BYTES), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(sizes, async (lengths) => {
      const chunks = lengths.map((length, nr) => new Uint8Array(length).fill(nr));
      const found = (await pieces(chunks)).map(({ bytes }) => bytes);
      expect(Buffer.concat(found).equals(Buffer.concat(chunks))).toBe(true);
      expect(Math.max(0, ...found.map(({ length }) => length))).toBeLessThanOrEqual(PIECE_MAX_BYTES);
    }),
    { numRuns: 50 },
  );
});

test('others get their turn before each chunk, however small, and each 64 KiB of one', async () => {
  const turnsOf = async (...lengths: number[]) =>
    (await pieces(lengths.map((length) => new Uint8Array(length)))).map(({ turns }) => turns);
  expect(await turnsOf(256 * KIB)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]);
  expect(await turnsOf(1, 1, 65 * KIB, 0)).toEqual([1, 2, 3, 3, 3, 3, 4]);
});
