import { Dates } from '../../fields/dates.js';
import { type ReadLine, rejected, WrongFile } from '../../reading/reading.js';
import { FILTERED, type RowFilter, RowFilters } from '../../rows/row-filter.js';
import { noRow, type RowShape, readRow } from '../../rows/rows.js';
import { isUniqueId } from '../call-key.js';
import { datesOf, recogniseRows } from '../dated-rows.js';
import type { FormatContext, ImportFormat } from '../format.js';
import { CUSTOM_COLUMNS, CUSTOM_DATES } from './asterisk-custom.js';
import { isDisposition } from './asterisk-outcome.js';
import { type CdrColumns, CdrReader } from './asterisk-row.js';

/**
 * Asterisk's `cdr-csv/Master.csv` (cdr/cdr_csv.c, build_csv_record): no header, and 16 to 21 columns:
 *
 *   accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start, answer, end, duration,
 *   billsec, disposition, amaflags [, uniqueid] [, userfield] [, peeraccount, linkedid, sequence]
 *
 * as loguniqueid, loguserfield and newcdrcolumns of cdr.conf say. Times are `YYYY-MM-DD HH:MM:SS` of the declared
 * zone (UTC where usegmtime=yes, the switch's own where not); an event that never came is an empty field.
 */
export const asteriskCsv: ImportFormat = {
  name: 'asterisk-csv',
  open,
  takes: ['date_order', 'strip_prefix', 'only', 'all_dialed'],
  recognise: (head) =>
    recogniseRows(
      head,
      (line) => readRow(line, ANY),
      (fields) => (ANY.isRow?.(fields) ? DATES : undefined),
    ),
};

/** The columns of start, answer and end, from 0. */
const DATES = [9, 10, 11] as const;
const FIXED_COLUMNS = 16;

function open(context: FormatContext): ReadLine {
  const reader = new CdrReader(new Dates(context.time_zone, context.date_order), context);
  const filters = new RowFilters(context.only);
  let filter: RowFilter | undefined;
  let shape = ANY;
  let is_first = true;
  return (line) => {
    const fields = readRow(line, shape);
    if (!Array.isArray(fields)) return noRow(fields);
    // cdr_custom writes 19 columns in another order into a file of the same name.
    if (fields.length === CUSTOM_COLUMNS && datesOf(fields, CUSTOM_DATES)) {
      if (is_first) throw new WrongFile(CUSTOM);
      return rejected(CUSTOM);
    }
    is_first = false;
    const columns = columnsOf(fields);
    if (columns === undefined) return rejected(COUNTS);
    if (shape.counts[0] !== fields.length) {
      shape = { ...ANY, counts: [fields.length] };
      filter = filters.of(namesOf(columns, fields.length));
    }
    if (filter?.passes(fields) === false) return FILTERED;
    return reader.read(line, fields, columns);
  };
}

const COUNTS = 'it has not 16 to 21 columns';
/** Any number of columns: a row with broken quotes has as many as the one before it. */
const ANY: RowShape = {
  delimiter: ',',
  fault: (fields) => (fields >= 16 && fields <= 21 ? undefined : `it has ${fields} columns, not 16 to 21`),
  counts: [16, 17, 18, 19, 20, 21],
  isRow: (fields) => datesOf(fields, DATES) && isDisposition(fields[14]),
};

const CUSTOM = 'its dates are in columns 9 to 11, not 10 to 12: it is asterisk-custom';

/**
 * With 17 columns either the uniqueid or the userfield is there; with 20 too. A uniqueid has a known form, which a
 * dialplan hardly puts into userfield.
 */
function columnsOf(fields: readonly string[]): CdrColumns | undefined {
  switch (fields.length) {
    case 16:
      return NEITHER;
    case 17:
      return isUniqueId(fields[FIXED_COLUMNS] ?? '') ? UNIQUEID : USERFIELD;
    case 18:
      return BOTH;
    case 19:
      return NEW_NEITHER;
    case 20:
      return isUniqueId(fields[FIXED_COLUMNS] ?? '') ? NEW_UNIQUEID : NEW_USERFIELD;
    case 21:
      return NEW_BOTH;
    default:
      return undefined;
  }
}

const NEITHER: CdrColumns = {
  src: 1,
  dst: 2,
  dcontext: 3,
  channel: 5,
  dstchannel: 6,
  lastapp: 7,
  lastdata: 8,
  start: 9,
  billsec: 13,
  disposition: 14,
};
const UNIQUEID: CdrColumns = { ...NEITHER, uniqueid: 16 };
const USERFIELD: CdrColumns = { ...NEITHER, userfield: 16 };
const BOTH: CdrColumns = { ...NEITHER, uniqueid: 16, userfield: 17 };
const NEW_NEITHER: CdrColumns = { ...NEITHER, linkedid: 17 };
const NEW_UNIQUEID: CdrColumns = { ...NEITHER, uniqueid: 16, linkedid: 18 };
const NEW_USERFIELD: CdrColumns = { ...NEITHER, userfield: 16, linkedid: 18 };
const NEW_BOTH: CdrColumns = { ...NEITHER, uniqueid: 16, userfield: 17, linkedid: 19 };

const FIXED_NAMES = [
  ...['accountcode', 'src', 'dst', 'dcontext', 'clid', 'channel', 'dstchannel', 'lastapp', 'lastdata'],
  ...['start', 'answer', 'end', 'duration', 'billsec', 'disposition', 'amaflags'],
];

/** The column names of a row, as in cdr_csv.c. */
function namesOf({ uniqueid, userfield }: CdrColumns, count: number): string[] {
  return [
    ...FIXED_NAMES,
    ...(uniqueid === undefined ? [] : ['uniqueid']),
    ...(userfield === undefined ? [] : ['userfield']),
    ...(count >= 19 ? ['peeraccount', 'linkedid', 'sequence'] : []),
  ];
}
