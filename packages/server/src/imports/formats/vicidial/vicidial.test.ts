import { expect, test } from 'vitest';
import { NO_TRUNKS, Trunks } from '../../evidence/trunks.js';
import { type Reading, WrongFile } from '../../reading/reading.js';
import type { FormatContext, ImportFormat } from '../format.js';
import { vicidialExport } from './vicidial-export.js';
import { vicidialLog } from './vicidial-log.js';

/** 2026-11-03 12:00:00 UTC, 07:00 in Bogota. */
const CALL_S = 1_793_707_200;
const CONTEXT: FormatContext = { time_zone: 'America/Bogota' };

const LOG = {
  uniqueid: `${CALL_S}.1`,
  lead_id: '77',
  list_id: '998',
  campaign_id: 'COLLECT1',
  call_date: '2026-11-03 07:00:01',
  start_epoch: String(CALL_S),
  end_epoch: String(CALL_S + 20),
  length_in_sec: '20',
  status: 'NA',
  phone_code: '57',
  phone_number: '3001234567',
  user: 'VDAD',
  comments: 'AUTO',
  term_reason: 'NONE',
};
const CARRIER = {
  uniqueid: `${CALL_S}.1`,
  call_date: '2026-11-03 07:00:01',
  server_ip: '10.0.0.5',
  lead_id: '77',
  hangup_cause: '0',
  dialstatus: '',
  channel: 'SIP/north-0000abcd',
  dial_time: '8',
  answered_time: '0',
  sip_hangup_cause: '0',
  sip_hangup_reason: '',
  caller_code: 'V1103',
};

const lineOf = (fields: Record<string, string>, delimiter = '\t') => Object.values(fields).join(delimiter);
const headerOf = (fields: Record<string, string>, delimiter = '\t') => Object.keys(fields).join(delimiter);

/** The readings of a log's rows, without its header's. */
function log(rows: Partial<typeof LOG>[], context: Partial<FormatContext> = {}): Reading[] {
  const read = vicidialLog.open({ ...CONTEXT, ...context });
  return [headerOf(LOG), ...rows.map((row) => lineOf({ ...LOG, ...row }))].map(read).slice(1);
}
const one = (row: Partial<typeof LOG>, context: Partial<FormatContext> = {}) => log([row], context)[0];

/** The reading of a row of the log, after a row of the carrier log. */
function refined(carrier: Partial<typeof CARRIER>, row: Partial<typeof LOG> = {}, trunks?: Trunks) {
  const read = vicidialLog.open({ ...CONTEXT, ...(trunks && { trunks }) });
  read(headerOf(CARRIER));
  expect(read(lineOf({ ...CARRIER, ...carrier }))).toMatchObject({ kind: 'held' });
  expect(read(headerOf(LOG))).toEqual({ kind: 'skipped', reason: 'header' });
  return { reading: read(lineOf({ ...LOG, ...row })), left: read.left?.() };
}

test('a row is an attempt: phone_code and phone_number, start_epoch, and who spoke', () => {
  expect(one({ status: 'SALE', user: '6001' })).toEqual({
    kind: 'leg',
    attempt_id: `${CALL_S}.1`,
    telephone: '573001234567',
    dialed_at_s: CALL_S,
    code: 'answer',
    evidence: 'line_lives',
    said: 'SALE',
    amd: '',
    duration_seconds: 20,
    trunk: '',
    sip: undefined,
    cause: undefined,
    agent_id: '6001',
    customer_id: '77',
  });
});

test('phone_code is left out where it is asked for, and where there is none', () => {
  expect(one({}, { phone_code: 'omit' })).toMatchObject({ telephone: '3001234567' });
  expect(one({ phone_code: 'NULL' })).toMatchObject({ telephone: '3001234567' });
});

test('without start_epoch, call_date is wall time of the declared zone', () => {
  for (const start_epoch of ['', 'NULL', '0']) {
    expect(one({ start_epoch })).toMatchObject({ dialed_at_s: CALL_S + 1 });
  }
  expect(one({ start_epoch: '', call_date: '0000-00-00 00:00:00' })).toMatchObject({ kind: 'rejected' });
});

