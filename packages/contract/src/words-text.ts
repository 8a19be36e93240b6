import { foldSpelling, MACHINE_CODES, type MachineCode, parseMachineCode } from './machine-codes.js';
import { textFault } from './text.js';

/**
 * Own words as people write them: `BUZON=answer_machine,FAILED@north=congestion`, separated by commas or line ends. A word
 * with one of these marks is put between double quotes, and a double quote in it is written twice: `"No, thanks"=answer`.
 */

/** Twice as long as the longest names that contact centres give to results. */
export const WORD_MAX_CHARS = 100;
/** The longest name of a trunk. */
const TRUNK_MAX_CHARS = 100;

/** The expected form, for error messages. */
export const WORDS_FORM = `WORD=RESULT pairs with commas between, or WORD@TRUNK=RESULT, what holds , = @ or " between double quotes; a RESULT is one of ${MACHINE_CODES.join(', ')}`;

interface Named {
  readonly word: string;
  readonly trunk: string;
}

/** A word or a trunk, with the blanks around it. */
const PART = /[^\S\n]*(?:"((?:[^"\n]|"")*)"|([^",=@\n]*))[^\S\n]*/y;

/** The words of a text. A string says what is wrong with the text. */
export function parseWords(text: string): readonly (Named & { readonly result: MachineCode })[] | string {
  const reader = new Reader(text);
  const words: (Named & { readonly result: MachineCode })[] = [];
  while (!reader.isAtEnd) {
    // An empty line, or a comma at the end.
    if (reader.takes(',') || reader.takes('\n')) continue;
    const name = reader.name();
    if (typeof name === 'string') return name;
    if (!reader.takes('=')) return `${shown(name.word)} HAS NO RESULT: ${WORDS_FORM}`;
    const code = reader.part();
    const result = parseMachineCode(code);
    if (result === undefined) return `${shown(name.word)}=${shown(code)} IS NO RESULT: ${WORDS_FORM}`;
    if (!reader.isBetween) return `${shown(name.word)} IS NOT FOLLOWED BY A COMMA: ${WORDS_FORM}`;
    words.push({ ...name, result });
  }
  return words.length === 0 ? WORDS_FORM : words;
}

/** Reads `WORD` or `WORD@TRUNK`. A string says what is wrong with the text. */
export function readWordName(text: string): Named | string {
  const reader = new Reader(text);
  const name = reader.name();
  if (typeof name === 'string') return name;
  return reader.isAtEnd
    ? name
    : 'is no WORD or WORD@TRUNK: what holds , = @ or " is put between double quotes';
}

/** Writes a name in the form that `readWordName` reads. */
export function wordName({ word, trunk }: Named): string {
  return trunk === '' ? quoted(word) : `${quoted(word)}@${quoted(trunk)}`;
}

/** Whether a word of a file can be declared exactly as it is. */
export function canBeOwnWord(word: string): boolean {
  return wordFault(word) === undefined;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get isBetween(): boolean {
    return this.isAtEnd || this.#text[this.#at] === ',' || this.#text[this.#at] === '\n';
  }

  takes(mark: ',' | '\n' | '=' | '@'): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  part(): string {
    PART.lastIndex = this.#at;
    const [whole = '', in_quotes, bare = ''] = PART.exec(this.#text) ?? [];
    this.#at += whole.length;
    return (in_quotes?.replaceAll('""', '"') ?? bare).trim();
  }

  name(): Named | string {
    const word = this.part();
    const fault = wordFault(word);
    if (fault !== undefined) return `the word ${fault}`;
    if (!this.takes('@')) return { word, trunk: '' };
    const trunk = this.part();
    const trunk_fault = textFault(trunk, TRUNK_MAX_CHARS);
    return trunk_fault === undefined ? { word, trunk } : `the trunk of ${shown(word)} ${trunk_fault}`;
  }
}

function wordFault(word: string): string | undefined {
  return (
    textFault(word, WORD_MAX_CHARS) ?? (foldSpelling(word) === '' ? 'has no letter or digit' : undefined)
  );
}

function quoted(text: string): string {
  return /[",=@]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Enough of a text to find it again. */
function shown(text: string): string {
  return [...text].slice(0, 40).join('');
}
