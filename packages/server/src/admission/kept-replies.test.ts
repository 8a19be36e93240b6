import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptReplies } from './kept-replies.js';

const KIB = 1024;
const reply = (bytes: number) => ({ parts: [Buffer.alloc(Math.ceil(bytes / 2)), Buffer.alloc(bytes >> 1)] });

/** The same, plainly: all entries in the order in which they were used. */
class Model {
  #entries: { readonly key: string; readonly name: string; readonly bytes: number }[] = [];
  readonly #total: number;
  /** Whether two held most at once, when one had to give way: it may be either. */
  tied = false;

  constructor(total: number) {
    this.#total = total;
  }

  get(key: string, name: string): number | undefined {
    const found = this.#entries.find((one) => one.key === key && one.name === name);
    if (found) this.#entries = [...this.#entries.filter((one) => one !== found), found];
    return found?.bytes;
  }

  keep(key: string, name: string, bytes: number): void {
    if (bytes + KIB > this.#total / 8) return;
    this.#entries = this.#entries.filter((one) => one.key !== key || one.name !== name);
    this.#entries.push({ key, name, bytes });
    while (this.heldBy() > this.#total) {
      const keys = [...new Set(this.#entries.map((one) => one.key))];
      const most = Math.max(...keys.map((one) => this.heldBy(one)));
      if (keys.filter((one) => this.heldBy(one) === most).length > 1) this.tied = true;
      const first = this.#entries.findIndex((one) => this.heldBy(one.key) === most);
      this.#entries.splice(first, 1);
    }
  }

  heldBy(key?: string): number {
    const own = this.#entries.filter((one) => key === undefined || one.key === key);
    return own.reduce((sum, { bytes }) => sum + bytes + KIB, 0);
  }
}

const KEYS = ['a', 'b', 'c'] as const;
const step = fc.record({
  kind: fc.constantFrom('get', 'keep', 'keep'),
  key: fc.constantFrom(...KEYS),
  name: fc.nat(9).map(String),
  bytes: fc.nat(7 * KIB),
});

test('what is kept, and who gives way, is what a plain model says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const total = 64 * KIB;
      const [kept, model] = [new KeptReplies(total), new Model(total)];
      for (const { kind, key, name, bytes } of steps) {
        if (kind === 'keep') {
          kept.keep(key, name, reply(bytes));
          model.keep(key, name, bytes);
          fc.pre(!model.tied);
        }
        const found = kept.get(key, name);
        expect(found?.parts.reduce((sum, part) => sum + part.length, 0)).toBe(model.get(key, name));
        expect(kept.heldBy()).toBe(model.heldBy());
        expect(kept.heldBy()).toBeLessThanOrEqual(total);
        for (const one of KEYS) expect(kept.heldBy(one)).toBe(model.heldBy(one));
      }
    }),
  );
});

test('a key that keeps ever new replies leaves another what it holds, up to a half', () => {
  const kept = new KeptReplies(64 * KIB);
  const names = Array.from({ length: 8 }, (_, at) => `mine ${at}`);
  for (const name of names) kept.keep('mine', name, reply(3 * KIB)); // 32 KiB, with what an entry takes
  for (let at = 0; at < 1_000; at += 1) kept.keep('flood', String(at), reply(3 * KIB));
  expect(names.filter((name) => kept.get('mine', name))).toEqual(names);
});

test('a reply of an eighth of all is kept, one of a byte more is not, and of nothing none', () => {
  const kept = new KeptReplies(64 * KIB);
  kept.keep('a', 'fits', reply(7 * KIB));
  kept.keep('a', 'too large', reply(7 * KIB + 1));
  expect([kept.get('a', 'fits'), kept.get('a', 'too large')]).toEqual([expect.anything(), undefined]);
  const none = new KeptReplies(0);
  none.keep('a', 'empty', reply(0));
  expect(none.get('a', 'empty')).toBeUndefined();
});

test('nobody gets what another key keeps, and nothing is left when all is let go', () => {
  const kept = new KeptReplies(64 * KIB);
  kept.keep('a', 'same', reply(1));
  expect(kept.get('b', 'same')).toBeUndefined();
  kept.clear();
  expect([kept.get('a', 'same'), kept.heldBy()]).toEqual([undefined, 0]);
});