test.each([
  ['NA', 'no_answer'],
  ['N', 'no_answer'],
  ['AB', 'busy'],
  ['B', 'busy'],
  ['A', 'answer_machine'],
  ['AFAX', 'answer_machine'],
  ['ADC', 'failed'],
  ['DC', 'failed'],
  ['ADCT', 'congestion'],
  ['LRERR', 'failed'],
  ['DROP', 'answer'],
  ['XFER', 'answer'],
  ['SVYNEW', 'answer'],
  ['HUC34', 'congestion'],
  ['HUC19', 'no_answer'],
  ['HUC88', 'failed'],
])('status %s is %s', (status, code) => {
  expect(one({ status })).toMatchObject({ kind: 'leg', code, amd: '' });
});

test('AA, AM and AL are what AMD found, though the seed flags of AA do not say so', () => {
  for (const status of ['AA', 'AM', 'AL']) {
    expect(one({ status })).toMatchObject({ code: 'answer_machine', amd: 'machine' });
  }
});

test('calls that are not over, and entries that are no calls, are skipped', () => {
  for (const status of ['NEW', 'QUEUE', 'INCALL', 'DISPO', '', 'NULL']) {
    expect(one({ status })).toEqual({ kind: 'skipped', reason: 'not_final' });
  }
  expect(one({ status: 'DNCL' })).toEqual({ kind: 'skipped', reason: 'not_an_attempt' });
  expect(one({ phone_number: '' })).toEqual({ kind: 'skipped', reason: 'no_telephone' });
});

test("a status of the site's own is unknown on a line that lives when an agent gave it, else nothing says what it is", () => {
  const unknown = { code: 'unknown', evidence: 'line_lives', unknown_word: 'PROMISE' };
  expect(one({ status: 'PROMISE', user: '6001' })).toMatchObject({ ...unknown, agent_id: '6001' });
  expect(one({ status: 'PROMISE', user: 'VDAD' })).toMatchObject({
    kind: 'rejected',
    unknown_word: 'PROMISE',
  });
  // Statuses of surveys are Vicidial's own, for every method.
  expect(one({ status: 'SVYNEW', user: 'VDAD' })).toMatchObject({ code: 'answer' });
  const carrier = { hangup_cause: '17', dialstatus: 'BUSY' };
  expect(refined(carrier, { status: 'PROMISE', user: '6001' }).reading).toMatchObject(unknown);
  expect(refined(carrier, { status: 'CG' }).reading).toMatchObject({ code: 'busy', unknown_word: 'CG' });
});

test('a declared status has its declared meaning, whoever chose it', () => {
  const words = [
    { word: 'buzon', trunk: '', result: 'answer_machine' },
    { word: 'NOCON', trunk: '', result: 'no_answer' },
    { word: 'SALE', trunk: '', result: 'abandon' },
    { word: 'NEW', trunk: '', result: 'failed' },
    { word: 'HUC17', trunk: '', result: 'congestion' },
    { word: 'NOCON', trunk: 'north', result: 'failed' },
  ] as const;
  const trunks = NO_TRUNKS.withWords(words);
  const declared = (row: Parameters<typeof one>[0]) => one(row, { trunks });
  for (const user of ['6001', 'VDAD']) {
    expect(declared({ status: 'BUZON', user })).toMatchObject({ code: 'answer_machine' });
    expect(declared({ status: ' NoCon ', user })).toMatchObject({ code: 'no_answer', evidence: 'none' });
  }
  expect(declared({ status: 'BUZON' })).not.toHaveProperty('unknown_word');
  expect(declared({ status: 'SALE' })).toMatchObject({ code: 'abandon' });
  expect(declared({ status: 'NEW' })).toMatchObject({ code: 'failed' });
  expect(declared({ status: 'HUC17' })).toMatchObject({ code: 'congestion' });
  const answered = { hangup_cause: '16', dialstatus: 'ANSWER' };
  const of_north = refined(answered, { status: 'NOCON', user: '6001' }, trunks);
  expect(of_north.reading).toMatchObject({ code: 'failed', trunk: 'north' });
  // The network is better evidence than a word, as ever.
  const busy = refined({ hangup_cause: '17', dialstatus: 'BUSY' }, { status: 'NOCON' }, trunks);
  expect(busy.reading).toMatchObject({ code: 'busy' });
});

