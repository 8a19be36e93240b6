import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TWILIO_FORM_MAX_BYTES, TwilioForm } from './twilio-form.js';

const form = (fields: readonly (readonly [string, string])[]) =>
  new TwilioForm(
    Buffer.from(
      new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
    ),
  );

test('the signature is over the address and each different name and value, in the order of the names', () => {
  const word = fc.oneof(
    fc.constantFrom('a', 'b', 'A', '', 'ñ'),
    fc.string({ maxLength: 4, unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 20 }), (fields) => {
      const names = [...new Set(fields.map(([name]) => name))].sort();
      const parts = names.flatMap((name) => {
        const values = fields.filter((field) => field[0] === name).map(([, value]) => value);
        return [...new Set(values)].sort().map((value) => name + value);
      });
      const expected = createHmac('sha1', 'secret')
        .update(`https://x/y?z${parts.join('')}`)
        .digest();
      expect(form(fields).signature('https://x/y?z', 'secret')).toEqual(expected);
      for (const [name] of fields) {
        expect(form(fields).field(name)).toBe(fields.find((field) => field[0] === name)?.[1].trim());
      }
      expect(form(fields).field('not there')).toBe('');
    }),
  );
});

test('256 fields and 64 KiB pass, one more of either does not', () => {
  const fields = (count: number) => Array.from({ length: count }, (_, nr) => [`n${nr}`, 'v'] as const);
  expect(form(fields(256)).field('n255')).toBe('v');
  expect(() => form(fields(257))).toThrow('MORE THAN 256 FIELDS');
  // A repeated name counts each time.
  expect(() => form(Array(257).fill(['a', '']))).toThrow('MORE THAN 256 FIELDS');
  const body = (bytes: number) => Buffer.from(`a=${'x'.repeat(bytes - 2)}`);
  expect(new TwilioForm(body(TWILIO_FORM_MAX_BYTES)).field('a')).toHaveLength(TWILIO_FORM_MAX_BYTES - 2);
  expect(() => new TwilioForm(body(TWILIO_FORM_MAX_BYTES + 1))).toThrow('65536 BYTES');
});
