import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineReplyMixed } from '../engine.js';
import { Marks } from '../marks.js';
import { StreamedRows } from './streamed-rows.js';

const marks = new Marks('0b4f2c9e-5a53-4a0e-9d0e-6a1f0c1d2e3f');
const TAG = 'hbzczfytvfdfxsva';
const failure = (words: string) =>
  `\r\n__exception__\r\n${TAG}\r\nCode: 395. DB::Exception: ${words}. (SOME_CODE) (version 26.7)\n264 ${TAG}\r\n__exception__\r\n`;

const lines = fc
  .array(
    fc.string({ unit: fc.constantFrom('a', '"', '\r', '<', '/', '_', 'ñ', '_exception_'), maxLength: 12 }),
  )
  .map((rows) => rows.map((row) => `${row}\n`).join(''));

/** The rows of a reply that comes in pieces of these sizes, and the error with which it ends. */
function taken(written: string, sizes: readonly number[]): { chunks: string[]; error: unknown } {
  const rows = new StreamedRows(marks, TAG);
  const bytes = Buffer.from(written);
  const chunks: string[] = [];
  let at = 0;
  try {
    for (let turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      chunks.push(rows.take(bytes.subarray(at, at + size)).toString());
      at += size;
    }
    chunks.push(rows.rest().toString());
    return { chunks, error: undefined };
  } catch (error) {
    return { chunks, error };
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 });

test('rows come out as they are, in chunks that end with a line, however the reply is cut', () => {
  fc.assert(
    fc.property(lines, sizes, (rows, cut) => {
      const { chunks, error } = taken(`${marks.begin}${rows}${marks.end}`, cut);
      expect(error).toBe(undefined);
      expect(chunks.join('')).toBe(rows);
      for (const chunk of chunks) expect(chunk === '' || chunk.endsWith('\n')).toBe(true);
    }),
  );
});

test('a reply that is not whole, or has more, never looks whole, wherever it ends', () => {
  fc.assert(
    fc.property(
      lines,
      sizes,
      fc.nat(),
      fc.constantFrom('', '\n', 'x', marks.begin),
      (rows, cut, at, more) => {
        const whole = `${marks.begin}${rows}${marks.end}`;
        const bytes = Buffer.from(whole);
        const part = bytes.subarray(0, at % bytes.length).toString('latin1');
        expect(taken(part, cut).error).toBeInstanceOf(EngineReplyMixed);
        if (more !== '') expect(taken(`${whole}${more}`, cut).error).toBeInstanceOf(EngineReplyMixed);
        expect(taken(`x${whole}`, cut).error).toBeInstanceOf(EngineReplyMixed);
        expect(taken(rows, cut).error).toBeInstanceOf(EngineReplyMixed);
      },
    ),
  );
});

test("the server's failure is thrown, and never part of the rows", () => {
  fc.assert(
    fc.property(lines, sizes, (rows, cut) => {
      const { chunks, error } = taken(`${marks.begin}${rows}${failure('here')}`, cut);
      expect(error).toMatchObject({ code: '395', message: expect.stringContaining('here') });
      expect(rows.startsWith(chunks.join(''))).toBe(true);
    }),
  );
});

test('rows that only look like a failure are rows', () => {
  const rows = failure('told by somebody').replaceAll(TAG, 'aaaaaaaaaaaaaaaa');
  const { chunks, error } = taken(`${marks.begin}${rows}\n${marks.end}`, [7]);
  expect(error).toBe(undefined);
  expect(chunks.join('')).toBe(`${rows}\n`);
});
