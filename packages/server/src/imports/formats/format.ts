import type { ImportFormatName } from '@recuento/contract';
import type { SkipReason } from '../../outcomes/outcome-table.js';
import type { ColumnMap } from '../column-map.js';
import type { DateOrder } from '../dates.js';
import type { Leg } from '../leg.js';
import type { Only } from '../only.js';
import type { NoRow } from '../rows.js';
import type { Trunks } from '../trunks.js';

/** A kind of file that can be imported. A further one is a file of this folder and a line of registry.ts. */
export interface ImportFormat {
  /** As `format=` names it. */
  readonly name: ImportFormatName;
  /** How its files are cut into records: into lines unless it says otherwise. */
  readonly cut?: Cut;
  /** The campaign of an attempt is in its record, so the request need not name one. */
  readonly names_campaigns?: boolean;
  /** A reader of one file. It may learn from the lines it sees (a header), so each file gets its own. */
  readonly open: (context: FormatContext) => ReadLine;
  /** Query parameters that it takes beyond those of every format. Others are refused with it. */
  readonly takes?: readonly FormatParameter[];
  /**
   * For `format=auto`: what in the beginning of a file shows that it is of this format, as the import's record is to
   * say it ("18 quoted columns, dates in columns 10 to 12"); undefined where it is not. To be particular: a beginning
   * that two formats recognise is refused as ambiguous, so go by what only this format has (names of a header, which
   * columns parse as dates), look at more lines than the first where there is no header, and pass over broken ones.
   * A format without it can't be detected and has to be named.
   */
  readonly recognise?: (head: FileHead) => string | undefined;
}

/**
 * `json`: JSON records (`readJsonRecords`), with `list_key` naming the list of a reply. `either`: those when the first
 * byte that is not space is a bracket, else lines; no line of such a format begins with one. `xml`: documents `<cdr>`.
 */
export type Cut =
  | { readonly into: 'lines' }
  | { readonly into: 'xml' }
  | { readonly into: 'json' | 'either'; readonly list_key?: string };

/** The beginning of a file, 64 KiB at most, decompressed and decoded. */
export interface FileHead {
  readonly text: string;
  /** Its whole lines, without those that are empty: the last one counts when the file ends there. */
  readonly lines: readonly string[];
}

export const FORMAT_PARAMETERS = [
  'date_order',
  'map',
  'phone_code',
  'strip_prefix',
  'only',
  'all_dialed',
] as const;
export type FormatParameter = (typeof FORMAT_PARAMETERS)[number];

/** Whether the country code that a dialer keeps apart belongs to the telephone. */
export type PhoneCode = 'keep' | 'omit';

export interface FormatContext {
  /** That of the request; absent where the records name theirs. */
  readonly campaign_id?: number | undefined;
  /** IANA name of the zone in which times without an offset are meant. */
  readonly time_zone: string;
  /** What the operator declared of the trunks; absent is nothing. */
  readonly trunks?: Trunks;
  /** As the user declared it: it can't be told from the dates, and is never guessed. Absent is YYYY-MM-DD. */
  readonly date_order?: DateOrder;
  /** Absent is `keep`. */
  readonly phone_code?: PhoneCode;
  /** Columns of a file by the field that they hold, as the user declared them. */
  readonly map?: ColumnMap;
  /** Conditions on columns: rows that do not meet them are skipped as `filtered`. */
  readonly only?: Only;
  /** Every row was dialed out, as the user says: none is asked whether it came in. */
  readonly all_dialed?: boolean;
}

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

/** A line that is no row of its file. */
export function noRow({ fault, is_open }: NoRow): Rejected {
  return { kind: 'rejected', reason: fault, row: is_open ? 'open' : 'none' };
}
