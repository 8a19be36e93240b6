import { expect, test } from 'vitest';
import { HeaderSearch, headerOf, LINES_BEFORE_MAX, missingColumns } from './header.js';

const needed = (names: readonly string[]) => (header: Parameters<typeof missingColumns>[0]) =>
  missingColumns(header, names) ?? header.names;

function search(lines: readonly string[]) {
  const found = new HeaderSearch(needed(['to', 'when']));
  for (const line of lines) {
    if (found.found) break;
    found.take(line);
  }
  found.end();
  return found.found?.at;
}

test.each([
  [['to,when']],
  [['"","","FORM"', '"to","when","x"']],
  [['Report of calls', 'from 1 to 2', 'To;When']],
  [['sep=;', 'to;when']],
  [['"sep=,"', 'to,when']],
  [['a,b,c,d,e', 'to|when']],
])('%j has a header', (lines) => {
  expect(
    search(lines)
      ?.slice(0, 2)
      .map((name) => name.toLowerCase()),
  ).toEqual(['to', 'when']);
});

test('what sep= declares stands between the fields, whatever else is in them', () => {
  expect(search(['sep=;', 'to;when;a,b,c,d'])).toEqual(['to', 'when', 'a,b,c,d']);
});

test('the message names the line that looks most like a header, and what it misses', () => {
  expect(() => search(['title', 'to,at,x', 'a,b'])).toThrow(
    'it has no header with the columns when; the line that looks most like a header is number 2: to,at,x',
  );
});

test(`a header may be on line ${LINES_BEFORE_MAX + 1}, and not further on`, () => {
  const lines = (before: number) => [...Array(before).fill('x'), 'to,when'];
  expect(search(lines(LINES_BEFORE_MAX))).toEqual(['to', 'when']);
  expect(() => search(lines(LINES_BEFORE_MAX + 1))).toThrow('it has a single column');
  expect(headerOf(lines(3), needed(['to']))?.at).toEqual(['to', 'when']);
});
