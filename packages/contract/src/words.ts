import { z } from 'zod';
import { described } from './language.js';
import { foldSpelling, MACHINE_CODES, type MachineCode } from './machine-codes.js';
import { readWordName, wordName } from './words-text.js';

/** A site's own word for how an attempt ended, and what it means. */
export interface OwnWord {
  readonly word: string;
  /** The trunk that it applies to; '' is any. */
  readonly trunk: string;
  readonly result: MachineCode;
}

/** A change of an own word: its new meaning, or `null` to forget it. */
export type OwnWordChange = Omit<OwnWord, 'result'> & { readonly result: MachineCode | null };

/**
 * The most own words of an operation. Dialers with the most statuses have some two hundred, and most of them are known
 * here. There is a limit because each call reads the operation with its words.
 */
export const OWN_WORDS_MAX = 500;

/** Words are the same if they differ only in case, blanks, hyphens and underscores, or in the Unicode form of `Ó`. */
export function foldWord(word: string): string {
  return foldSpelling(word.normalize('NFC'));
}

/** Two words with the same key are the same word. Trunks are names, and compared as they are. */
function keyOf({ word, trunk }: Pick<OwnWord, 'word' | 'trunk'>): string {
  return `${foldWord(word)}\n${trunk}`;
}

/** The words after the changes; for a word in both lists, the change holds. */
export function changedWords(
  words: readonly OwnWord[],
  changes: readonly OwnWordChange[],
): readonly OwnWord[] {
  const by_key = new Map(words.map((word) => [keyOf(word), word]));
  for (const { word, trunk, result } of changes) {
    const key = keyOf({ word, trunk });
    if (result === null) by_key.delete(key);
    else by_key.set(key, { word, trunk, result });
  }
  return [...by_key.values()];
}

/** The first word that is declared twice with different meanings. */
export function contradicted(words: readonly OwnWordChange[]): OwnWordChange | undefined {
  const seen = new Map<string, MachineCode | null>();
  return words.find((word) => {
    const key = keyOf(word);
    const known = seen.get(key);
    seen.set(key, word.result);
    return known !== undefined && known !== word.result;
  });
}

/** The meaning of each own word. A word for one trunk takes precedence over the same word for any trunk. */
export class OwnResults {
  readonly #results: ReadonlyMap<string, MachineCode>;

  constructor(words: readonly OwnWord[]) {
    this.#results = new Map(words.map((word) => [keyOf(word), word.result]));
  }

  get isEmpty(): boolean {
    return this.#results.size === 0;
  }

  resultOf(word: string, trunk: string): MachineCode | undefined {
    return this.#results.get(keyOf({ word, trunk })) ?? this.#results.get(keyOf({ word, trunk: '' }));
  }
}

const DESCRIPTION = {
  en: 'Own result words of the dialer, and the machine code that each means: `WORD`, or `WORD@TRUNK` for one trunk. A word with `,`, `=`, `@` or `"` is put between double quotes. Case, blanks, hyphens and underscores do not matter.',
  es: 'Palabras de resultado propias del marcador y el código de máquina de cada una: `PALABRA`, o `PALABRA@TRONCAL` para una troncal. Una palabra con `,`, `=`, `@` o `"` va entre comillas dobles. Mayúsculas, espacios, guiones y guiones bajos no importan.',
};
const EXAMPLE = { BUZON: 'answer_machine', 'FAILED@north': 'congestion' };

const result = z.enum(MACHINE_CODES, { error: `is none of ${MACHINE_CODES.join(', ')}` });

/** The own words of a new operation. */
export const ownWordsSchema = described(
  z.record(z.string(), result).transform((words, ctx): readonly OwnWord[] => read(words, ctx)),
  DESCRIPTION,
  EXAMPLE,
);

/** Changes to the own words of an operation. */
export const ownWordChangesSchema = described(
  z
    .record(z.string(), result.nullable())
    .transform((words, ctx): readonly OwnWordChange[] => read(words, ctx)),
  {
    en: 'Own result words to add or change; `null` forgets one. Other words stay. Stored attempts stay as they are until their file is imported again.',
    es: 'Palabras de resultado propias que se agregan o cambian; `null` olvida una. Las demás quedan. Los intentos guardados quedan como están hasta que se importe otra vez su archivo.',
  },
  EXAMPLE,
);

/** The own words of an operation in a reply. */
export const ownWordsDocumentSchema = described(
  z.record(z.string(), z.enum(MACHINE_CODES)),
  DESCRIPTION,
  EXAMPLE,
);

export function ownWordsDocument(words: readonly OwnWord[]): z.output<typeof ownWordsDocumentSchema> {
  return Object.fromEntries(words.map((word) => [wordName(word), word.result]));
}

function read<Result>(
  words: Readonly<Record<string, Result>>,
  ctx: z.RefinementCtx,
): (Omit<OwnWord, 'result'> & { readonly result: Result })[] {
  const found = Object.entries(words).flatMap(([name, result]) => {
    const named = readWordName(name);
    if (typeof named !== 'string') return [{ ...named, result }];
    ctx.addIssue({ code: 'custom', message: named, path: [name] });
    return [];
  });
  const keys = new Set(found.map(keyOf));
  if (keys.size < found.length) ctx.addIssue({ code: 'custom', message: 'has one word more than once' });
  if (found.length > OWN_WORDS_MAX)
    ctx.addIssue({ code: 'custom', message: `has more than ${OWN_WORDS_MAX} words` });
  return found;
}
