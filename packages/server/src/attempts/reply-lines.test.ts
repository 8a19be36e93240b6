import { expect, test } from 'vitest';
import { eachLine } from './reply-lines.js';

async function read(lines: readonly string[]) {
  const found: string[] = [];
  const after: number[] = [];
  const give_turn = async () => after.push(found.length);
  await eachLine(Buffer.from(`${lines.join('\n')}\n`), (line) => found.push(line), give_turn);
  return { found, after };
}

test('all lines are read in their order, and others get their turn after each 1,000 lines and each 256 KiB', async () => {
  const many = Array.from({ length: 2_500 }, (_, nr) => `ñ${nr}`);
  expect(await read(many)).toEqual({ found: many, after: [1_000, 2_000] });
  const long = Array(10).fill('x'.repeat(64 * 1024));
  expect(await read(long)).toEqual({ found: long, after: [4, 8] });
  expect(await read([])).toEqual({ found: [], after: [] });
});
