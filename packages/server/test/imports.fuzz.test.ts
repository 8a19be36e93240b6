import type { ImportCounts } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportFormat } from '../src/imports/formats/format.js';
import { FORMATS } from '../src/imports/formats/registry.js';
import { type Reading, type ReadLine, WrongFile } from '../src/imports/reading/reading.js';
import { parseColumnMap } from '../src/imports/rows/column-map.js';
import { SpanningRecords } from '../src/imports/rows/spanning.js';
import { FollowedRecords } from '../src/imports/running/followed-records.js';
import { TestService } from './harness.js';
import { cdrLine, dialed } from './master-csv.js';

/**
 * Mutated lines and files: no crash, no 500, and every record is accounted for. `npm run fuzz` does all of them, a
 * push a tenth.
 */
const FULL = process.env.RECUENTO_FUZZ === 'full';
const LINES = FULL ? 100_000 : 10_000;
const FILES = FULL ? 1_000 : 100;
const SEED = Number(process.env.RECUENTO_FUZZ_SEED ?? 1);

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

/** A small file of each format, from which the mutants are made. */
const SAMPLES: Readonly<Record<string, string>> = {
  'asterisk-csv': `${[16, 17, 18, 19, 20, 21]
    .map((columns) => cdrLine(dialed('573001234567'), columns as 16))
    .join('\n')}\n`,
  'asterisk-custom':
    '"""Ana"" <1000>","1000","573001234567","out","PJSIP/1000-1","PJSIP/north-2","Dial","PJSIP/573001234567@north,30","2026-11-03 12:00:00","","2026-11-03 12:00:20","20","0","NO ANSWER","DOCUMENTATION","","1793707200.1","","7"\n'.repeat(
      3,
    ),
  'asterisk-sql':
    'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield\n' +
    '"2026-11-03 12:00:00",NULL,"1000","573001234567","out","PJSIP/1000-1","PJSIP/north-2","Dial","PJSIP/573001234567@north",20,0,"BUSY",3,"","1793707200.1",NULL\n'.repeat(
      3,
    ),
  csv: 'dst,calldate,result\n573001234567,2026-11-03 12:00:00,busy\n573001234568,2026-11-03T12:00:00Z,NO ANSWER\n',
  'freeswitch-csv':
    '"Ana","1000","573001234567","default","2026-11-03 12:00:00","","2026-11-03 12:00:20","20","0","USER_BUSY","5f1c7f6e-1111-4222-8333-123456789abc","","acme","PCMU","PCMU"\n'.repeat(
      3,
    ),
  'freeswitch-json':
    '{"core-uuid":"c","channel_data":{"direction":"outbound"},"variables":{"uuid":"5f1c7f6e-1111-4222-8333-123456789abc","start_epoch":"1793707200","answer_epoch":"0","end_epoch":"1793707220","billsec":"0","hangup_cause":"USER_BUSY","hangup_cause_q850":"17","start_stamp":"2026-11-03%2012%3A00%3A00","sip_gateway_name":"north"},"callflow":[{"caller_profile":{"destination_number":"573001234567","uuid":"5f1c7f6e-1111-4222-8333-123456789abc"}}]}\n'.repeat(
      3,
    ),
  'freeswitch-xml':
    '<?xml version="1.0"?><cdr core-uuid="c"><channel_data><direction>outbound</direction></channel_data><variables><uuid>5f1c7f6e-1111-4222-8333-123456789abc</uuid><start_epoch>1793707200</start_epoch><hangup_cause>USER_BUSY</hangup_cause><sip_gateway_name>north%20a</sip_gateway_name></variables><callflow><caller_profile><destination_number>573001234567</destination_number></caller_profile></callflow></cdr>\n',
  fusionpbx:
    '"extension","start_stamp","start_epoch","hangup_cause","xml_cdr_uuid","bridge_uuid","direction","billsec","caller_id_name","caller_id_number","destination_number","leg","answer_stamp","tta"\n' +
    '"101","2026-11-03 07:00:00.123456-05","1793707200","USER_BUSY","5f1c7f6e-1111-4222-8333-123456789abc","","outbound","0","Ana","101","573001234567","a","",""\n'.repeat(
      3,
    ),
  grandstream:
    'AcctId,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,billsec,disposition,uniqueid,userfield,channel_ext,dstchannel_ext,service,session,dst_trunk_name\n' +
    '62,1000,573001234567,from-internal,"Ana" <1000>,PJSIP/1000-1,PJSIP/trunk_1-2,Dial,PJSIP/trunk_1/573001234567,60,,2026-11-03 12:00:00,,0,BUSY,1793707200.1,Outbound,1000,trunk_1,s,1793707200000000-1000,Claro\n'.repeat(
      3,
    ),
  plivo:
    '{"meta":{"limit":20},"objects":[{"call_uuid":"u1","to_number":"573001234567","call_direction":"outbound","initiation_time":"2026-11-03 17:30:00+05:30","answer_time":null,"end_time":"2026-11-03 17:30:09+05:30","hangup_cause_code":3010,"hangup_cause_name":"Busy Line"},{"call_uuid":"u2","to_number":"573001234568","call_direction":"outbound","initiation_time":"2026-11-03 17:30:00+05:30","answer_time":"2026-11-03 17:30:05+05:30","end_time":"2026-11-03 17:30:09+05:30","hangup_cause_code":4000}]}',
  twilio:
    '{"calls":[{"sid":"CA1","to":"+573001234567","from":"+1","status":"busy","start_time":"Tue, 03 Nov 2026 12:00:00 +0000","duration":"","direction":"outbound-api","answered_by":null},{"sid":"CA2","to":"+573001234568","status":"completed","start_time":"Tue, 03 Nov 2026 12:00:00 +0000","duration":"12","direction":"outbound-dial","answered_by":"machine_start"}]}',
  'vicidial-log':
    'uniqueid,call_date,server_ip,lead_id,hangup_cause,dialstatus,channel,dial_time,answered_time,sip_hangup_cause,sip_hangup_reason,caller_code\n' +
    '1793707200.1,2026-11-03 12:00:20,10.0.0.1,7,17,BUSY,SIP/north-1,20,0,486,Busy Here,V1\n' +
    'uniqueid,lead_id,list_id,campaign_id,call_date,start_epoch,end_epoch,length_in_sec,status,phone_code,phone_number,user,comments,processed,user_group,term_reason,alt_dial,called_count\n' +
    '1793707200.1,7,1,C,2026-11-03 12:00:00,1793707200,1793707220,20,NA,57,3001234567,VDAD,AUTO,N,,NONE,MAIN,1\n'.repeat(
      3,
    ),
  'vicidial-export':
    'call_date\tphone_number_dialed\tstatus\tuser\tfull_name\tcampaign_id\tvendor_lead_code\tsource_id\tlist_id\tgmt_offset_now\tphone_code\tphone_number\n' +
    '2026-11-03 12:00:00\t573001234567\tB\tVDAD\tAuto\tC\tk\t\t1\t-5\t57\t3001234567\n'.repeat(3),
  'vendor-campaign-3':
    '{"code":200,"error":null,"msg":"1 records were found","data":[{"campaign_id":"1001","customer_name":"Ana","customer_last_name":"","id_type":"","customer_id":"k","date":"2026-11-03 12:00:00","telephone":"573001234567","result":"NO-ANSWER","opt1":"x","conn_id":"c1"}]}',
};

