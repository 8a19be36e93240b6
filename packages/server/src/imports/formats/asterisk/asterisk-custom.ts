import { Dates } from '../../fields/dates.js';
import { type ReadLine, rejected, WrongFile } from '../../reading/reading.js';
import { columnsCalled, FILTERED, RowFilter } from '../../rows/row-filter.js';
import { noRow, type RowShape, readRow } from '../../rows/rows.js';
import { datesOf, recogniseRows } from '../dated-rows.js';
import type { FormatContext, ImportFormat } from '../format.js';
import { isDisposition } from './asterisk-outcome.js';
import { type CdrColumns, CdrReader } from './asterisk-row.js';

/**
 * Asterisk's `cdr-custom/Master.csv` as configs/samples/cdr_custom.conf.sample has it: no header, 19 columns:
 *
 *   clid, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, start, answer, end, duration, billsec,
 *   disposition, amaflags, accountcode, uniqueid, userfield, sequence
 *
 * The dialplan function CDR() writes times in the switch's own zone.
 */
export const asteriskCustom: ImportFormat = {
  name: 'asterisk-custom',
  open,
  takes: ['date_order', 'strip_prefix', 'only', 'all_dialed'],
  recognise: (head) =>
    recogniseRows(
      head,
      (line) => readRow(line, SHAPE),
      (fields) => (fields.length === CUSTOM_COLUMNS && SHAPE.isRow?.(fields) ? CUSTOM_DATES : undefined),
    ),
};

export const CUSTOM_COLUMNS = 19;
/** The columns of start, answer and end, from 0. */
export const CUSTOM_DATES = [8, 9, 10] as const;
/** The date columns of cdr_csv, whose rows can also have 19 columns. */
const CSV_DATES = [9, 10, 11] as const;

const NAMES = [
  ...['clid', 'src', 'dst', 'dcontext', 'channel', 'dstchannel', 'lastapp', 'lastdata', 'start', 'answer'],
  ...['end', 'duration', 'billsec', 'disposition', 'amaflags', 'accountcode', 'uniqueid', 'userfield'],
  'sequence',
];

const COLUMNS: CdrColumns = {
  src: 1,
  dst: 2,
  dcontext: 3,
  channel: 4,
  dstchannel: 5,
  lastapp: 6,
  lastdata: 7,
  start: 8,
  billsec: 12,
  disposition: 13,
  uniqueid: 16,
  userfield: 17,
};

function open(context: FormatContext): ReadLine {
  const reader = new CdrReader(new Dates(context.time_zone, context.date_order), context);
  let filter: RowFilter | undefined;
  let is_first = true;
  return (line) => {
    const fields = readRow(line, SHAPE);
    if (!Array.isArray(fields)) return noRow(fields);
    if (!datesOf(fields, CUSTOM_DATES) && datesOf(fields, CSV_DATES)) {
      if (is_first) throw new WrongFile(CSV);
      return rejected(CSV);
    }
    is_first = false;
    if (fields.length === CUSTOM_COLUMNS) {
      filter ??= RowFilter.of(context.only, columnsCalled(NAMES));
      return filter?.passes(fields) === false ? FILTERED : reader.read(line, fields, COLUMNS);
    }
    return noRow({ fault: `it has ${fields.length} columns, not ${CUSTOM_COLUMNS}`, is_open: false });
  };
}

const SHAPE: RowShape = {
  delimiter: ',',
  // Any number of columns is accepted here: the columns may show that the file is the other one.
  fault: () => undefined,
  counts: [CUSTOM_COLUMNS],
  isRow: (fields) => datesOf(fields, CUSTOM_DATES) && isDisposition(fields[13]),
};

const CSV = 'its dates are in columns 10 to 12, not 9 to 11: it is asterisk-csv';
