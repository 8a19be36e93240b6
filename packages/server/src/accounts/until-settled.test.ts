import { expect, test } from 'vitest';
import { UntilSettled } from './until-settled.js';

test.each([0, 1, 2, 3, 4, 5])(
  'what is asked for %s turns after the work has ended is done once more',
  async (turns) => {
    let done = 0;
    const settled = new UntilSettled(
      'it',
      async () => {
        done += 1;
        if (done === 1) askLater().catch(() => undefined);
      },
      () => undefined,
    );
    const askLater = async () => {
      for (let turn = 0; turn < turns; turn += 1) await undefined;
      settled.ask();
    };
    settled.ask();
    await new Promise((resolve) => setImmediate(resolve));
    await settled.close();
    expect(done).toBe(2);
  },
);
