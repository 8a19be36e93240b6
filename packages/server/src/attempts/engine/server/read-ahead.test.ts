import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ReadAhead } from './read-ahead.js';

const PIECE = 64 * 1024;

/** Pieces that contain their own number; `asked` is how many were asked for. */
function numbered(count: number, failure?: Error) {
  const sent = { asked: 0 };
  const stream = new Readable({
    read() {
      if (sent.asked < count) this.push(Buffer.alloc(PIECE, sent.asked++ % 251));
      else if (failure) this.destroy(failure);
      else this.push(null);
    },
  });
  return { sent, stream };
}

async function rest(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const whole = (count: number) =>
  Buffer.concat(Array.from({ length: count }, (_, at) => Buffer.alloc(PIECE, at % 251)));

test('a reader who never pauses gets everything unchanged', async () => {
  const { stream } = numbered(500);
  expect((await rest(new ReadAhead(stream, 5).pieces())).equals(whole(500))).toBe(true);
});

test('for a reader who pauses, something is read ahead again and again, up to a limit, and nothing is lost', async () => {
  const { sent, stream } = numbered(2_000);
  const pieces = new ReadAhead(stream, 10).pieces();
  const first = await pieces.next();
  const before = sent.asked;
  await expect.poll(() => sent.asked, { timeout: 20_000 }).toBeGreaterThan(before + 40);
  // 16 MiB are 256 pieces; what is read at once may be more than one.
  await expect.poll(() => sent.asked, { timeout: 20_000 }).toBeGreaterThan(250);
  await setTimeout(200);
  expect(sent.asked).toBeLessThan(300);
  const all = Buffer.concat([first.value ?? Buffer.alloc(0), await rest(pieces)]);
  expect(all.equals(whole(2_000))).toBe(true);
});

test('for a reader who reads on, nothing is held', async () => {
  const { sent, stream } = numbered(2_000);
  const pieces = new ReadAhead(stream, 60_000).pieces();
  for (let at = 0; at < 10; at += 1) await pieces.next();
  await setTimeout(50);
  expect(sent.asked).toBeLessThan(20);
  await pieces.return(undefined);
});

test('a stream that breaks off throws, after everything that came before', async () => {
  const { stream } = numbered(20, new Error('broken off'));
  const got: Buffer[] = [];
  const all = async () => {
    for await (const piece of new ReadAhead(stream, 5).pieces()) got.push(piece);
  };
  await expect(all()).rejects.toThrow('broken off');
  expect(Buffer.concat(got).equals(whole(20).subarray(0, Buffer.concat(got).length))).toBe(true);
});
