import { expect, test } from 'vitest';
import { UnknownWords } from './unknown-words.js';

test('spellings of one word are one, the most frequent first', () => {
  const words = new UnknownWords();
  for (const word of ['CG', 'Sent To Voicemail', 'sent_to_voicemail', ' SENT TO VOICEMAIL'])
    words.add(word, word === 'CG');
  expect(words.listed()).toEqual([
    { word: 'Sent To Voicemail', lines: 3, rejected: 0 },
    { word: 'CG', lines: 1, rejected: 1 },
  ]);
  expect(words.unlisted).toBe(0);
});

test('a hundred are listed, and of others the lines are counted', () => {
  const words = new UnknownWords();
  for (let nr = 0; nr < 101; nr += 1) words.add(`w${nr}`, true);
  words.add('w100', true);
  words.add('w99', true);
  expect(words.listed()).toHaveLength(100);
  expect(words.listed()[0]).toEqual({ word: 'w99', lines: 2, rejected: 2 });
  expect(words.unlisted).toBe(2);
});

test('what could not be declared is not listed', () => {
  const words = new UnknownWords();
  for (const word of ['x'.repeat(101), 'a\u0000b', '--', '\ud800']) words.add(word, true);
  expect(words.listed()).toEqual([]);
  expect(words.unlisted).toBe(4);
});

test('the characters of all listed words together are limited', () => {
  const words = new UnknownWords();
  for (let nr = 10; nr < 31; nr += 1) words.add(`${'x'.repeat(98)}${nr}`, true);
  expect(words.listed()).toHaveLength(20);
  expect(words.unlisted).toBe(1);
});
