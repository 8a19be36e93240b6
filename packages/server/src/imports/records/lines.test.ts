import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { LINE_MAX_BYTES, readLines } from './lines.js';

async function linesOf(
  chunks: readonly Uint8Array[],
): Promise<{ line: number; text: string; too_long: boolean }[]> {
  const lines = [];
  for await (const batch of readLines(stream(chunks))) {
    for (const [at, text] of batch.texts.entries()) {
      lines.push({ line: batch.first + at, text, too_long: batch.too_long.has(at) });
    }
  }
  return lines;
}

async function* stream(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const textsOf = async (...chunks: (string | Buffer)[]) =>
  (await linesOf(chunks.map((chunk) => Buffer.from(chunk)))).map((line) => line.text);

test('LF, CRLF and CR end a line; the last needs no end', async () => {
  expect(await textsOf('a\nb\r\nc\rd')).toEqual(['a', 'b', 'c', 'd']);
  expect(await textsOf('a\n\nb\n')).toEqual(['a', '', 'b']);
  expect(await textsOf('')).toEqual([]);
  expect(await textsOf('a\r')).toEqual(['a']);
});

test('a byte order mark is dropped, also when it comes in pieces', async () => {
  expect(await textsOf('\uFEFFa\nb')).toEqual(['a', 'b']);
  expect(await textsOf(Buffer.from([0xef]), Buffer.from([0xbb]), Buffer.from([0xbf, 0x61]))).toEqual(['a']);
});

test('a line that is not UTF-8 is read as Latin-1, its neighbours as UTF-8', async () => {
  const bytes = Buffer.concat([Buffer.from('ñandú\n'), Buffer.from('ñandú\r\n', 'latin1'), Buffer.from('€')]);
  expect(await textsOf(bytes)).toEqual(['ñandú', 'ñandú', '€']);
});

test('wherever the stream is cut, the lines are the same', async () => {
  const part = fc.constantFrom('a', 'ñ', '😀', '\n', '\r', '\r\n', '"', '');
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 30 }), fc.array(fc.nat(60)), async (parts, cuts) => {
      const bytes = Buffer.from(parts.join(''));
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
      const expected = parts.join('').split(/\r\n|\r|\n/);
      if (expected.at(-1) === '') expected.pop();
      expect(await textsOf(...chunks)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test.each([1_000, 65_536, 200_000])(
  'a line at the limit passes and one byte more is told (chunks of %i)',
  async (size) => {
    const [fits, over] = ['x'.repeat(LINE_MAX_BYTES), 'y'.repeat(LINE_MAX_BYTES + 1)];
    for (const end of ['\n', '\r\n', '\r']) {
      const bytes = Buffer.from([fits, over, 'z'.repeat(500_000), 'after'].join(end));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const lines = await linesOf(chunks);
      expect(lines.map(({ line, too_long }) => [line, too_long])).toEqual([
        [1, false],
        [2, true],
        [3, true],
        [4, false],
      ]);
      expect(lines[0]?.text).toBe(fits);
      expect(lines[1]?.text).toBe('y'.repeat(4_096));
      expect(lines[3]?.text).toBe('after');
    }
  },
);

test('a byte order mark is dropped before any line, as in concatenated files, and kept inside a line', async () => {
  const text = '\ufeffa,b\n1\ufeff,2\n\ufeffa,b\r\n';
  const latin1 = Buffer.from('Jos\xe9\n', 'latin1');
  expect(await textsOf(Buffer.from(`${text}\ufeffc\n`))).toEqual(['a,b', '1\ufeff,2', 'a,b', 'c']);
  expect(await textsOf(Buffer.concat([Buffer.from(text), latin1, Buffer.from('\ufeffc')]))).toEqual([
    ...['a,b', '1\ufeff,2', 'a,b', 'José', 'c'],
  ]);
});

test('bytes of a line are looked at and copied once each, however small the pieces are that it comes in', async () => {
  const looked = vi.spyOn(Buffer.prototype, 'lastIndexOf');
  const joined = vi.spyOn(Buffer, 'concat');
  const allocated = vi.spyOn(Buffer, 'allocUnsafeSlow');
  const line = Buffer.from(`${'x'.repeat(16 * 1024)}\n`);
  const pieces = Array.from(line, (_, at) => line.subarray(at, at + 1));
  expect(await textsOf(...pieces)).toHaveLength(1);
  const looked_at = looked.mock.contexts.reduce((sum, bytes) => sum + (bytes as Buffer).length, 0);
  const copied =
    joined.mock.calls.flatMap(([list]) => [...list]).reduce((sum, { length }) => sum + length, 0) +
    allocated.mock.calls.reduce((sum, [bytes]) => sum + bytes, 0);
  vi.restoreAllMocks();
  expect(looked_at).toBeLessThanOrEqual(3 * line.length);
  expect(copied).toBeLessThanOrEqual(8 * line.length);
});
