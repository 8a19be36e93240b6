import { canBeOwnWord, foldWord, UNKNOWN_WORDS_MAX, type UnknownWord } from '@recuento/contract';

/**
 * All that are listed of one import together: a hundred of twenty characters. A page of a thousand imports, each with a list as
 * long as it can be, is then some megabytes, as one of rejected lines is.
 */
const LISTED_MAX_CHARS = 2_000;

/** Result words that no table knows, counted while an import runs: so many different ones, and lines of all others. */
export class UnknownWords {
  readonly #words = new Map<string, { readonly word: string; lines: number; rejected: number }>();
  #chars = 0;
  #unlisted = 0;

  add(word: string, is_rejected: boolean): void {
    const key = foldWord(word);
    let known = this.#words.get(key);
    if (known === undefined) {
      const listed = word.trim();
      if (!this.#hasRoomFor(listed)) {
        this.#unlisted += 1;
        return;
      }
      known = { word: listed, lines: 0, rejected: 0 };
      this.#chars += listed.length;
      this.#words.set(key, known);
    }
    known.lines += 1;
    if (is_rejected) known.rejected += 1;
  }

  /** What could not be declared is not listed either. */
  #hasRoomFor(word: string): boolean {
    if (this.#words.size === UNKNOWN_WORDS_MAX || this.#chars + word.length > LISTED_MAX_CHARS) return false;
    return canBeOwnWord(word);
  }

  /** The most frequent first. */
  listed(): UnknownWord[] {
    return [...this.#words.values()]
      .map((counted) => ({ ...counted }))
      .sort((a, b) => b.lines - a.lines || (a.word < b.word ? -1 : 1));
  }

  get unlisted(): number {
    return this.#unlisted;
  }
}
