import type { ImportCounts, MachineCode } from '@recuento/contract';
import type { Brought } from '../../attempts/brought.js';
import type { SkipReason } from '../../outcomes/outcome-table.js';
import { UnknownWords } from '../evidence/unknown-words.js';
import { isExtension } from '../fields/extension.js';
import { RejectReasons } from './reject-reasons.js';

/** Counts while an import runs. A line is counted once its result is settled: `read` is the sum of the other counts. */
export class Tally {
  bytes = 0;
  stored = 0;
  unchanged = 0;
  joined = 0;
  latin1_lines = 0;
  /** Own words that the import is read with. */
  own_words = 0;
  readonly unknown_words = new UnknownWords();
  #rejected = 0;
  readonly #reject_reasons = new RejectReasons();
  /** Legs, and (`#short`) those whose telephone looks like an extension. */
  #legs = 0;
  #short = 0;
  readonly #skipped = new Map<SkipReason, number>();
  readonly #codes = new Map<MachineCode, number>();

  skip(reason: SkipReason, lines = 1): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + lines);
  }

  reject(reason: string, line: number): void {
    this.#rejected += 1;
    this.#reject_reasons.add(reason, line);
  }

  dialed(telephone: string): void {
    this.#legs += 1;
    if (isExtension(telephone)) this.#short += 1;
  }

  ended(code: MachineCode): void {
    this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
  }

  /**
   * Corrects the counts once the store's result is known: legs that met only in the store are joined, and attempts for
   * which the store had equal or better data from elsewhere are unchanged.
   */
  settle(brought: readonly Brought[]): void {
    const written = this.stored;
    this.stored = 0;
    this.unchanged = 0;
    this.#codes.clear();
    for (const { code, attempts, news } of brought) {
      this.stored += news;
      this.unchanged += attempts - news;
      this.#codes.set(code, attempts);
    }
    this.joined += written - this.stored - this.unchanged;
  }

  counts(): ImportCounts {
    let skipped = 0;
    for (const lines of this.#skipped.values()) skipped += lines;
    const { bytes, stored, unchanged, joined, latin1_lines, own_words } = this;
    const rejected = this.#rejected;
    return {
      bytes,
      read: stored + unchanged + joined + skipped + rejected,
      stored,
      unchanged,
      joined,
      skipped,
      rejected,
      latin1_lines,
      short_telephones: this.#short,
      mostly_extensions: this.#short * 2 > this.#legs,
      skipped_by_reason: Object.fromEntries(this.#skipped),
      rejected_by_reason: this.#reject_reasons.listed(),
      codes: Object.fromEntries(this.#codes),
      own_words,
      unknown_words: this.unknown_words.listed(),
      unknown_words_unlisted: this.unknown_words.unlisted,
    };
  }
}
