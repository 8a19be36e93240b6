import { expect, test } from 'vitest';
import { tabSeparated } from './tab-separated.js';

test('rows are written out in their order, and others get their turn after each 1,000 rows and each 256 KiB', async () => {
  let turns = 0;
  const give_turn = () => {
    turns += 1;
    return Promise.resolve();
  };
  const many = Array.from({ length: 2_500 }, (_, nr) => `ñ${nr}`);
  const rows = await tabSeparated(many, (text) => ['1', text], give_turn);
  expect(rows.toString()).toBe(many.map((text) => `1\t${text}\n`).join(''));
  expect(turns).toBe(2);

  turns = 0;
  const long = Array(20).fill('x'.repeat(64 * 1024));
  const size = 64 * 1024 + 1;
  expect(await tabSeparated(long, (text) => [text], give_turn)).toHaveLength(20 * size);
  expect(turns).toBeGreaterThanOrEqual(Math.floor((20 * size) / (256 * 1024)) - 1);
  expect(await tabSeparated([], () => [], give_turn)).toHaveLength(0);
});
