import type { Encoding, OwnWord } from '@recuento/contract';
import type { Recognised } from '../detecting/detect.js';
import type { Trunks } from '../evidence/trunks.js';
import type { DateOrder } from '../fields/dates.js';
import type { ImportFormat, PhoneCode } from '../formats/format.js';
import { type ReadLine, WrongFile } from '../reading/reading.js';
import type { ColumnMap } from '../rows/column-map.js';
import type { Only } from '../rows/only.js';

/** How a file is to be read. */
export interface ImportParameters {
  /** `auto`: detected from the beginning of the file. */
  readonly format: ImportFormat | 'auto';
  /** Absent where the records of the format name theirs. */
  readonly campaign_id: number | undefined;
  /** IANA name; absent: the operation's own zone. */
  readonly time_zone?: string;
  readonly encoding: Encoding;
  readonly date_order: DateOrder | undefined;
  readonly phone_code: PhoneCode | undefined;
  readonly map: ColumnMap | undefined;
  /** For a file that does not name the trunk; absent: none. */
  readonly strip_prefix: readonly string[] | undefined;
  /** Own words that came with the request. */
  readonly words?: readonly OwnWord[] | undefined;
  /** Conditions on the file's columns; absent: none. */
  readonly only: Only | undefined;
  /** The user declares that every row was dialed out; absent: not declared. */
  readonly all_dialed: boolean | undefined;
}

/** Opens the reader of a file. */
export function readerOf(
  format: ImportFormat,
  { campaign_id, date_order, phone_code, map, only, all_dialed }: ImportParameters,
  time_zone: string,
  trunks: Trunks,
): ReadLine {
  return format.open({
    time_zone,
    campaign_id,
    trunks,
    ...(date_order && { date_order }),
    ...(phone_code && { phone_code }),
    ...(map && { map }),
    ...(only && { only }),
    ...(all_dialed && { all_dialed }),
  });
}

/** Parameters that a format may not take, except `map`, which only a format that was named takes. */
const CHECKED = ['date_order', 'phone_code', 'strip_prefix', 'only', 'all_dialed'] as const;

/** Silently ignoring a parameter would hide a mistake. @throws WrongFile */
export function expectTakes({ format, why }: Recognised, parameters: ImportParameters): void {
  for (const name of CHECKED) {
    if (parameters[name] === undefined || format.takes?.includes(name)) continue;
    throw new WrongFile(`it is ${format.name} (${why}), which takes no ${name}`);
  }
}