test.each([
  [{ hangup_cause: '34', dialstatus: 'CONGESTION' }, 'congestion'],
  [{ hangup_cause: '1', dialstatus: 'CHANUNAVAIL' }, 'failed'],
  [{ hangup_cause: '20', dialstatus: 'CHANUNAVAIL' }, 'no_answer'],
  [{ hangup_cause: '0', dialstatus: 'BUSY' }, 'busy'],
  [{ hangup_cause: '102', sip_hangup_cause: '408', dialstatus: 'NOANSWER' }, 'no_answer'],
  [{ hangup_cause: '16', dialstatus: 'ANSWER' }, 'no_answer'],
  [{ hangup_cause: '0', dialstatus: 'ANSWER' }, 'answer'],
  [{ hangup_cause: '0', dialstatus: '' }, 'no_answer'],
])('NA with the carrier log %j is %s', (carrier, code) => {
  const { reading, left } = refined(carrier);
  expect(reading).toMatchObject({ code, trunk: 'north', takes_along: 1 });
  expect(left).toEqual({ reason: 'carrier_row_alone', lines: 0 });
});

test('what an agent or AMD said of a call stands, whatever the carrier says of its end', () => {
  const answered = { hangup_cause: '16', dialstatus: 'ANSWER' };
  expect(refined(answered, { status: 'DC', user: '6001' }).reading).toMatchObject({
    code: 'failed',
    cause: 16,
  });
  expect(refined(answered, { status: 'B', user: '6001' }).reading).toMatchObject({ code: 'busy' });
  expect(refined(answered, { status: 'AA' }).reading).toMatchObject({
    code: 'answer_machine',
    amd: 'machine',
  });
  expect(refined({ hangup_cause: '38' }, { status: 'SALE', user: '6001' }).reading).toMatchObject({
    code: 'answer',
  });
});

test('the SIP code goes before the cause, and both are kept', () => {
  const { reading } = refined({ hangup_cause: '102', sip_hangup_cause: '486' }, { status: 'HUC102' });
  expect(reading).toMatchObject({ code: 'busy', sip: 486, cause: 102 });
});

test("a trunk's own rules hold; its prefixes were never part of phone_number", () => {
  const trunks = new Trunks({ north: { strip_prefix: ['57'], outcomes: { 'sip:486': 'congestion' } } });
  const { reading } = refined({ sip_hangup_cause: '486' }, {}, trunks);
  expect(reading).toMatchObject({ code: 'congestion', telephone: '573001234567' });
});

test('a row of the carrier log counts once, and those of no attempt are left', () => {
  const read = vicidialLog.open(CONTEXT);
  read(headerOf(CARRIER));
  for (const nr of [1, 2, 3]) {
    const row = lineOf({ ...CARRIER, uniqueid: `${CALL_S}.${nr}`, hangup_cause: '34' });
    expect(read(row)).toMatchObject({ kind: 'held' });
    expect(read(row)).toEqual({ kind: 'skipped', reason: 'carrier_row_alone' });
  }
  read(headerOf(LOG));
  expect(read(lineOf(LOG))).toMatchObject({ code: 'congestion', takes_along: 1 });
  // Two exports that overlap: both calls get the carrier's data, and its row counts once.
  const again = read(lineOf(LOG));
  expect(again).toMatchObject({ code: 'congestion' });
  expect(again).not.toHaveProperty('takes_along');
  read(lineOf({ ...LOG, uniqueid: `${CALL_S}.2`, status: 'QUEUE' }));
  expect(read.left?.()).toEqual({ reason: 'carrier_row_alone', lines: 2 });
});

