import { describe, expect, test } from 'vitest';
import { cdrCsv, json } from '../../../test/freeswitch-records.js';
import { type CdrFields, cdrLine } from '../../../test/master-csv.js';
import type { Reading } from '../reading/reading.js';
import { parseColumnMap } from '../rows/column-map.js';
import { asteriskCsv } from './asterisk/asterisk-csv.js';
import { asteriskCustom } from './asterisk/asterisk-custom.js';
import { asteriskSql } from './asterisk/asterisk-sql.js';
import { csv } from './csv.js';
import type { FormatContext } from './format.js';
import { freeswitchCsv } from './freeswitch/freeswitch-csv.js';
import { freeswitchJson } from './freeswitch/freeswitch-json.js';
import { vicidialExport } from './vicidial/vicidial-export.js';
import { vicidialLog } from './vicidial/vicidial-log.js';

/** Which records are calls that came in or stayed internal, and which are kept because no well-known sign says so. */

const context: FormatContext = { time_zone: 'UTC', campaign_id: 1 };
const wordOf = (reading: Reading) => (reading.kind === 'leg' ? reading.telephone : reading.reason);

type Row = Partial<CdrFields> & { readonly did?: string };
const TRUNK = 'SIP/carrier-0000a1';

/** The row in each of Asterisk's layouts. */
function inEveryLayout(row: Row): string[] {
  const fields = { ...ROW, ...row };
  const { src, dst, dcontext, channel, dstchannel, lastapp, lastdata, disposition } = fields;
  const custom = ['', src, dst, dcontext, channel, dstchannel, lastapp, lastdata, AT, '', AT, '20', '0'];
  const sql = [AT, '', src, dst, dcontext, channel, dstchannel, lastapp, lastdata, '0', disposition];
  const readSql = asteriskSql.open(context);
  readSql(
    'calldate;clid;src;dst;dcontext;channel;dstchannel;lastapp;lastdata;billsec;disposition;uniqueid;did',
  );
  return [
    ...([16, 18, 21] as const).map((columns) => asteriskCsv.open(context)(cdrLine(fields, columns))),
    asteriskCustom.open(context)(
      [...custom, disposition, 'DOCUMENTATION', '', '1793707200.1', '', '7'].map(quoted).join(','),
    ),
    readSql([...sql, '1793707200.1', row.did ?? ''].map(quoted).join(';')),
  ].map(wordOf);
}

const AT = '2026-11-03 12:00:00';
const quoted = (text: string) => `"${text}"`;
/** An agent's outgoing call over a trunk, in a context with a name of the site's own. */
const ROW = {
  src: '101',
  dst: '573001110001',
  dcontext: 'ventas',
  channel: 'SIP/101-0000e1',
  dstchannel: 'SIP/carrier-0000e2',
  lastapp: 'Dial',
  lastdata: 'SIP/carrier/573001110001,300,T',
  disposition: 'BUSY',
} as const satisfies Row;
/** A call of a customer to an extension. */
const CAME_IN = {
  src: '3009997777',
  dst: '201',
  channel: TRUNK,
  dstchannel: 'SIP/201-0000b1',
  lastdata: 'SIP/201,20,tr',
} as const satisfies Row;
const QUEUE = { ...CAME_IN, dst: '600', lastapp: 'Queue', lastdata: '600,t,,,60' } as const;
const OWN_DID = { ...CAME_IN, dst: '6015550100', dstchannel: '', lastapp: 'Hangup', lastdata: '' } as const;
const TO_COLLEAGUE = { dst: '102', dstchannel: 'SIP/102-0000c1', lastdata: 'SIP/102,20,tr' } as const;

