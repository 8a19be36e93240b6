import { foldSpelling, MACHINE_CODES, type MachineCode, parseMachineCode } from './machine-codes.js';
import { textFault } from './text.js';

/**
 * Own words as people write them: `BUZON=answer_machine,FAILED@north=congestion`, several with commas or line ends between. What
 * holds one of the marks is put between double quotes, in which a double quote is written twice: `"No, thanks"=answer`.
 */

/** The longest names of results that contact centres give are half as long. */
export const WORD_MAX_CHARS = 100;
/** As long as names of trunks are. */
const TRUNK_MAX_CHARS = 100;

/** For those who got it wrong. */
export const WORDS_FORM = `WORD=RESULT pairs with commas between, or WORD@TRUNK=RESULT, what holds , = @ or " between double quotes; a RESULT is one of ${MACHINE_CODES.join(', ')}`;

interface Named {
  readonly word: string;
  readonly trunk: string;
}

/** A word or a trunk, with the blanks around it. */
const PART = /[^\S\n]*(?:"((?:[^"\n]|"")*)"|([^",=@\n]*))[^\S\n]*/y;

/** The words of a text; or, as a string, what is wrong with it. */
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

/** `WORD` or `WORD@TRUNK`; or, as a string, what is wrong with it. */
export function readWordName(text: string): Named | string {
  const reader = new Reader(text);
  const name = reader.name();
  if (typeof name === 'string') return name;
  return reader.isAtEnd
    ? name
    : 'is no WORD or WORD@TRUNK: what holds , = @ or " is put between double quotes';
}

/** The same in the way that it is read. */
export function wordName({ word, trunk }: Named): string {
  return trunk === '' ? quoted(word) : `${quoted(word)}@${quoted(trunk)}`;
}

/** Whether a word of a file can be declared as it stands there. */
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
