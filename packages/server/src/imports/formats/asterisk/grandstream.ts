import { Dates, looksLikeDateTime } from '../../fields/dates.js';
import { withoutNothing } from '../../fields/nothing.js';
import type { Reading, ReadLine } from '../../reading/reading.js';
import type { Columns } from '../../rows/columns.js';
import { headerOf, missingColumns } from '../../rows/header.js';
import { FILTERED, type RowFilter } from '../../rows/row-filter.js';
import { hasOddQuotes } from '../../rows/rows.js';
import { filterOf, tableReader } from '../../rows/table-reader.js';
import { SAME_CALL_S } from '../checked-leg.js';
import type { FileHead, FormatContext, ImportFormat } from '../format.js';
import { isDisposition } from './asterisk-outcome.js';
import { type CdrColumns, CdrReader } from './asterisk-row.js';
import { notDialedOut } from './grandstream-direction.js';

/**
 * CDR files of Grandstream's UCM, which is based on Asterisk, with a header. Columns that are not read are ignored:
 *
 *   AcctId, accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start, answer, end, duration,
 *   billsec, disposition, amaflags, uniqueid, userfield, channel_ext, dstchannel_ext, service [, caller_name, recordfiles,
 *   ..., session, action_owner, action_type, src_trunk_name, dst_trunk_name]        (the CDR API with format=csv)
 *   Account Code, Caller Number, Callee Number, Context, CallerID, Source Channel, Dest Channel, Lastapp, Lastdata,
 *   Start time, Answer Time, End time, Call time, Talk time, Disposition, Amaflags, Uniqueid, Userfield,
 *   Dest Channel Extension, Caller Name ...      (downloaded; first firmware: Call From, Call To; newer: Caller ID,
 *   Dest. Channel, Last app., Last data, Call Status, Unique ID, Call Type, Session, Action Type, Source Trunk Name,
 *   Destination Trunk Name)
 *
 * Field lists: "CDR and REC API Guide" (www.grandstream.com/sites/default/files/Resources/ucm6200_cdr_rec_api_guide.pdf), the
 * manuals of UCM6510 and GXW450X; the newer names are from public programs that read such files. As with Asterisk, rows
 * with one uniqueid and one telephone are one attempt; the same file read as `asterisk-sql` gives the same attempts. Times are
 * those of the UCM's clock.
 */
export const grandstream: ImportFormat = {
  name: 'grandstream',
  open,
  takes: ['date_order', 'strip_prefix', 'only', 'all_dialed'],
  recognise,
};

const DST = ['dst', 'Callee Number', 'Call To'] as const;
const START = ['start', 'Start Time'] as const;
const DISPOSITION = ['disposition', 'Call Status'] as const;
const DST_EXTENSION = ['dstchannel_ext', 'Dest Channel Extension', 'Dest. Channel Extension'] as const;
const SOURCE_CHANNEL = ['channel', 'Source Channel'] as const;
const NEEDED = [START, DST, DISPOSITION] as const;

/** Indices of the columns; -1 where the file has none. */
interface At {
  readonly cdr: CdrColumns;
  readonly lastdata: number;
  readonly start: number;
  readonly uniqueid: number;
  readonly type: number;
  readonly userfield: number;
  readonly context: number;
  readonly channel: number;
  readonly dst_extension: number;
  readonly src_trunk: number;
  readonly dst_trunk: number;
}

function open(context: FormatContext): ReadLine {
  // The UCM's own columns show whether a call went out, so Asterisk's rules are not needed.
  const inside = { ...context, all_dialed: true };
  const reader = new CdrReader(new Dates(context.time_zone, context.date_order), inside);
  let table: { readonly header: Columns; readonly at: At } | undefined;
  let filter: RowFilter | undefined;
  const readRow = (line: string, fields: readonly string[], at: At) =>
    (context.all_dialed ? undefined : leftOut(fields, at)) ?? readCall(reader, line, fields, at);
  const settle = (header: Columns) => {
    const at = columnsOf(header);
    if (typeof at !== 'string') {
      table = { header, at };
      filter = undefined;
    }
    return at;
  };
  const readTable = tableReader(settle, readRow, context.only);
  const read: ReadLine = (line) => {
    const reading = readTable(line);
    if (table === undefined || reading.kind !== 'rejected' || reading.row !== 'none') return reading;
    const fields = withBareLastdata(line, table.header, table.at);
    if (fields === undefined) return reading;
    filter ??= filterOf(table.header, context.only);
    return filter?.passes(fields) === false ? FILTERED : readRow(line, fields, table.at);
  };
  read.end = readTable.end;
  return read;
}

