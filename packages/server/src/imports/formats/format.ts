import type { ImportFormatName } from '@recuento/contract';
import type { Trunks } from '../evidence/trunks.js';
import type { DateOrder } from '../fields/dates.js';
import type { ReadLine } from '../reading/reading.js';
import type { Cut } from '../records/read-records.js';
import type { ColumnMap } from '../rows/column-map.js';
import type { Only } from '../rows/only.js';

/**
 * A kind of file that can be imported. A further one is a file in this folder (or in that of its family), a line in `registry.ts` and
 * its name in `contract/src/import.ts`; its words, where they are new, in `outcomes/outcome-table.ts`. The compiler
 * asks for a line in `cli/src/commands/import-directory.ts`; tests ask for a fixture, a sample for the fuzzer and files for
 * `import-order.model.test.ts`. Nobody asks for a row in `damage.test.ts` and `wall-times.test.ts`, nor for a section in
 * `docs/guide/imports.md` and `imports.es.md`, and it needs those too.
 */
export interface ImportFormat {
  /** The name for `format=`. */
  readonly name: ImportFormatName;
  /** How its files are cut into records; absent: into lines. */
  readonly cut?: Cut;
  /** Each record names its campaign, so the request need not. */
  readonly names_campaigns?: boolean;
  /** A reader of one file. It may learn from the lines it sees (a header), so each file gets its own. */
  readonly open: (context: FormatContext) => ReadLine;
  /** Query parameters that it takes besides those of every format. Any other is refused. */
  readonly takes?: readonly FormatParameter[];
  /**
   * For `format=auto`: what in the beginning of a file shows that it has this format, in the words of the import's record
   * ("18 quoted columns, dates in columns 10 to 12"); undefined where it does not. Be strict: a beginning that two
   * formats recognise is refused as ambiguous. So check what only this format has (names in a header, which columns parse
   * as dates), look at more than the first line where there is no header, and skip broken lines. A format without this
   * function cannot be detected and has to be named.
   */
  readonly recognise?: (head: FileHead) => string | undefined;
}

/** The beginning of a file, 64 KiB at most, decompressed and decoded. */
export interface FileHead {
  readonly text: string;
  /** Its whole lines, without empty ones. The last line counts only when the file ends there. */
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

/** Whether the country code that a dialer keeps apart is part of the telephone. */
export type PhoneCode = 'keep' | 'omit';

export interface FormatContext {
  /** The campaign of the request; absent where the records name theirs. */
  readonly campaign_id?: number | undefined;
  /** IANA name of the zone for times without an offset. */
  readonly time_zone: string;
  /** The operator's declarations about trunks; absent: none. */
  readonly trunks?: Trunks;
  /** The user's declaration. It cannot be told from the dates, and is never guessed. Absent: YYYY-MM-DD. */
  readonly date_order?: DateOrder;
  /** Absent: `keep`. */
  readonly phone_code?: PhoneCode;
  /** The columns by the field that they hold, as the user declared them. */
  readonly map?: ColumnMap;
  /** Conditions on columns: rows that do not meet them are skipped as `filtered`. */
  readonly only?: Only;
  /** The user declares that every row was dialed out: no row is checked for whether it came in. */
  readonly all_dialed?: boolean;
}
