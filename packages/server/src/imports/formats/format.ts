import type { ImportFormatName } from '@recuento/contract';
import type { Trunks } from '../evidence/trunks.js';
import type { DateOrder } from '../fields/dates.js';
import type { ReadLine } from '../reading/reading.js';
import type { Cut } from '../records/read-records.js';
import type { ColumnMap } from '../rows/column-map.js';
import type { Only } from '../rows/only.js';

/**
 * A kind of file that can be imported. A further one is a file in this folder (or in that of its family), a line in `registry.ts` and
 * its name in `contract/src/import.ts`; its words, where they are new, in `outcomes/outcome-table.ts`. Tests ask for a fixture
 * and a sample for the fuzzer. `damage.test.ts` and `wall-times.test.ts` want a row of it, and `docs/guide/imports.md` a section.
 */
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
