import { type Columns, readColumns } from '../columns.js';
import { DeclaredDates } from '../declared-dates.js';
import { type CdrColumns, CdrReader } from './asterisk-row.js';
import {
  type FileHead,
  type FormatContext,
  type ImportFormat,
  type ReadLine,
  rejected,
  skipped,
  WrongFile,
} from './format.js';
import { withoutNulls } from './without-nulls.js';

/**
 * An export of Asterisk's CDR table with a header, comma, tab, semicolon or pipe between the fields. The columns may
 * be in any order, and further ones are passed over. Known layouts:
 *
 *   calldate, clid, src, dst, dcontext, channel, dstchannel, lastapp, lastdata, duration, billsec, disposition,
 *   amaflags, accountcode, uniqueid, userfield [, did, ..., linkedid, peeraccount, sequence]   (MySQL, FreePBX)
 *   accountcode, src, dst, ..., lastdata, start, answer, end, duration, billsec, disposition, amaflags, userfield,
 *   uniqueid, linkedid, peeraccount, sequence                   (contrib/ast-db-manage/cdr, revision 210693f3123d)
 *
 * `NULL` and `\N`, as MySQL's client and its INTO OUTFILE write what is not there, are empty fields.
 */
export const asteriskSql: ImportFormat = {
  name: 'asterisk-sql',
  open,
  takes: ['date_order'],
  recognise,
};

const START = ['calldate', 'start'] as const;
const HEADER = skipped('header');

function open(context: FormatContext): ReadLine {
  const reader = new CdrReader(
    new DeclaredDates(context.time_zone, context.date_order),
    context.trunks,
    'may be empty',
  );
  let header: Columns | undefined;
  let columns: CdrColumns | undefined;
  return (line) => {
    if (header === undefined || columns === undefined) {
      header = headerOf(line);
      columns = columnsOf(header);
      return HEADER;
    }
    const fields = header.split(line);
    if (typeof fields === 'string') return rejected(fields);
    withoutNulls(fields);
    return reader.read(line, fields, columns);
  };
}

/** @throws WrongFile */
function headerOf(line: string): Columns {
  const header = readColumns(line);
  if (typeof header === 'string') throw new WrongFile(`its first line is no header: ${header}`);
  const missing = [
    ...(header.at(...START) < 0 ? [START.join(' or ')] : []),
    ...['dst', 'disposition'].filter((name) => header.at(name) < 0),
  ];
  if (missing.length === 0) return header;
  throw new WrongFile(`its first line is no header with the columns ${missing.join(', ')}`);
}

function columnsOf(header: Columns): CdrColumns {
  return {
    dst: header.at('dst'),
    dstchannel: header.at('dstchannel'),
    lastapp: header.at('lastapp'),
    lastdata: header.at('lastdata'),
    start: header.at(...START),
    duration: header.at('duration'),
    billsec: header.at('billsec'),
    disposition: header.at('disposition'),
    uniqueid: header.at('uniqueid'),
    userfield: header.at('userfield'),
    linkedid: header.at('linkedid'),
  };
}

function recognise(head: FileHead): string | undefined {
  const header = readColumns(head.lines[0] ?? '');
  if (typeof header === 'string') return undefined;
  const start = START.find((name) => header.at(name) >= 0);
  // lastapp is a word of Asterisk's alone.
  const others = ['dst', 'lastapp', 'disposition'];
  if (start === undefined || others.some((name) => header.at(name) < 0)) return undefined;
  return `a header with ${[start, ...others].join(', ')}`;
}