describe('Asterisk, in every layout', () => {
  test.each<[string, Row]>([
    ...['from-trunk', 'FROM-TRUNK', 'from-trunk-sip-carrier', 'from-trunk-pjsip-a-b', 'from-pstn'].map(
      (dcontext): [string, Row] => [`${dcontext}, to its own number`, { ...OWN_DID, dcontext }],
    ),
    ...['from-pstn-e164-us', 'from-did-direct', 'from-did-direct-ivr', 'from-dahdi', 'ext-did-0001'].map(
      (dcontext): [string, Row] => [`${dcontext}, to its own number`, { ...OWN_DID, dcontext }],
    ),
    ...['from-digital', 'from-sip-external', 'trunkinbound', 'inbound', 'entrantes'].map(
      (dcontext): [string, Row] => [`${dcontext}, to its own number`, { ...OWN_DID, dcontext }],
    ),
    ['a queue that rings an agent', { ...QUEUE, dcontext: 'from-queue' }],
    ['a queue', { ...QUEUE, dcontext: 'ext-queues' }],
    ['a ring group', { ...CAME_IN, dst: '610', dcontext: 'ext-group', lastdata: 'SIP/201&SIP/202,20' }],
    ['an extension', { ...CAME_IN, dcontext: 'ext-local' }],
    [
      'an extension, registered under its number',
      { ...CAME_IN, dcontext: 'from-did-direct', lastdata: 'PJSIP/201/sip:201@10.0.0.7:5060,20' },
    ],
    [
      'an extension, registered under a long number',
      { ...CAME_IN, dcontext: 'ext-local', lastdata: 'PJSIP/201/sip:93847583@10.0.0.7,20' },
    ],
    [
      'an extension, registered under a long number, by the own number',
      { ...CAME_IN, dst: '6015550100', dcontext: 'x', lastdata: 'PJSIP/201/sip:93847583@10.0.0.7,20' },
    ],
    [
      'what a menu passes on to another house',
      { ...CAME_IN, dcontext: 'ivr-3', dstchannel: 'IAX2/cali-1', lastdata: 'IAX2/cali/201' },
    ],
    ['an own number that looks like its caller', { ...OWN_DID, src: '6015550100', dcontext: 'from-trunk' }],
    ['a menu', { ...CAME_IN, dst: '11', dstchannel: '', dcontext: 'ivr-3', lastapp: 'BackGround' }],
    ['a trunk to an extension, in a context of their own', { ...CAME_IN, dcontext: 'mi-entrada' }],
    ['a trunk to an extension, by the own number', { ...CAME_IN, dst: '6015550100', dcontext: 'default' }],
    ['DAHDI to an extension', { ...CAME_IN, channel: 'DAHDI/i1/3009997777-5', dcontext: 'x' }],
    ['a trunk to an agent', { ...CAME_IN, dstchannel: 'Agent/1001', dcontext: 'x' }],
  ])('%s came in', (_name, row) => {
    expect(new Set(inEveryLayout(row))).toEqual(new Set(['inbound']));
  });

  test.each<[string, Row]>([
    ['from-internal', { ...TO_COLLEAGUE, dcontext: 'from-internal' }],
    ['from-internal, PJSIP', { ...TO_COLLEAGUE, channel: 'PJSIP/101-1', dstchannel: 'PJSIP/102-1' }],
    ['a context of their own', { ...TO_COLLEAGUE, dcontext: 'internas' }],
    ['ext-local', { ...TO_COLLEAGUE, dcontext: 'ext-local' }],
    ['a feature code', { ...TO_COLLEAGUE, dst: '*97', dcontext: 'app-vmmain', lastapp: 'VoiceMailMain' }],
    [
      'a feature code with a number',
      { ...TO_COLLEAGUE, dst: '*72573001110001', dcontext: 'app-cf-on', lastapp: 'Playback' },
    ],
    [
      'a colleague who is not there',
      { ...TO_COLLEAGUE, dcontext: 'from-internal', dstchannel: '', lastapp: 'VoiceMail' },
    ],
    [
      "a queue's leg to an agent's own telephone",
      { channel: 'Local/573001110001@from-queue-00000a1;2', dcontext: 'from-internal' },
    ],
    ...['/n-3d4c,2', '-exten-only-00000a1;2', '-exten-internal/nj-00000a1;1'].map((end): [string, Row] => [
      `the same, @from-queue${end}`,
      { channel: `Local/573001110001@from-queue${end}`, dcontext: 'from-internal' },
    ]),
    [
      'what a ring group hands to another row',
      { dcontext: 'ext-group', dstchannel: 'Local/x@y-1;1', lastdata: 'Local/573001110001@y/n,20' },
    ],
    [
      'the end of a Local channel that rings an extension',
      { ...TO_COLLEAGUE, channel: 'Local/102@from-internal-1;2', dcontext: 'from-internal' },
    ],
    ['an agent with a name, by the number that calls', { ...TO_COLLEAGUE, channel: 'SIP/ana-1' }],
  ])('%s stayed in the house', (_name, row) => {
    expect(new Set(inEveryLayout(row))).toEqual(new Set(['internal']));
  });

  const ACROSS = 'SIP/carrier/573001110001,300,T';
  test.each<[string, Row]>([
    ['a context of their own', {}],
    ['from-internal', { dcontext: 'from-internal' }],
    ['the context of an outbound route', { dcontext: 'outbound-allroutes' }],
    ['the macro that dials out', { dcontext: 'macro-dialout-trunk' }],
    ['a context that only begins like one', { dcontext: 'from-trunks-out' }],
    ['a menu of their own', { dcontext: 'ivr-cobranza', channel: TRUNK, dstchannel: '', lastapp: 'Hangup' }],
    ['a dialer that enters by a trunk', { dcontext: 'from-trunk', channel: TRUNK, lastdata: ACROSS }],
    ['a call that is passed on outwards', { ...CAME_IN, dcontext: 'from-did-direct', lastdata: ACROSS }],
    ['a trunk with a number for its name', { dstchannel: 'SIP/5501-1', lastdata: 'SIP/5501/573001110001' }],
    ['the same, hung up', { dstchannel: 'SIP/5501-1', lastapp: 'Hangup', lastdata: '' }],
    [
      'the same, by an agent with a name in from-internal',
      { channel: 'SIP/ana-1', dstchannel: 'SIP/5501-1', dcontext: 'from-internal', lastapp: 'Hangup' },
    ],
    [
      'a call that was made for an agent, by the number that calls',
      { channel: TRUNK, dstchannel: 'SIP/101-1', lastdata: 'SIP/101,20' },
    ],
    [
      'a trunk with a number for its name, by an address',
      {
        ...{ channel: 'PJSIP/ana-1', src: '6015550100', dstchannel: 'PJSIP/1001-1' },
        lastdata: 'PJSIP/1001/sip:573001110001@10.0.0.7:5060,60',
      },
    ],
    [
      "a call back, in a context that is called like a queue's",
      { dcontext: 'from-queue-callback', channel: 'Local/573001110001@from-queue-callback-00000a1;2' },
    ],
    ...['macro-dial', 'ext-local', 'incoming', 'from-trunk'].map((dcontext): [string, Row] => [
      `a telephone of the house, in ${dcontext}`,
      { dcontext, lastapp: 'Congestion', lastdata: '', dstchannel: '', disposition: 'FAILED' },
    ]),
    [
      'a telephone of the house that shows another number, in macro-dial',
      { dcontext: 'macro-dial', src: '6015550100', lastapp: 'Hangup', lastdata: '' },
    ],
    [
      'whom a program called over a trunk and put through to an agent',
      { channel: TRUNK, src: '573001110001', dstchannel: 'SIP/101-1', lastapp: 'Queue', lastdata: 'q' },
    ],
    ['nothing that is known', { channel: '', dstchannel: '', dcontext: '', lastapp: '', lastdata: '' }],
    ['a port with a number', { channel: TRUNK, dstchannel: 'DAHDI/12-1', lastapp: 'Hangup' }],
    ['a Local channel', { channel: 'Local/573001110001@from-internal-1;2', dcontext: 'from-internal' }],
  ])('%s is kept as dialed', (_name, row) => {
    expect(new Set(inEveryLayout(row))).toEqual(new Set(['573001110001']));
  });

  test('a short number over a trunk is kept, and so is one that rang nothing known', () => {
    for (const row of [
      {
        ...{ dst: '123456', dcontext: 'ivr-encuesta', channel: 'Local/123456@ivr-encuesta-1;2' },
        lastdata: 'SIP/carrier/123456',
      },
      { dst: '123456', lastdata: 'SIP/5501/123456,60', dstchannel: 'SIP/5501-1' },
      { dst: '123456', lastapp: 'Hangup', lastdata: '', dstchannel: '' },
      { dst: '123456', lastapp: 'Hangup', lastdata: '', dcontext: 'from-internal' },
    ]) {
      expect(new Set(inEveryLayout(row))).toEqual(new Set(['123456']));
    }
  });

  test('the column did shows that a call came in, where the caller is not an extension', () => {
    const sql = (row: Row) => inEveryLayout(row).at(-1);
    const row = { ...OWN_DID, dcontext: 'x' };
    expect([sql(row), sql({ ...row, did: '6015550100' })]).toEqual(['6015550100', 'inbound']);
    expect(sql({ did: '6015550100' })).toBe('573001110001');
    expect(sql({ ...row, src: row.dst, did: row.dst })).toBe('inbound');
    expect(sql({ ...row, did: '6015550100', lastapp: 'Dial', lastdata: ACROSS })).toBe('573001110001');
  });

  test('a line that is not a row stays rejected, and with all_dialed no row is checked', () => {
    const row = { ...CAME_IN, dcontext: 'from-trunk' };
    expect(new Set(inEveryLayout({ ...row, disposition: 'MAYBE' }))).not.toContain('inbound');
    const read = asteriskCsv.open({ ...context, all_dialed: true });
    expect(wordOf(read(cdrLine({ ...ROW, ...row })))).toBe('201');
  });
});

