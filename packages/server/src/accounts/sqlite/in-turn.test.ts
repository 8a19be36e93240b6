import { expect, test } from 'vitest';
import { InTurn } from './in-turn.js';

test('users have the thing in the order in which they asked, one at a time', async () => {
  const in_turn = new InTurn('it');
  const had: number[] = [];
  let holders = 0;
  const use = async (number: number) => {
    expect(await in_turn.take()).toBe('it');
    holders += 1;
    expect(holders).toBe(1);
    had.push(number);
    if (number % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    holders -= 1;
    in_turn.give();
  };
  const numbers = Array.from({ length: 1_000 }, (_, number) => number);
  await Promise.all(numbers.map(use));
  expect(had).toEqual(numbers);
  await use(1_000); // nobody waits: at once
});
