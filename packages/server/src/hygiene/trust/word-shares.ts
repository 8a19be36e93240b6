import { type Lines, WORDS, wordOf } from './lines.js';
import { Rates } from './rates.js';

/** Shares of the words of dead lines before anything was learned: nearly all are "unallocated". */
const FIRST_SHARES = [0.8, 0.12, 0.08] as const;
/** How many attempts those count for. */
const OF_FIRST = 50;
/** What liars say altogether counts like so many lies of a source, and what dead lines say like so many of all lies. */
const OF_ALL_LIES = 10;
const OF_THE_DEAD = 30;
/** No word is proof by itself, however seldom anybody lied so. */
const LEAST_RATIO = 0.03;

/**
 * Which words each source says "invalid" with when it lies, against those of dead lines. Carriers that call what rang out
 * "unallocated" seldom say "number changed" of it (instedd/surveda#1073), so that word is worth more from them.
 */
export class WordShares {
  readonly #lines: Lines;
  readonly #of_dead = new Rates(WORDS);
  readonly #of_lies = new Rates(WORDS);
  readonly #of_sources: Rates;
  readonly #ratios: Float64Array;

  constructor(lines: Lines) {
    this.#lines = lines;
    this.#of_sources = new Rates(WORDS * lines.source_names.length);
    this.#ratios = new Float64Array(WORDS * lines.source_names.length).fill(1);
  }

  /** How many times as often the source says so when it lies as dead lines are said to be so; 1 where it does not say "invalid". */
  ratioAt(attempt: number): number {
    const word = wordOf(this.#lines.said[attempt] ?? 0);
    return word === undefined ? 1 : this.ratio(this.#lines.sources[attempt] ?? 0, word);
  }

  ratio(source: number, word: number): number {
    return this.#ratios[source * WORDS + word] ?? 1;
  }

  clear(): void {
    this.#of_dead.clear();
    this.#of_lies.clear();
    this.#of_sources.clear();
  }

  /** Counts a word of "invalid". @param alive the probability that its line lived */
  add(attempt: number, alive: number): void {
    const said = wordOf(this.#lines.said[attempt] ?? 0);
    if (said === undefined) return;
    const source = this.#lines.sources[attempt] ?? 0;
    for (let word = 0; word < WORDS; word += 1) {
      const is_it = word === said ? 1 : 0;
      this.#of_dead.add(word, 1 - alive, (1 - alive) * is_it);
      this.#of_lies.add(word, alive, alive * is_it);
      this.#of_sources.add(source * WORDS + word, alive, alive * is_it);
    }
  }

  /** Takes what was counted for the shares. */
  learn(): void {
    for (const [word, first] of FIRST_SHARES.entries()) {
      const dead = this.#of_dead.rate(word, first, OF_FIRST);
      const lies = this.#of_lies.rate(word, dead, OF_THE_DEAD);
      for (let source = 0; source < this.#lines.source_names.length; source += 1) {
        const place = source * WORDS + word;
        const own = this.#of_sources.rate(place, lies, OF_ALL_LIES);
        this.#ratios[place] = Math.max(LEAST_RATIO, own / dead);
      }
    }
  }

  /** The ratios of a source, by word. */
  told(source: number): readonly number[] {
    return [...this.#ratios.subarray(source * WORDS, (source + 1) * WORDS)];
  }
}
