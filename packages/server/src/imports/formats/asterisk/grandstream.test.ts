import { expect, test } from 'vitest';
import { Trunks } from '../../evidence/trunks.js';
import type { Reading } from '../../reading/reading.js';
import type { FormatContext } from '../format.js';
import { asteriskSql } from './asterisk-sql.js';
import { grandstream } from './grandstream.js';

/** The columns and rows of the CDR API's guide, with calls that went out in place of its calls between extensions. */
const API =
  'AcctId,accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield,channel_ext,dstchannel_ext,service';

interface Row {
  dst: string;
  dcontext: string;
  clid: string;
  channel: string;
  dstchannel: string;
  lastdata: string;
  disposition: string;
  userfield: string;
  dstchannel_ext: string;
}

const OUT: Row = {
  dst: '573001234567',
  dcontext: 'from-internal',
  clid: '"pn01" <5300>',
  channel: 'SIP/5300-00000000',
  dstchannel: 'SIP/trunk_1/573001234567',
  lastdata: 'SIP/trunk_1/573001234567,60,',
  disposition: 'BUSY',
  userfield: 'Outbound',
  dstchannel_ext: '',
};

function api(fields: Partial<Row> = {}): string {
  const row = { ...OUT, ...fields };
  return [
    ...['62', '', '5300', row.dst, row.dcontext, row.clid, row.channel, row.dstchannel, 'Dial', row.lastdata],
    ...['2013-12-03 11:46:40', '2013-12-03 11:46:43', '2013-12-03 11:46:49', '9', '6', row.disposition],
    ...['DOCUMENTATION', '1386092800.0', row.userfield, '5300', row.dstchannel_ext, 's'],
  ].join(',');
}

function readRow(header: string, row: string, context: Partial<FormatContext> = {}): Reading | undefined {
  const read = grandstream.open({ time_zone: 'UTC', ...context });
  return [header, row].map((line) => read(line)).at(-1);
}

test('a row as the API pastes it: commas of the dial string, quotes that are not doubled', () => {
  // Its clock is six hours behind, as the seconds in its ids show.
  expect(readRow(API, api(), { time_zone: 'America/Chicago' })).toMatchObject({
    kind: 'leg',
    attempt_id: '1386092800.0',
    telephone: '573001234567',
    dialed_at_s: 1_386_092_800,
    code: 'busy',
    trunk: 'trunk_1',
    duration_seconds: 6,
  });
});

test.each([
  ['a comma between the quotes of the caller id', { clid: '"Gil, Ana" <5300>' }],
  ['no disposition where it should be', { disposition: 'BUSY,2' }],
])('%s: its columns are not sure, so it is rejected', (_, fields) => {
  expect(readRow(API, api(fields))).toMatchObject({ kind: 'rejected' });
});

test.each<[string, string, Partial<Row>]>([
  ['Inbound', 'inbound', { userfield: 'Inbound' }],
  ['Internal', 'internal', { userfield: 'Internal' }],
  [
    'the rows of the guide',
    'internal',
    {
      dst: '5301',
      dstchannel: 'SIP/5301-00000001',
      lastdata: 'SIP/5301,60,',
      userfield: 'EXT',
      dstchannel_ext: '5301',
    },
  ],
  ['a context of ext-did', 'inbound', { userfield: '', dcontext: 'ext-did-2', dstchannel: 'SIP/5301-1' }],
  ['a channel of a trunk', 'inbound', { userfield: '', channel: 'SIP/trunk_2-1', dstchannel: 'SIP/5301-1' }],
  ['a context of ext-local', 'internal', { userfield: '', dcontext: 'ext-local', dstchannel: '' }],
])('%s: skipped as %s', (_, reason, fields) => {
  expect(readRow(API, api(fields))).toEqual({ kind: 'skipped', reason });
});

test.each<[string, Partial<Row>]>([
  ['External', { userfield: 'External', channel: 'SIP/trunk_2-1' }],
  ['no word, over a trunk', { userfield: '', channel: 'SIP/trunk_2-1' }],
  ['no word, and no channel was made', { userfield: '', dstchannel: '' }],
  ['no word, to what the UCM calls its trunk', { userfield: '', dstchannel: '', dstchannel_ext: 'trunk_1' }],
])('%s: dialed', (_, fields) => {
  expect(readRow(API, api(fields))).toMatchObject({ kind: 'leg', telephone: '573001234567' });
});

const DOWNLOAD =
  'Callee Number,Source Channel,Dest. Channel,Last app.,Last data,Start Time,Talk Time,Call Status,Unique ID,Call Type,Session,Destination Trunk Name';
const download = (type: string, id: string, status = 'NO ANSWER') =>
  `9573001234567,PJSIP/1000-1,PJSIP/trunk_1-2,Dial,"PJSIP/trunk_1/573001234567,60",2026-11-03 12:00:00,0:00:00,${status},${id},${type},1793707200104140-1000,Claro`;

test('the columns of newer firmware; the trunk has the name under which it is declared', () => {
  const trunks = new Trunks({
    Claro: { strip_prefix: ['57'], outcomes: { 'disposition:NO ANSWER': 'congestion' } },
  });
  expect(readRow(DOWNLOAD, download('Outbound', '1793707200.7'), { trunks })).toMatchObject({
    attempt_id: '1793707200.7',
    telephone: '3001234567',
    trunk: 'Claro',
    code: 'congestion',
  });
});

test('an unknown call type is rejected, never taken for a known one', () => {
  expect(readRow(DOWNLOAD, download('Sideways', '1793707200.7'))).toEqual({
    kind: 'rejected',
    reason: "Call Type is none of Grandstream's",
  });
});

test('rows without an id are held together by their session', () => {
  expect(readRow(DOWNLOAD, download('Outbound', ''))).toMatchObject({
    attempt_id: '1793707200104140-1000',
    same_call_within_s: 4 * 3_600,
  });
});

test('the same row as asterisk-sql is the same attempt', () => {
  const quoted = api({ clid: '"""pn01"" <5300>"', lastdata: '"SIP/trunk_1/573001234567,60,"' });
  const sql = asteriskSql.open({ time_zone: 'UTC' });
  const [, other] = [API, quoted].map((line) => sql(line));
  expect(readRow(API, quoted)).toEqual(other);
});

test('a file of a UCM is not taken for a table of Asterisk', () => {
  const seen = (lines: string[]) => {
    const head = { text: lines.join('\n'), lines };
    return [grandstream.recognise?.(head), asteriskSql.recognise?.(head)];
  };
  expect(seen([API, api()])).toEqual(['a header with dst, dstchannel_ext, channel', undefined]);
  expect(seen(['Calls', DOWNLOAD])).toEqual(['a header with Callee Number, Source Channel', undefined]);
  const asterisk = 'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,disposition';
  expect(seen([asterisk])[0]).toBeUndefined();
});

const INSIDE = { dcontext: 'ext-local', dstchannel: 'SIP/5301-00000001', userfield: 'Internal' };
test.each<[string, Partial<Row>, Partial<FormatContext>, string]>([
  [
    'only, of a row that is read as it is pasted',
    {},
    { only: [{ column: 'dst', is_not: true, values: ['573001234567'] }] },
    'filtered',
  ],
  ['a row of the house', INSIDE, {}, 'internal'],
])('%s is skipped', (_what, fields, context, reason) => {
  expect(readRow(API, api(fields), context)).toEqual({ kind: 'skipped', reason });
});

test('an internal row is an attempt where all rows are declared as dialed', () => {
  expect(readRow(API, api(INSIDE), { all_dialed: true })).toMatchObject({ kind: 'leg' });
});
