import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineReplyMixed } from './engine.js';
import { Marks } from './marks.js';

const marks = new Marks('0b4f2c9e-5a53-4a0e-9d0e-6a1f0c1d2e3f');
const other = new Marks('9a0cf5d1-3c1c-4f7b-8a43-0f5d2b1c7e60');

/** What the engine writes for `around`, when the statement writes these bytes. */
const written = (own: Uint8Array, { begin, end } = marks) =>
  Buffer.concat([Buffer.from(`${begin}\n`), own, Buffer.from(`${end}\n`)]);

test('the output of a statement comes out unchanged, whatever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (own) => {
      expect(marks.cut(written(own))).toEqual(Buffer.from(own));
      const chunk = Buffer.concat([Buffer.from(marks.begin), own, Buffer.from(marks.end)]);
      expect(marks.cutChunk(chunk)).toEqual(Buffer.from(own));
    }),
  );
  expect(() => marks.expectAlone(Buffer.from(`${marks.begin}\n`))).not.toThrow();
});

test("output with others' bytes, or without some of its own, is refused everywhere", () => {
  const some = fc.uint8Array({ minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(some, some, (own, strange) => {
      const whole = written(own);
      const wrong = [
        Buffer.concat([strange, whole]),
        Buffer.concat([whole, strange]),
        Buffer.concat([written(strange, other), whole]),
        written(own, other),
        whole.subarray(1),
        whole.subarray(0, -1),
        Buffer.from(strange),
        Buffer.alloc(0),
        Buffer.from(marks.begin),
      ];
      for (const bytes of wrong) {
        expect(() => marks.cut(bytes)).toThrow(EngineReplyMixed);
        expect(() => marks.expectAlone(bytes)).toThrow(EngineReplyMixed);
      }
      const chunk = Buffer.concat([Buffer.from(marks.begin), own, Buffer.from(marks.end)]);
      const wrong_chunks = [
        Buffer.concat([strange, chunk]),
        Buffer.concat([chunk, strange]),
        chunk.subarray(1),
        chunk.subarray(0, -1),
        Buffer.from(strange),
        Buffer.alloc(0),
      ];
      for (const bytes of wrong_chunks) expect(() => marks.cutChunk(bytes)).toThrow(EngineReplyMixed);
    }),
  );
});

test('the two marks may not overlap', () => {
  // One byte shorter than both marks together.
  const overlapping = Buffer.from(`${marks.begin}\n${marks.end}`.slice(0, -1));
  expect(() => marks.cut(overlapping)).toThrow(EngineReplyMixed);
});
