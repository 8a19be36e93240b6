import type { SkipReason } from '../../outcomes/outcome-table.js';
import type { Leg } from './leg.js';

/**
 * Thrown by a reader that finds, before any line was read as an attempt, that the file is none of its format (a
 * header without the columns it needs). Ends the import; `message` is for the user.
 */
export class WrongFile extends Error {
  override readonly name = 'WrongFile';
}

/**
 * What one record (a line, or the text of a JSON record) says. Called for every one of a file, in their order:
 * hundreds of thousands of lines a second, so it scans and
 * does not validate with schemas.
 */
export interface ReadLine {
  (line: string): Reading;
  /** To be asked at the end: the lines that were held back and that no leg took along, and why they were skipped. */
  left?(): { readonly reason: SkipReason; readonly lines: number };
  /** To be called at the end of what is read, before `left`. @throws WrongFile when what it needs did not come */
  end?: (() => void) | undefined;
}

export type Reading = Leg | Held | Skipped | Rejected;

/** Held back: a later leg takes it along (`takes_along`), or it is among those that are left at the end. */
export interface Held {
  readonly kind: 'held';
  /** Why it is skipped when none takes it along. */
  readonly reason: SkipReason;
}

/** Well formed, but no attempt is to be made of it. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly reason: SkipReason;
}

/** Not what the format allows: told to the user with its line number, never guessed. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: string;
  /** Of delimited text: the line is no row of the file. `open`: a quote is open at its end, so the next lines may belong to it. */
  readonly row?: 'open' | 'none';
  /** Its word for how the attempt ended, where it was rejected because no table knows it. */
  readonly unknown_word?: string;
}

export function skipped(reason: SkipReason): Skipped {
  return { kind: 'skipped', reason };
}

export function rejected(reason: string): Rejected {
  return { kind: 'rejected', reason };
}

/** A record whose word for how the attempt ended no table knows; '' where it has none. */
export function withoutOutcome(reason: string, word: string): Rejected {
  return word === '' ? rejected(reason) : { kind: 'rejected', reason, unknown_word: word };
}
