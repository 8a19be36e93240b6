import { expect, test } from 'vitest';
import { Trunks } from '../../evidence/trunks.js';
import type { Reading } from '../../reading/reading.js';
import type { FormatContext } from '../format.js';
import { asteriskSql } from './asterisk-sql.js';

const FREEPBX =
  'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,linkedid';
const ALEMBIC =
  'accountcode\tsrc\tdst\tdcontext\tclid\tchannel\tdstchannel\tlastapp\tlastdata\tstart\tanswer\tend\tduration\tbillsec\tdisposition\tamaflags\tuserfield\tuniqueid\tlinkedid\tpeeraccount\tsequence';

interface Row {
  calldate: string;
  dst: string;
  lastapp: string;
  lastdata: string;
  dstchannel: string;
  billsec: number | 'NULL';
  disposition: string;
  uniqueid: string;
  userfield: string;
  linkedid: string;
}

function freepbx(fields: Partial<Row> = {}): string {
  const row: Row = {
    calldate: '2026-11-03 12:00:00',
    dst: '3001234567',
    lastapp: 'Dial',
    lastdata: 'SIP/carrier-a/93001234567,300,T',
    dstchannel: 'SIP/carrier-a-0000001f',
    billsec: 0,
    disposition: 'NO ANSWER',
    uniqueid: '1793707200.1',
    userfield: '',
    linkedid: '1793707200.1',
    ...fields,
  };
  return [
    `${row.calldate},"""Ana"" <1000>",1000,${row.dst},from-internal,SIP/1000-0000001e,${row.dstchannel}`,
    `${row.lastapp},"${row.lastdata}",20,${row.billsec},${row.disposition},3,,${row.uniqueid},${row.userfield},,${row.linkedid}`,
  ].join(',');
}

function readAll(lines: string[], context: Partial<FormatContext> = {}): Reading[] {
  const read = asteriskSql.open({ time_zone: 'UTC', ...context });
  const readings = lines.map((line) => read(line));
  read.end?.();
  return readings;
}
const readRow = (row: string, context: Partial<FormatContext> = {}) => readAll([FREEPBX, row], context)[1];

test('the classic layout of MySQL and FreePBX', () => {
  expect(readAll([FREEPBX, freepbx()])).toMatchObject([
    { kind: 'skipped', reason: 'header' },
    {
      kind: 'leg',
      telephone: '93001234567',
      trunk: 'carrier-a',
      attempt_id: '1793707200.1',
      dialed_at_s: 1_793_707_200,
      code: 'no_answer',
    },
  ]);
});

test('the layout of ast-db-manage, tabs between, as the MySQL client prints it', () => {
  const row = [
    'NULL\t1000\t573001234567\toutbound\t"Ana" <1000>\tPJSIP/1000-1\tPJSIP/north-2\tDial\tPJSIP/573001234567@north,30',
    '2026-11-03 12:00:00.000000\tNULL\t2026-11-03 12:00:20\t20\tNULL\tBUSY\t3\t\\N\t1793707200.9\t1793707200.1\t\\N\t4',
  ].join('\t');
  expect(readAll([ALEMBIC, row])[1]).toMatchObject({
    kind: 'leg',
    telephone: '573001234567',
    attempt_id: '1793707200.1',
    code: 'busy',
    duration_seconds: undefined,
  });
});

test('rows that are legs of fewer calls share the key of their call', () => {
  const rows = Array.from({ length: 1_000 }, (_, nr) =>
    freepbx({ uniqueid: `${1_793_707_200 + nr}.${nr}`, linkedid: `${1_793_707_200 + (nr % 636)}.1` }),
  );
  const legs = readAll([FREEPBX, ...rows]).flatMap((reading) => (reading.kind === 'leg' ? [reading] : []));
  expect(legs).toHaveLength(1_000);
  expect(new Set(legs.map((leg) => leg.attempt_id)).size).toBe(636);
});