function columnsOf(header: Columns): At | string {
  const missing = missingColumns(header, NEEDED);
  if (missing !== undefined) return missing;
  const uniqueid = header.at('uniqueid');
  const lastdata = header.at('lastdata', 'Last data');
  const start = header.at(...START);
  const dst_trunk = header.at('dst_trunk_name', 'Destination Trunk Name');
  const cdr: CdrColumns = {
    dst: header.at(...DST),
    dstchannel: header.at('dstchannel', 'Dest Channel', 'Dest. Channel'),
    lastapp: header.at('lastapp', 'Last app.'),
    lastdata,
    start,
    billsec: header.at('billsec', 'Talk Time'),
    disposition: header.at(...DISPOSITION),
    // A UCM has no linkedid. The session joins rows without a uniqueid.
    linkedid: uniqueid,
    uniqueid: header.at('session'),
    trunk: dst_trunk,
  };
  const ways = {
    type: header.at('Call Type'),
    userfield: header.at('userfield'),
    context: header.at('dcontext', 'Context'),
    channel: header.at(...SOURCE_CHANNEL),
    dst_extension: header.at(...DST_EXTENSION),
    src_trunk: header.at('src_trunk_name', 'Source Trunk Name'),
    dst_trunk,
  };
  header.use([...Object.values(cdr), ...Object.values(ways)]);
  return { cdr, lastdata, start, uniqueid, ...ways };
}

function leftOut(fields: readonly string[], at: At): Reading | undefined {
  const field = (index: number) => (fields[index] ?? '').trim();
  const type = field(at.type);
  return notDialedOut({
    told: type || field(at.userfield),
    is_type: type !== '',
    context: field(at.context),
    channel: field(at.channel),
    dstchannel: field(at.cdr.dstchannel),
    dst_extension: field(at.dst_extension),
    src_trunk: field(at.src_trunk),
    dst_trunk: field(at.dst_trunk),
  });
}

function readCall(reader: CdrReader, line: string, fields: readonly string[], at: At): Reading {
  const reading = reader.read(line, fields, at.cdr);
  return reading.kind === 'leg' && (fields[at.uniqueid] ?? '').trim() === ''
    ? { ...reading, same_call_within_s: SAME_CALL_S }
    : reading;
}

/**
 * Reads a row of the API, which pastes the dial string unquoted (`Dial,SIP/5301,60,,2013-12-03 11:46:40`), with commas of
 * its own. The columns before and after it are in their places, so the reading that has a date and a disposition there is
 * the row. The caller id may have quotes that are not doubled, but no comma between them.
 */
function withBareLastdata(line: string, header: Columns, at: At): string[] | undefined {
  if (header.delimiter !== ',' || at.lastdata < 0 || at.start < at.lastdata) return undefined;
  const parts = line.split(',');
  const further = parts.length - header.names.length;
  if (further <= 0 || parts.some(hasOddQuotes)) return undefined;
  const end = at.lastdata + further + 1;
  const fields = [
    ...parts.slice(0, at.lastdata),
    parts.slice(at.lastdata, end).join(','),
    ...parts.slice(end),
  ].map(withoutQuotes);
  withoutNothing(fields);
  const is_row = looksLikeDateTime(fields[at.start] ?? '') && isDisposition(fields[at.cdr.disposition]);
  return is_row ? fields : undefined;
}

function withoutQuotes(field: string): string {
  return /^"[^"]*"$/.test(field) ? field.slice(1, -1) : field;
}

function recognise(head: FileHead): string | undefined {
  const others = [...NEEDED, SOURCE_CHANNEL];
  const found = headerOf(head.lines, (header) => {
    const missing = missingColumns(header, others);
    if (missing !== undefined) return missing;
    return isOfUcm(header) ? header : 'no column that a UCM alone has';
  });
  if (found === undefined) return undefined;
  const { names } = found.header;
  const seen = [DST, DST_EXTENSION, SOURCE_CHANNEL].flatMap((aliases) => {
    const name = names[found.header.at(...aliases)];
    return name === undefined ? [] : [name];
  });
  return `a header with ${seen.join(', ')}`;
}

/** Whether a header has a column that Asterisk's own tables do not have. */
export function isOfUcm(header: Columns): boolean {
  return header.at(...DST_EXTENSION, 'Callee Number', 'Call To') >= 0;
}
