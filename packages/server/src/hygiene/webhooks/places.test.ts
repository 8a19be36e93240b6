import { expect, test } from 'vitest';
import { Places } from './places.js';

test('one operation has half of the places, and every other one finds one as long as there are any', () => {
  const places = new Places(8);
  const taken = (operation_id: number) => {
    let count = 0;
    while (places.take(operation_id)) count += 1;
    return count;
  };
  expect([1, 2, 3, 4, 5, 6].map(taken)).toEqual([4, 1, 1, 1, 1, 0]);
  places.release(1);
  expect([taken(1), taken(6)]).toEqual([0, 1]);
  places.release(9); // has none
  expect(taken(7)).toBe(0);
  for (const id of [1, 1, 1, 2, 3, 4, 5, 6]) places.release(id);
  expect(taken(2)).toBe(4);
});
