import { parseCsvLine } from '../csv-line.js';
import { WallSeconds } from '../wall-seconds.js';
import { isDisposition } from './asterisk-outcome.js';
import { type CdrColumns, CdrReader } from './asterisk-row.js';
import { datesOf, recogniseRows } from './dated-rows.js';
import { type FormatContext, type ImportFormat, type ReadLine, rejected, WrongFile } from './format.js';

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
  recognise: (head) =>
    recogniseRows(head, (fields) =>
      fields.length === CUSTOM_COLUMNS && datesOf(fields, CUSTOM_DATES) && isDisposition(fields[13])
        ? CUSTOM_DATES
        : undefined,
    ),
};

export const CUSTOM_COLUMNS = 19;
/** The columns of start, answer and end, from 0. */
export const CUSTOM_DATES = [8, 9, 10] as const;
/** Where cdr_csv has them, and also has 19 columns at times. */
const CSV_DATES = [9, 10, 11] as const;

const COLUMNS: CdrColumns = {
  dst: 2,
  dstchannel: 5,
  lastapp: 6,
  lastdata: 7,
  start: 8,
  duration: 11,
  billsec: 12,
  disposition: 13,
  uniqueid: 16,
  userfield: 17,
};

function open(context: FormatContext): ReadLine {
  const reader = new CdrReader(new WallSeconds(context.time_zone), context.trunks);
  let is_first = true;
  return (line) => {
    const fields = parseCsvLine(line);
    if (typeof fields === 'string') return rejected(fields);
    if (!datesOf(fields, CUSTOM_DATES) && datesOf(fields, CSV_DATES)) {
      if (is_first) throw new WrongFile(CSV);
      return rejected(CSV);
    }
    is_first = false;
    return fields.length === CUSTOM_COLUMNS
      ? reader.read(line, fields, COLUMNS)
      : rejected(`it has ${fields.length} columns, not ${CUSTOM_COLUMNS}`);
  };
}

const CSV = 'its dates are in columns 10 to 12, not 9 to 11: it is asterisk-csv';
