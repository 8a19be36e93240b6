import fc from 'fast-check';
import { LRUCache } from 'lru-cache';
import { expect, test, vi } from 'vitest';
import { compressFor } from '../http/compress.js';
import { KeptReplies } from './kept-replies.js';

const KIB = 1024;
const reply = (bytes: number) => ({ parts: [Buffer.alloc(Math.ceil(bytes / 2)), Buffer.alloc(bytes >> 1)] });

/** A plain model: all entries in the order in which they were used. */
class Model {
  #entries: { readonly key: string; readonly name: string; readonly bytes: number }[] = [];
  readonly #total: number;
  /** Whether two keys held most when one had to give way: then it may be either. */
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
    if (held(bytes) > this.#total / 8) return;
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
    return own.reduce((sum, { bytes }) => sum + held(bytes), 0);
  }
}

/** How a reply of so many bytes is counted: with a KiB for its entry, in blocks of four. */
function held(bytes: number): number {
  return 4 * KIB * Math.ceil((bytes + KIB) / (4 * KIB));
}

const KEYS = ['a', 'b', 'c'] as const;
const step = fc.record({
  kind: fc.constantFrom('get', 'keep', 'keep'),
  key: fc.constantFrom(...KEYS),
  name: fc.nat(9).map(String),
  bytes: fc.nat(31 * KIB),
});

test('what is kept, and who gives way, is what a plain model says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const total = 256 * KIB;
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

test('a reply of an eighth of all is kept, a byte more is not, and with no memory none is', () => {
  const kept = new KeptReplies(64 * KIB);
  kept.keep('a', 'fits', reply(7 * KIB));
  kept.keep('a', 'too large', reply(7 * KIB + 1));
  expect([kept.get('a', 'fits'), kept.get('a', 'too large')]).toEqual([expect.anything(), undefined]);
  const none = new KeptReplies(0);
  none.keep('a', 'empty', reply(0));
  expect(none.get('a', 'empty')).toBeUndefined();
  expect([kept.largest_bytes, none.largest_bytes]).toEqual([7 * KIB, 0]);
});

test('nobody gets what another key keeps, and nothing is left when all is let go', () => {
  const kept = new KeptReplies(64 * KIB);
  kept.keep('a', 'same', reply(1));
  expect(kept.get('b', 'same')).toBeUndefined();
  kept.clear();
  expect([kept.get('a', 'same'), kept.heldBy()]).toEqual([undefined, 0]);
});

/** Memory that replies keep: all that each piece was cut out of. */
function memoryBehind(replies: readonly ({ readonly parts: readonly Buffer[] } | undefined)[]): number {
  const memory = new Set(replies.flatMap((one) => one?.parts.map(({ buffer }) => buffer) ?? []));
  return [...memory].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

test('small replies keep no more memory than is counted, whatever they were cut out of', async () => {
  const kept = new KeptReplies(64 * KIB);
  const body = JSON.stringify(Array.from({ length: 200 }, (_, at) => ({ telephone: `57300${at * 7_919}` })));
  const names: string[] = [];
  for (const encoding of [undefined, 'gzip', 'br', 'zstd']) {
    for (const bytes of [20, 1_100, 3_000]) {
      // As replies are: a head and a tail from Node's pool, and rows that are a part of what the engine wrote.
      const rows = Buffer.concat([Buffer.from(body.slice(0, bytes)), Buffer.alloc(200)]).subarray(0, bytes);
      const parts = [Buffer.from('{"data":['), rows, Buffer.from(']}')];
      const name = `${encoding} ${bytes}`;
      kept.keep('a', name, await compressFor(encoding, parts));
      names.push(name);
    }
  }
  const found = names.map((name) => kept.get('a', name));
  expect(found).not.toContain(undefined);
  expect(memoryBehind(found)).toBeLessThanOrEqual(kept.heldBy());
});

test('a large reply is counted with all that it was cut out of, and its bytes are not copied', () => {
  const kept = new KeptReplies(1_024 * KIB);
  const whole = Buffer.alloc(60 * KIB);
  kept.keep('a', 'rows', { parts: [whole.subarray(0, 20 * KIB)] });
  expect(kept.heldBy()).toBe(held(60 * KIB));
  expect(kept.get('a', 'rows')?.parts[0]?.buffer).toBe(whole.buffer);
});

test('to make room, only the key that gives way is looked at, however many there are', () => {
  const kept = new KeptReplies(4_096 * KIB);
  for (let at = 0; at < 500; at += 1) kept.keep(`key ${at}`, 'one', reply(0));
  for (let at = 0; at < 4_000; at += 1) kept.keep('most', String(at), reply(0));
  const looks = vi.spyOn(LRUCache.prototype, 'calculatedSize', 'get');
  const dropped = vi.spyOn(LRUCache.prototype, 'pop');
  try {
    kept.keep('key 1', 'large', reply(400 * KIB));
    expect(dropped.mock.calls.length).toBeGreaterThan(90);
    expect(looks.mock.calls.length).toBeLessThanOrEqual(dropped.mock.calls.length + 1);
  } finally {
    looks.mockRestore();
    dropped.mockRestore();
  }
});