describe('FreeSWITCH', () => {
  const csvRow = (
    fields: Parameters<typeof cdrCsv>[0] & { context?: string },
    columns: 13 | 15 | 18 = 13,
    extra: FormatContext = context,
  ) => {
    const { context: entered = 'default', ...others } = fields;
    const line = cdrCsv(others, columns).replace('"default"', `"${entered}"`);
    return wordOf(freeswitchCsv.open(extra)(line));
  };

  test.each([13, 15, 18] as const)('csv, %i columns: by context and extensions', (columns) => {
    const caller_id_number = '573001234567';
    const came_in = { context: 'public', caller_id_number, destination_number: '6015550100' };
    expect(csvRow(came_in, columns)).toBe('inbound');
    expect(csvRow({ destination_number: '1001', caller_id_number: '1000' }, columns)).toBe('internal');
    expect(csvRow({ ...came_in, context: 'default' }, columns)).toBe('6015550100');
    expect(csvRow({ ...came_in, context: 'Public-own' }, columns)).toBe('6015550100');
    expect(csvRow({ ...came_in, caller_id_name: 'Outbound Call' }, columns)).toBe(caller_id_number);
    expect(csvRow({ ...came_in, caller_id_number: '1000' }, columns)).toBe('6015550100');
    expect(csvRow(came_in, columns, { ...context, all_dialed: true })).toBe('6015550100');
  });

  test('csv: a row that was bridged to a gateway was dialed, whatever its context', () => {
    const line = cdrCsv({ hangup_cause: 'USER_BUSY' }, 18)
      .replace('"default"', '"public"')
      .replace('"park",""', '"bridge","sofia/gateway/carrier/573001234567"');
    expect(line).toContain('gateway');
    expect(wordOf(freeswitchCsv.open(context)(line))).toBe('573001234567');
  });

  test('csv: a bridge to an address or a line dials the dialed number, not the caller', () => {
    const word = (bridge_channel: string, bridged_to: string, destination: string) => {
      const line = cdrCsv({ destination_number: destination, caller_id_number: '3009997777' }, 18)
        .replace('"default"', '"public"')
        .replace('"park",""', `"bridge","${bridged_to}"`)
        .split(',');
      line[6] = `"${bridge_channel}"`;
      return wordOf(freeswitchCsv.open(context)(line.join(',')));
    };
    const number = '573001234567';
    expect(word('', `{origination_caller_id_number=601}sofia/external/${number}@sbc.example`, number)).toBe(
      number,
    );
    expect(word(`sofia/external/+${number}@10.0.0.7`, '', number)).toBe(number);
    expect(word('', `freetdm/1/a/${number}`, number)).toBe(number);
    expect(word('sofia/external/3009997777@10.0.0.7', '', '6015550100')).toBe('inbound');
    expect(word('sofia/internal/1001@10.0.0.7', 'user/1001@house', '6015550100')).toBe('inbound');
  });

  test('json: legs that came in, and calls between extensions', () => {
    const read = (variables: Record<string, string>) =>
      wordOf(freeswitchJson.open(context)(JSON.stringify(json(variables))));
    const agent = { direction: 'inbound', sip_auth_username: '1000', originate_disposition: 'USER_BUSY' };
    expect(read({ direction: 'inbound' })).toBe('inbound');
    expect(read({ ...agent, dialed_extension: '1001' })).toBe('internal');
    expect(read({ dialed_user: '1001', sip_gateway_name: '' })).toBe('internal');
    expect(read(agent)).toBe('573001234567');
  });
});

