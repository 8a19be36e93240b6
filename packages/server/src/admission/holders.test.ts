import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Holders } from './holders.js';

const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), amount: fc.nat(20) });

test('what each key holds, what all hold, and which holds most, as a plain model has it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const holders = new Holders();
      const model = new Map<string, number>();
      for (const { key, amount } of steps) {
        holders.set(key, amount);
        model.set(key, amount);
        const amounts = [...model.values()];
        const most = holders.most();
        expect(most === undefined ? 0 : model.get(most)).toBe(Math.max(...amounts));
        expect(most === undefined || holders.of(most) > 0).toBe(true);
        expect(holders.of(key)).toBe(amount);
        expect(holders.total).toBe(amounts.reduce((sum, one) => sum + one, 0));
      }
    }),
  );
});
