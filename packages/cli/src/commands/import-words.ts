import { readFile } from 'node:fs/promises';
import { type ImportDocument, MACHINE_CODES, wordName } from '@recuento/contract';
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../usage-error.js';

/** Enough for as many words as an operation may have, with comments. A larger file is not a list of words. */
const FILE_MAX_CHARS = 256 * 1024;

/** `--words` may be given more than once. */
export function collectWords(text: string, before: readonly string[] = []): string[] {
  if (text.trim() === '') throw new InvalidArgumentError('give WORD=RESULT pairs');
  return [...before, text];
}

/**
 * The own words of all flags in the form of the API's `words`; undefined if there are none. A file has one pair a line, and
 * lines that begin with `#` are comments. @throws UsageError
 */
export async function declaredWords(
  flags: readonly string[] | undefined,
  file: string | undefined,
): Promise<string | undefined> {
  const texts = [...(flags ?? []), ...(file === undefined ? [] : [await wordsOf(file)])];
  return texts.length === 0 ? undefined : texts.join('\n');
}

async function wordsOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${file} cannot be read (${why})`);
  });
  if (text.length > FILE_MAX_CHARS) throw new UsageError(`${file} is too large for a list of words`);
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (lines.length === 0) throw new UsageError(`${file} has no words`);
  return lines.join('\n');
}

/** The words that an import did not know, with counts, and the flag that declares them. Empty if it knew all words. */
export function unknownWordLines({ unknown_words, unknown_words_unlisted }: ImportDocument): string[] {
  if (unknown_words.length === 0 && unknown_words_unlisted === 0) return [];
  const width = Math.max(0, ...unknown_words.map(({ word }) => word.length));
  const counted = unknown_words.map(({ lines }) => lines.toLocaleString('en-US'));
  const count_width = Math.max(0, ...counted.map((count) => count.length));
  return [
    'result words that no table knows',
    ...unknown_words.map(
      ({ word, lines, rejected }, at) =>
        `  ${word.padEnd(width)}  ${counted[at]?.padStart(count_width)} lines, ${becameOf(lines, rejected)}`,
    ),
    ...(unknown_words_unlisted > 0
      ? [`  and ${unknown_words_unlisted.toLocaleString('en-US')} lines with others`]
      : []),
    ...(unknown_words.length === 0 ? [] : wordsFlag(unknown_words.map(({ word }) => word))),
  ];
}

function becameOf(lines: number, rejected: number): string {
  if (rejected === lines) return 'rejected';
  return rejected === 0
    ? 'unknown, or what other evidence told'
    : `${rejected.toLocaleString('en-US')} of them rejected`;
}

/** The flag that declares these words, with blanks for their results. */
export function wordsFlag(words: readonly string[]): string[] {
  const pairs = words.map((word) => `${wordName({ word, trunk: '' })}=RESULT`).join(',');
  return [
    'to say what they mean, import again with this, and for each RESULT one of',
    `${MACHINE_CODES.join(', ')}:`,
    `  --words '${pairs.replaceAll("'", "'\\''")}'`,
  ];
}