test('csv: a declared direction, in the words of exports; an unknown one is rejected', () => {
  const map = parseColumnMap('telephone=to,dialed_at=at,result=r,direction=dir');
  if (map === undefined) throw new Error('no map');
  const read = csv.open({ ...context, map });
  read('to,at,r,dir');
  const word = (direction: string) => wordOf(read(`57300,${AT},BUSY,${direction}`));
  for (const out of ['Outbound', 'outbound-api', 'SALIENTE', 'out', '', 'Trunking Terminating']) {
    expect(word(out)).toBe('57300');
  }
  for (const came_in of ['inbound', 'Entrante', 'IN']) expect(word(came_in)).toBe('inbound');
  for (const inside of ['internal', 'Interna', 'local']) expect(word(inside)).toBe('internal');
  expect(word('sideways')).toMatch(/^direction is no word/);
});

describe('Vicidial', () => {
  test('vicidial_closer_log has the calls of in-groups: they came in', () => {
    const read = vicidialLog.open(context);
    const header = 'lead_id\tcall_date\tstart_epoch\tstatus\tphone_code\tphone_number\tuser\tuniqueid';
    expect(read(`closecallid\t${header}`)).toMatchObject({ reason: 'header' });
    const row = `7\t${AT}\t1793707200\tSALE\t57\t3001234567\tana\t1793707200.1`;
    expect(wordOf(read(`1\t${row}`))).toBe('inbound');
    // A vicidial_log appended to it.
    expect(read(header)).toMatchObject({ reason: 'header' });
    expect(wordOf(read(row))).toBe('573001234567');
  });

  test('an export: the user of in-groups', () => {
    const read = vicidialExport.open(context);
    read('call_date\tphone_number_dialed\tstatus\tuser\tphone_code\tuniqueid');
    const word = (user: string) => wordOf(read(`${AT}\t573001234567\tDROP\t${user}\t\t1793707200.1`));
    expect([word('VDCL'), word('VDAD'), word('ana')]).toEqual(['inbound', '573001234567', '573001234567']);
  });
});