const PIECES = [
  '"',
  '""',
  ',',
  '\t',
  '\r',
  '\n',
  '\\',
  '\\u0000',
  '\u0000',
  '{',
  '}',
  '[',
  ']',
  ':',
  'NULL',
  '\\N',
  '-1',
  '99999999999',
  '%',
  '%ZZ',
  'é',
  '\ud800',
  '😀',
  'ANSWERED',
  '2026-02-30 25:61:61',
  ' ',
  '5.73E+11',
  '573001234567.0',
  '="573001234567"',
  "'",
  'nan',
  'None',
  'Anonymous',
  '"Ana" <1>',
  '"x\n\ny"',
  ',"',
  '",',
  'sep=;\n',
  '3/11/26 9:15 p. m.',
  '2026/11/3 9:15-05',
  '-1772460910',
];

/** A seeded generator of whole numbers below `bound`. */
function numbers(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

function mutated(text: string, below: (bound: number) => number): string {
  let mutant = text;
  for (let times = 1 + below(4); times > 0; times -= 1) {
    const at = below(mutant.length + 1);
    const length = below(8);
    const piece = PIECES[below(PIECES.length)] ?? '';
    const kinds = [
      () => mutant.slice(0, at) + piece + mutant.slice(at),
      () => mutant.slice(0, at) + mutant.slice(at + length),
      () => mutant.slice(0, at) + piece + mutant.slice(at + length),
      () => mutant.slice(0, at) + mutant.slice(at, at + length).repeat(2) + mutant.slice(at + length),
      () => mutant.slice(0, at),
    ];
    mutant = kinds[below(kinds.length)]?.() ?? mutant;
  }
  return mutant;
}

const MAP = 'telephone=dst,dialed_at=calldate,result=result';

function readerOf(format: ImportFormat) {
  const map = parseColumnMap(MAP);
  if (!map) throw new Error(`${MAP} is no column map`);
  return format.open({ campaign_id: 1001, time_zone: 'UTC', map });
}

test('every format has a sample', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(FORMATS.map(({ name }) => name).sort());
});

