import { canBeOwnWord, foldWord, UNKNOWN_WORDS_MAX, type UnknownWord } from '@recuento/contract';

/** Result words that no table knows, counted while an import runs: so many different ones, and lines of all others. */
export class UnknownWords {
  readonly #words = new Map<string, { readonly word: string; lines: number; rejected: number }>();
  #unlisted = 0;

  add(word: string, is_rejected: boolean): void {
    const key = foldWord(word);
    let known = this.#words.get(key);
    if (known === undefined) {
      // What is too long to be declared is no word, and could fill the memory.
      if (this.#words.size === UNKNOWN_WORDS_MAX || !canBeOwnWord(word.trim())) {
        this.#unlisted += 1;
        return;
      }
      known = { word: word.trim(), lines: 0, rejected: 0 };
      this.#words.set(key, known);
    }
    known.lines += 1;
    if (is_rejected) known.rejected += 1;
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
