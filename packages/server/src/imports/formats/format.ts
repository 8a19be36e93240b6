import type { Leg } from '../leg.js';
import type { SkipReason } from '../outcome-table.js';
import type { Trunks } from '../trunks.js';

/** A kind of file that can be imported. A further one is a file of this folder and a line of registry.ts. */
export interface ImportFormat {
  /** As `format=` names it. */
  readonly name: string;
  /** A reader of one file. It may learn from the lines it sees (a header), so each file gets its own. */
  readonly open: (context: FormatContext) => ReadLine;
}

export interface FormatContext {
  /** IANA name of the zone in which times without an offset are meant. */
  readonly time_zone: string;
  /** What the operator declared of the trunks; absent is nothing. */
  readonly trunks?: Trunks;
}

/**
 * Thrown by a reader that finds, before any line was read as an attempt, that the file is none of its format (a
 * header without the columns it needs). Ends the import; `message` is for the user.
 */
export class WrongFile extends Error {
  override readonly name = 'WrongFile';
}

/**
 * What one line says. Called for every line of a file, in its order: hundreds of thousands a second, so it scans and
 * does not validate with schemas.
 */
export type ReadLine = (line: string) => Reading;

export type Reading = Leg | Skipped | Rejected;

/** Well formed, but no attempt is to be made of it. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly reason: SkipReason;
}

/** Not what the format allows: told to the user with its line number, never guessed. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: string;
}

export function skipped(reason: SkipReason): Skipped {
  return { kind: 'skipped', reason };
}

export function rejected(reason: string): Rejected {
  return { kind: 'rejected', reason };
}