test('more rows than fit in memory are refused with the way out', () => {
  const read = vicidialLog.open(CONTEXT);
  read('uniqueid,hangup_cause');
  for (let nr = 0; nr < 1_000_000; nr += 1) read(`${CALL_S}.${nr},34`);
  expect(() => read(`${CALL_S}.1000000,34`)).toThrow(/more than 1000000 rows: cut it and the log by day/);
});

test('CSV with quotes, columns in any order, a header that comes again', () => {
  const read = vicidialLog.open(CONTEXT);
  const header = 'status,phone_number,"call_date",comments';
  expect(read(header)).toEqual({ kind: 'skipped', reason: 'header' });
  const row = 'AB,3001234567,"2026-11-03 07:00:00","says ""call, later"""';
  expect(read(row)).toMatchObject({ code: 'busy', dialed_at_s: CALL_S, attempt_id: 'no-key' });
  expect(read(header)).toEqual({ kind: 'skipped', reason: 'header' });
  expect(read(row)).toMatchObject({ code: 'busy' });
});

test('a file without the required columns is refused', () => {
  const wholly = (format: ImportFormat, line: string) => {
    const read = format.open(CONTEXT);
    read(line);
    read.end?.();
  };
  expect(() => wholly(vicidialLog, 'lead_id\tstatus')).toThrow(WrongFile);
  expect(() => wholly(vicidialLog, lineOf(LOG))).toThrow(WrongFile);
  expect(() => wholly(vicidialExport, headerOf(LOG))).toThrow(WrongFile);
});

const EXPORT = {
  call_date: '2026-11-03 07:00:00',
  phone_number_dialed: '3009999999',
  status: 'NA',
  user: 'VDAD',
  full_name: 'Outbound Auto Dial',
  campaign_id: 'COLLECT1',
  vendor_lead_code: 'C-17',
  source_id: '',
  list_id: '998',
  gmt_offset_now: '-5.00',
  phone_code: '57',
  phone_number: '3001234567',
  lead_id: '77',
  length_in_sec: '0',
};

function exported(row: Record<string, string>, header = EXPORT as Record<string, string>): Reading {
  const read = vicidialExport.open(CONTEXT);
  expect(read(headerOf(header))).toEqual({ kind: 'skipped', reason: 'header' });
  return read(lineOf({ ...header, ...row }));
}

test("an export's telephone is the dialed one, not the lead's", () => {
  expect(exported({})).toMatchObject({
    telephone: '573009999999',
    dialed_at_s: CALL_S,
    attempt_id: 'lead-77',
    customer_id: '77',
    code: 'no_answer',
    agent_id: '',
  });
});

test('an export whose two columns are both phone_number: the first was dialed', () => {
  const read = vicidialExport.open(CONTEXT);
  read(headerOf(EXPORT).replace('phone_number_dialed', 'phone_number'));
  expect(read(lineOf(EXPORT))).toMatchObject({ telephone: '573009999999' });
});

test("the extended export's carrier fields refine its status", () => {
  const more = {
    uniqueid: `${CALL_S}.1`,
    hangup_cause: '1',
    dialstatus: 'CHANUNAVAIL',
    channel: 'SIP/north-01',
  };
  expect(exported({}, { ...EXPORT, ...more })).toMatchObject({
    attempt_id: `${CALL_S}.1`,
    code: 'failed',
    cause: 1,
    trunk: 'north',
  });
});

test('the formats are recognised by their headers', () => {
  const seen = (header: string) => {
    const head = { text: header, lines: [header] };
    return [vicidialLog, vicidialExport].flatMap((format) => (format.recognise?.(head) ? [format.name] : []));
  };
  expect(seen(headerOf(LOG))).toEqual(['vicidial-log']);
  expect(seen(headerOf(CARRIER))).toEqual(['vicidial-log']);
  expect(seen(headerOf(EXPORT))).toEqual(['vicidial-export']);
  const older = headerOf(EXPORT).replace('phone_number_dialed', 'phone_number');
  expect(seen(older)).toEqual(['vicidial-export']);
  expect(seen(older.replace('phone_number\t', 'number\t'))).toEqual([]);
  expect(seen('calldate,clid,src,dst')).toEqual([]);
});
