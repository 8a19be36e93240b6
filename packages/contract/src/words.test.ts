import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MACHINE_CODES } from './machine-codes.js';
import { newOperationSchema, operationPatchSchema } from './operation.js';
import { importQuery } from './queries/import-query.js';
import { changedWords, foldWord, OWN_WORDS_MAX, OwnResults, type OwnWord } from './words.js';
import { parseWords, readWordName, WORD_MAX_CHARS, wordName } from './words-text.js';

const word = (word: string, result: OwnWord['result'], trunk = ''): OwnWord => ({ word, trunk, result });

test('pairs are separated by commas or line ends, for any trunk or for one', () => {
  expect(parseWords('BUZON=answer_machine, NOCON = no-answer ,\n\nFAILED@north=CONGESTION\n')).toEqual([
    word('BUZON', 'answer_machine'),
    word('NOCON', 'no_answer'),
    word('FAILED', 'congestion', 'north'),
  ]);
  expect(parseWords('"No, thanks"=answer,"a=b ""c"""@"x@y"=busy,Sent To Voicemail=answer_machine')).toEqual([
    word('No, thanks', 'answer'),
    word('a=b "c"', 'busy', 'x@y'),
    word('Sent To Voicemail', 'answer_machine'),
  ]);
});

test.each([
  '',
  ' ,\n',
  'BUZON',
  'BUZON=',
  '=answer',
  ' =answer',
  '-_=answer',
  'BUZON=mailbox',
  'BUZON=RESULT',
  'BUZON=answer=busy',
  'BUZON@=answer',
  '@north=answer',
  '"BUZON=answer',
  'BU"ZON=answer',
  'BUZON=answer NOCON=busy',
  'BU\tZON\u0007=answer',
  'BUZON=answer,buzón=answer,BU-ZON=busy',
  `${'x'.repeat(WORD_MAX_CHARS + 1)}=answer`,
])('%j is refused, with its form', (text) => {
  const parsed = importQuery.safeParse({ format: 'auto', words: text });
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]).toMatchObject({ path: ['words'], message: expect.stringMatching(/\w{5}/) });
});

test('a word may be as long as the limit, and there may be as many as the limit', () => {
  const longest = 'é'.repeat(WORD_MAX_CHARS);
  expect(parseWords(`${longest}=busy`)).toEqual([word(longest, 'busy')]);
  const many = (count: number) => Array.from({ length: count }, (_, nr) => `w${nr}=busy`).join(',');
  expect(importQuery.safeParse({ format: 'auto', words: many(OWN_WORDS_MAX) }).success).toBe(true);
  expect(importQuery.safeParse({ format: 'auto', words: many(OWN_WORDS_MAX + 1) }).success).toBe(false);
});

const texts = fc
  .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'aZé9,=@"#- \'') })
  .map((text) => text.trim())
  .filter((text) => foldWord(text) !== '');
const own = fc.record({
  word: texts,
  trunk: fc.oneof(fc.constant(''), texts),
  result: fc.constantFrom(...MACHINE_CODES),
});

test('a written word is read back unchanged', () => {
  fc.assert(
    fc.property(fc.array(own, { minLength: 1 }), fc.constantFrom(',', '\n', ' , '), (words, between) => {
      const text = words.map((each) => `${wordName(each)}=${each.result}`).join(between);
      expect(parseWords(text)).toEqual(words);
      for (const { word, trunk } of words)
        expect(readWordName(wordName({ word, trunk }))).toEqual({ word, trunk });
    }),
  );
});

test('no text makes the reader fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab,=@"\n \t') }), (text) => {
      const words = parseWords(text);
      if (typeof words !== 'string') for (const { word } of words) expect(word).toBe(word.trim());
    }),
  );
});

test('the last declaration of a word holds, and one for a trunk before one for any trunk', () => {
  const kept = changedWords(
    [word('BUZON', 'busy'), word('NOCON', 'failed'), word('OLD', 'busy')],
    [
      word('buzon', 'answer_machine'),
      word('NOCON', 'congestion', 'north'),
      { word: 'old', trunk: '', result: null },
    ],
  );
  const results = new OwnResults(kept);
  expect(results.resultOf(' Bu-Zon', 'north')).toBe('answer_machine');
  expect(results.resultOf('NOCON', 'north')).toBe('congestion');
  expect(results.resultOf('NOCON', 'south')).toBe('failed');
  expect(results.resultOf('OLD', '')).toBeUndefined();
  // Both Unicode forms of a letter with an accent are the same.
  expect(new OwnResults([word('BUZ\u00D3N', 'busy')]).resultOf('buzo\u0301n', '')).toBe('busy');
});

test('an operation has words by their names; null forgets one; faults name the word', () => {
  const made = newOperationSchema.parse({
    server: '0042',
    name: 'x',
    words: { BUZON: 'answer_machine', '"a@b"@north': 'busy' },
  });
  expect(made.words).toEqual([word('BUZON', 'answer_machine'), word('a@b', 'busy', 'north')]);
  expect(operationPatchSchema.parse({ words: { BUZON: null } }).words).toEqual([
    { word: 'BUZON', trunk: '', result: null },
  ]);
  for (const words of [
    { BUZON: 'mailbox' },
    { 'a,b': 'busy' },
    { '-': 'busy' },
    { BUZON: 'busy', buzon: 'busy' },
  ]) {
    expect(operationPatchSchema.safeParse({ words }).error?.issues[0]?.path[0]).toBe('words');
  }
});
