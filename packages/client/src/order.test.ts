import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBytes } from './order.js';

test('texts come in the order of their UTF-8 bytes', () => {
  const unit = fc.constantFrom(
    'a',
    'b',
    'é',
    '\ud7ff',
    '\ue000',
    '\ufb00',
    '\u{1f600}',
    '\u{1d49c}',
    '0',
    '+',
  );
  const texts = fc.oneof(fc.string({ unit }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const bytes = Buffer.compare(Buffer.from(one), Buffer.from(other));
      expect(Math.sign(compareBytes(one, other))).toBe(bytes);
    }),
  );
});
