import type { SkipReason } from '../../outcomes/outcome-table.js';
import type { Leg } from './leg.js';

/**
 * Thrown by a reader that finds, before it has read a line as an attempt, that the file does not have its format (such as
 * a header without the required columns). It ends the import; `message` is for the user.
 */
export class WrongFile extends Error {
  override readonly name = 'WrongFile';
}

/**
 * Reads one record (a line, or the text of a JSON record). It is called for each record of a file, in order: for hundreds
 * of thousands of lines a second, so it scans and does not validate with schemas.
 */
export interface ReadLine {
  (line: string): Reading;
  /** To be called at the end: the lines that were held back and not taken along by a leg, and why they were skipped. */
  left?(): { readonly reason: SkipReason; readonly lines: number };
  /** To be called at the end of the file, before `left`. @throws WrongFile when something that the format needs did not come */
  end?: (() => void) | undefined;
}

export type Reading = Leg | Held | Skipped | Rejected;

/** Held back: a later leg takes the line along (`takes_along`); otherwise it is counted at the end. */
export interface Held {
  readonly kind: 'held';
  /** Why the line is skipped if no leg takes it along. */
  readonly reason: SkipReason;
}

/** Well formed, but not an attempt. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly reason: SkipReason;
}

/** Not allowed by the format. The user gets the reason and the line number; nothing is guessed. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: string;
  /**
   * Of delimited text: the line is not a row of the file. `open`: a quote is open at its end, so the next lines may
   * belong to it.
   */
  readonly row?: 'open' | 'none';
  /** The record's word for how the attempt ended, where it was rejected because no table knows the word. */
  readonly unknown_word?: string;
}

export function skipped(reason: SkipReason): Skipped {
  return { kind: 'skipped', reason };
}

export function rejected(reason: string): Rejected {
  return { kind: 'rejected', reason };
}

/** Rejects a record because no table knows its word for how the attempt ended; the word is '' where it has none. */
export function withoutOutcome(reason: string, word: string): Rejected {
  return word === '' ? rejected(reason) : { kind: 'rejected', reason, unknown_word: word };
}
