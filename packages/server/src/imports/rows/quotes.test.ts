import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DELIMITERS } from './delimiter.js';
import { onlyReading } from './quotes.js';

const read = (line: string, columns: number, used?: number[]) =>
  onlyReading(line, ',', columns, used && new Set(used));

test.each<[string, string[]]>([
  ['"Ventas" <101>,7,"SIP/n/57300,30,T",x', ['"Ventas" <101>', '7', 'SIP/n/57300,30,T', 'x']],
  ['""Ventas" <101>",7,"a,b",x', ['"Ventas" <101>', '7', 'a,b', 'x']],
  ['"" <101>",7,"a,b",x', ['" <101>', '7', 'a,b', 'x']],
  ['""Doe, Jo" <101>",7,"a,b",x', ['"Doe, Jo" <101>', '7', 'a,b', 'x']],
  ['Juan "el" Gil,7,"a,b",x', ['Juan "el" Gil', '7', 'a,b', 'x']],
  ['="573001234567",7,"a,b",x', ['="573001234567"', '7', 'a,b', 'x']],
  ['7, "a, b", x,"c" ', ['7', 'a, b', ' x', 'c']],
  ['"says ""no"" to "us"",7,8,x', ['says ""no"" to "us"', '7', '8', 'x']],
])('%s has one reading', (line, fields) => {
  expect(read(line, 4)).toEqual(fields);
});

test.each([
  ['"Doe, "Jo" Gil,7,8,x', 'the comma may be in the name or after it'],
  ['"a "b" c,7,8', 'it has three'],
  ['"a" b,7,8,x,9', 'it has five'],
  ['"a" b,7,8,"x', 'a quote stays open, and may have swallowed the rest'],
])('%s has none as four fields: %s', (line) => {
  expect(read(line, 4)).toBeUndefined();
});

test('readings that differ only in unused columns count as one; in a used column, as none', () => {
  // One comma too many: the quotes may pair before it or after it.
  const line = '"a "b","c", d" e","f" g';
  const readings = [3].map((columns) => read(line, columns));
  expect(readings).toEqual([undefined]);
  const two = '"x" y,"z", w","k" v';
  expect(read(two, 3, [2])?.[2] ?? read(two, 4, [3])?.[3]).toBe('"k" v');
});

test('values without delimiters, pasted between quotes or not, come back', () => {
  const value = fc
    .array(fc.constantFrom('a', 'ñ', ' ', '"', '<', '1'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 2, maxLength: 8 }),
      fc.constantFrom(...DELIMITERS),
      (values, delimiter) => {
        const pasted = values.map((text) => `"${text}"`).join(delimiter);
        const fields = onlyReading(pasted, delimiter, values.length);
        // A value that is a quote alone, or ends in one, may leave no reading: never another one.
        if (fields !== undefined) expect(fields.map(bare)).toEqual(values.map(bare));
        if (values.every((text) => !text.includes('"'))) expect(fields).toEqual(values);
      },
    ),
    { numRuns: 2_000 },
  );
});

/** Without quotes, which are the uncertain part. */
function bare(text: string): string {
  return text.replaceAll('"', '').trim();
}

test('a line above 8 KiB, and one with more than 16 delimiters in quotes, is not read twice', () => {
  const swallowing = (commas: number) => `"a" b,"${','.repeat(commas)}"`;
  expect(read(swallowing(16), 2)).toHaveLength(2);
  expect(read(swallowing(17), 2)).toBeUndefined();
  const long = (chars: number) => `"a" b,${'x'.repeat(chars - 6)}`;
  expect(read(long(8 * 1024), 2)).toHaveLength(2);
  expect(read(long(8 * 1024 + 1), 2)).toBeUndefined();
});