test(`${LINES} mutated lines: each is a leg, skipped or rejected, and no reader throws`, () => {
  const below = numbers(SEED);
  const kinds = new Map<string, number>();
  for (let at = 0; at < LINES; at += 1) {
    const format = FORMATS[at % FORMATS.length];
    if (!format) continue;
    const read = readerOf(format);
    const sample = SAMPLES[format.name] ?? '';
    const records = format.cut && format.cut.into !== 'lines' ? [sample] : sample.trimEnd().split('\n');
    const victim = below(records.length);
    records.forEach((record, index) => {
      const text = index === victim ? mutated(record, below) : record;
      for (const line of text.split('\n')) {
        const kind = kindOf(read, line, format.name);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
    });
  }
  // Else the mutants would be too tame, or too wild, to show anything.
  for (const kind of ['leg', 'rejected']) expect(kinds.get(kind) ?? 0).toBeGreaterThan(LINES / 100);
});

function kindOf(read: ReturnType<typeof readerOf>, line: string, name: string): string {
  try {
    const reading = read(line);
    if (reading.kind === 'rejected') expect(reading.reason.length).toBeGreaterThan(3);
    return reading.kind;
  } catch (error) {
    if (error instanceof WrongFile) return 'wrong file';
    throw new Error(`${name} (seed ${SEED}) cannot read ${JSON.stringify(line)}`, { cause: error });
  }
}

/** Formats of lines whose rows stand for themselves, so that a part of a file says the same as it does in the whole. */
const IN_PARTS = ['csv', 'asterisk-sql', 'fusionpbx', 'grandstream', 'vendor-campaign-3', 'vicidial-export'];

test(`${LINES / 10} mutated files of lines: no line is lost, and in whole parts they say the same`, () => {
  const below = numbers(SEED + 2);
  let with_spans = 0;
  let in_parts = 0;
  for (let nr = 0; nr < LINES / 10; nr += 1) {
    const format = FORMATS[nr % FORMATS.length];
    if (!format || format.cut?.into === 'json' || format.cut?.into === 'xml') continue;
    const sample = format.name === 'vendor-campaign-3' ? VENDOR_FILE : (SAMPLES[format.name] ?? '');
    const text = Buffer.from(mutated(sample, below)).toString();
    if (text.trim() === '' || /^[[{]/.test(text.trimStart())) continue;
    const context = `${format.name} (seed ${SEED}): ${JSON.stringify(text)}`;
    const whole = recordsIn(readerOf(format), text);
    if (whole === undefined) continue;
    expect(whole.records.map((record) => record.text).join('\n'), context).toBe(withoutLastEnd(text));
    for (const { reading } of whole.records) {
      if (reading !== 'blank' && reading.kind === 'leg')
        expect(reading.telephone, context).toMatch(TELEPHONE);
    }
    if (whole.records.some((record) => record.text.includes('\n'))) with_spans += 1;
    if (!IN_PARTS.includes(format.name)) continue;
    in_parts += 1;
    expect(readInParts(format, text, below), context).toEqual(whole.records);
  }
  expect(with_spans).toBeGreaterThan(LINES / 2_000);
  expect(in_parts).toBeGreaterThan(LINES / 50);
});

const VENDOR_FILE =
  'campaign_id,telephone,date,result,conn_id\n1001,573001234567,2026-11-03 12:00:00,BUSY,c1\n1001,"573001234568",2026-11-03 12:00:00,"NO ANSWER",c2\n';
/** What is stored as one has digits, and none that a spreadsheet left of it. */
const TELEPHONE = /^[+*#(]*\d[\d*#+(). /\u2010-\u2015-]*$/;

interface FileRecord {
  readonly text: string;
  readonly reading: Reading | 'blank';
}

/** Undefined where it is no file of its format. */
function recordsIn(read: ReadLine, text: string): { records: FileRecord[] } | undefined {
  const records: FileRecord[] = [];
  const spanning = new SpanningRecords(read, (_, record, reading) => records.push({ text: record, reading }));
  try {
    for (const line of withoutLastEnd(text).split('\n')) spanning.take(1, line);
    spanning.finish();
    read.end?.();
  } catch (error) {
    if (error instanceof WrongFile) return undefined;
    throw error;
  }
  return { records };
}

/** As `--follow` sends a file that grows, by parts of whole records. */
function readInParts(format: ImportFormat, text: string, below: (bound: number) => number): FileRecord[] {
  const followed = new FollowedRecords(format.name, MAP);
  const bytes = Buffer.from(text);
  const found: FileRecord[] = [];
  let [from, to] = [0, 0];
  while (from < bytes.length) {
    to = Math.min(bytes.length, to + 1 + below(80));
    const header = from === 0 ? Buffer.alloc(0) : followed.headerOf(bytes).bytes;
    const lines = bytes.subarray(from, bytes.subarray(0, to).lastIndexOf('\n') + 1);
    const at_end = to === bytes.length;
    const part = at_end
      ? bytes.subarray(from)
      : lines.length > 0
        ? lines.subarray(0, followed.wholeOf(header, lines))
        : lines;
    if (part.length === 0) continue;
    const records = recordsIn(readerOf(format), Buffer.concat([header, part]).toString())?.records ?? [];
    found.push(
      ...records.slice(
        header.length === 0 ? 0 : recordsIn(readerOf(format), header.toString())?.records.length,
      ),
    );
    from += part.length;
  }
  return found;
}

function withoutLastEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

const OF_JSON = ['freeswitch-json', 'twilio', 'vendor-campaign-3'];

test(`${FILES} mutated files: 202 with every record accounted for, or an entry of the catalogue`, async () => {
  const below = numbers(SEED + 1);
  const operation = await service.operation({ time_zone: 'UTC' });
  const statuses = new Map<number, number>();
  for (let at = 0; at < FILES; at += 1) {
    const { name } = FORMATS[at % FORMATS.length] ?? { name: '' };
    const format = below(4) === 0 && name !== 'csv' ? 'auto' : name;
    const body = Buffer.from(mutated((SAMPLES[name] ?? '').repeat(1 + below(3)), below));
    if (body.length > 0 && below(3) === 0) body[below(body.length)] = below(256);
    const map = format === 'csv' ? `&map=${encodeURIComponent(MAP)}` : '';
    const only = at % 7 === 0 && !OF_JSON.includes(name) ? '&only=%231!=x,573*' : '';
    const reply = await service.service.inject({
      method: 'POST',
      url: `/v1/imports?format=${format}&campaign_id=${1 + below(3)}&time_zone=UTC${map}${only}`,
      headers: { authorization: `Bearer ${operation.token}`, 'content-type': 'application/octet-stream' },
      payload: body,
    });
    const context = `seed ${SEED}, file ${at} of ${format}: ${reply.body}`;
    statuses.set(reply.statusCode, (statuses.get(reply.statusCode) ?? 0) + 1);
    if (reply.statusCode !== 202) {
      expect([400, 413, 422], context).toContain(reply.statusCode);
      expect(reply.json(), context).toMatchObject({ status: reply.statusCode, id: expect.any(String) });
      continue;
    }
    const counts: ImportCounts = reply.json();
    const { read, stored, unchanged, joined, skipped, rejected } = counts;
    expect(read, context).toBe(stored + unchanged + joined + skipped + rejected);
    expect(
      Object.values(counts.skipped_by_reason).reduce((sum, lines) => sum + lines, 0),
      context,
    ).toBe(skipped);
  }
  expect(statuses.get(202) ?? 0).toBeGreaterThan(FILES / 3);
}, 600_000);
