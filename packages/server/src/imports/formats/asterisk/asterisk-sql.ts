import { Dates } from '../../fields/dates.js';
import type { ReadLine } from '../../reading/reading.js';
import type { Columns } from '../../rows/columns.js';
import { headerOf, missingColumns } from '../../rows/header.js';
import { tableReader } from '../../rows/table-reader.js';
import type { FileHead, FormatContext, ImportFormat } from '../format.js';
import { type CdrColumns, CdrReader } from './asterisk-row.js';
import { isOfUcm } from './grandstream.js';

/**
 * An export of Asterisk's CDR table with a header, comma, tab, semicolon or pipe between the fields. The columns may
 * be in any order, and further ones are ignored. Known layouts:
 *
 *   calldate, clid, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, duration, billsec, disposition,
 *   amaflags, accountcode, uniqueid, userfield [, did, ..., linkedid, peeraccount, sequence]   (MySQL, FreePBX)
 *   accountcode, src, dst, ..., lastdata, start, answer, end, duration, billsec, disposition, amaflags, userfield,
 *   uniqueid, linkedid, peeraccount, sequence                   (contrib/ast-db-manage/cdr, revision 210693f3123d)
 *
 * `NULL` and `\N`, which MySQL's client and its INTO OUTFILE write for a missing value, are empty fields.
 */
export const asteriskSql: ImportFormat = {
  name: 'asterisk-sql',
  open,
  takes: ['date_order', 'strip_prefix', 'only', 'all_dialed'],
  recognise,
};

const START = ['calldate', 'start'] as const;

function open(context: FormatContext): ReadLine {
  const reader = new CdrReader(new Dates(context.time_zone, context.date_order), context);
  return tableReader(columnsOf, (line, fields, columns) => reader.read(line, fields, columns), context.only);
}

function columnsOf(header: Columns): CdrColumns | string {
  const missing = missingColumns(header, [START, 'dst', 'disposition']);
  if (missing !== undefined) return missing;
  const columns = {
    src: header.at('src'),
    dst: header.at('dst'),
    dcontext: header.at('dcontext'),
    channel: header.at('channel'),
    dstchannel: header.at('dstchannel'),
    lastapp: header.at('lastapp'),
    lastdata: header.at('lastdata'),
    start: header.at(...START),
    billsec: header.at('billsec'),
    disposition: header.at('disposition'),
    uniqueid: header.at('uniqueid'),
    userfield: header.at('userfield'),
    linkedid: header.at('linkedid'),
    did: header.at('did'),
  };
  header.use(Object.values(columns));
  return columns;
}

function recognise(head: FileHead): string | undefined {
  // Only Asterisk has the column lastapp.
  const others = ['dst', 'lastapp', 'disposition'];
  const found = headerOf(head.lines, (header) =>
    isOfUcm(header) ? 'it is of a UCM' : (missingColumns(header, [START, ...others]) ?? header),
  );
  const start = START.find((name) => found && found.header.at(name) >= 0);
  return start && `a header with ${[start, ...others].join(', ')}`;
}
