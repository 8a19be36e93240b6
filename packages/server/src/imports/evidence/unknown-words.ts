import { canBeOwnWord, foldWord, UNKNOWN_WORDS_MAX, type UnknownWord } from '@recuento/contract';

/**
 * Characters of all listed words of one import: a hundred words of twenty characters. So a page of a thousand imports
 * with the longest lists is some megabytes, like a page of rejected lines.
 */
const LISTED_MAX_CHARS = 2_000;

/**
 * Result words that no table knows, counted while an import runs: a limited number of different words, and the lines of
 * all others.
 */
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

  /** A word that cannot be declared is not listed either. */
  #hasRoomFor(word: string): boolean {
    if (this.#words.size === UNKNOWN_WORDS_MAX || this.#chars + word.length > LISTED_MAX_CHARS) return false;
    return canBeOwnWord(word);
  }

  /** The most frequent words first. */
  listed(): UnknownWord[] {
    return [...this.#words.values()]
      .map((counted) => ({ ...counted }))
      .sort((a, b) => b.lines - a.lines || (a.word < b.word ? -1 : 1));
  }

  get unlisted(): number {
    return this.#unlisted;
  }
}