test.each<[Partial<Row>, string]>([
  [{ disposition: 'FAILED' }, 'failed'], // also what CONGESTION becomes with congestion=no
  [{ disposition: 'CONGESTION' }, 'congestion'],
  [{ disposition: 'CANCEL' }, 'no_answer'],
  [{ disposition: 'NO ANSWER', billsec: 12 }, 'no_answer'],
  [{ disposition: 'ANSWERED', billsec: 0 }, 'answer'],
  [{ disposition: 'ANSWERED', lastapp: 'VoiceMail', lastdata: '1000@default' }, 'answer_machine'],
  [{ disposition: 'ANSWERED', userfield: 'HUMAN' }, 'answer'],
  [{ disposition: 'BUSY', userfield: 'MACHINE' }, 'busy'],
])('%j is %s', (fields, code) => {
  expect(readRow(freepbx(fields))).toMatchObject({ kind: 'leg', code });
});

test('a trunk has its prefix taken off and its own meaning of FAILED', () => {
  const trunks = new Trunks({
    'carrier-a': { strip_prefix: ['9'], outcomes: { 'disposition:FAILED': 'congestion' } },
  });
  const failed = freepbx({ disposition: 'FAILED' });
  expect(readRow(failed, { trunks })).toMatchObject({ telephone: '3001234567', code: 'congestion' });
  expect(readRow(failed)).toMatchObject({ telephone: '93001234567', code: 'failed' });
});

test.each<[string, 'dmy' | 'mdy' | undefined, boolean]>([
  ['2026-11-03 12:00:00', undefined, true],
  ['2026-11-03T12:00:00.25', undefined, true],
  ['2026-11-03 12:00:00', 'dmy', true],
  ['03/11/2026 12:00', 'dmy', true],
  ['3.11.2026 12:00:00', 'dmy', true],
  ['11/3/2026 12:00 PM', 'mdy', true],
  ['11-03-2026, 12:00', 'mdy', true],
  ['03/11/2026 12:00', undefined, false],
  ['11/25/2026 12:00', 'dmy', false],
  ['25/11/2026 12:00', 'mdy', false],
  ['03/11-2026 12:00', 'dmy', false],
  ['03/11/26 12:00', 'dmy', true],
  ['11/3/26 12:00 p. m.', 'mdy', true],
  ['03/11/26 12:00', undefined, false],
  ['2026/11/3 12:00', undefined, true],
  ['2026-11-03 07:00:00-05', undefined, true],
  ['03/11/2026 13:00 PM', 'dmy', false],
  ['31/02/2026 12:00', 'dmy', false],
])('date %s as %s: %s', (calldate, date_order, is_date) => {
  const row = freepbx({ calldate: `"${calldate}"` });
  const expected = is_date
    ? { kind: 'leg', dialed_at_s: 1_793_707_200 }
    : { kind: 'rejected', reason: expect.stringContaining('start is not a date-time') };
  expect(readRow(row, date_order ? { date_order } : {})).toMatchObject(expected);
});

test('a broken row costs itself alone', () => {
  const read = readAll([FREEPBX, freepbx().slice(0, 30), `${freepbx()},x`, freepbx()]);
  expect(read.slice(1)).toMatchObject([
    { kind: 'rejected', reason: 'a quote is not closed' },
    { kind: 'rejected', reason: 'it has 19 fields and the header has 18' },
    { kind: 'leg' },
  ]);
});

test('without a header that has what it needs the file is refused', () => {
  expect(() => readAll([freepbx()])).toThrow(
    /^it has no header with the columns calldate or start, dst, disposition; .* is number 1: 2026-11-03/,
  );
  expect(() => readAll(['calldate;src;disposition'])).toThrow('the columns dst');
  expect(() => readAll(['nothing'])).toThrow(
    'it has a single column; the line that looks most like a header is number 1: nothing',
  );
});

test('recognises both layouts by their header', () => {
  const why = (header: string) => asteriskSql.recognise?.({ text: header, lines: [header] });
  expect(why(FREEPBX)).toBe('a header with calldate, dst, lastapp, disposition');
  expect(why(ALEMBIC)).toBe('a header with start, dst, lastapp, disposition');
  expect(why(FREEPBX.replaceAll(',', ';'))).toBeDefined();
  expect(why(freepbx())).toBeUndefined();
});
