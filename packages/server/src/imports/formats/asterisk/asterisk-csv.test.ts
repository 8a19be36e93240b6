import { expect, test } from 'vitest';
import { CALL_S, type Columns, cdrLine, dialed } from '../../../../test/master-csv.js';
import type { Leg } from '../../reading/leg.js';
import { asteriskCsv } from './asterisk-csv.js';

const readUtc = asteriskCsv.open({ time_zone: 'UTC' });

function legOf(line: string, read = readUtc): Leg {
  const reading = read(line);
  if (reading.kind !== 'leg') throw new Error(`${reading.kind}: ${reading.reason}`);
  return reading;
}

test.each([
  [17, `${CALL_S}.9`],
  [18, `${CALL_S}.9`],
  [19, `${CALL_S}.1`],
  [20, `${CALL_S}.1`],
  [21, `${CALL_S}.1`],
] as const)('%i columns: the key is linkedid, else uniqueid', (columns: Columns, attempt_id) => {
  const leg = legOf(cdrLine({ uniqueid: `${CALL_S}.9`, billsec: 7 }, columns));
  expect(leg).toMatchObject({ attempt_id, telephone: '573001234567', code: 'no_answer', trunk: 'north' });
  expect(leg).toMatchObject({ dialed_at_s: CALL_S, duration_seconds: 7, amd: '' });
});

test('16 columns have no key: the line is its own', () => {
  const [first, again, other] = [cdrLine({}, 16), cdrLine({}, 16), cdrLine({ duration: 21 }, 16)].map((l) =>
    legOf(l),
  );
  expect(first?.attempt_id).toMatch(/^line-[0-9a-f]{32}$/);
  expect(again?.attempt_id).toBe(first?.attempt_id);
  expect(other?.attempt_id).not.toBe(first?.attempt_id);
});

test('17 and 20 columns with only the userfield are recognised by its form', () => {
  const answered = { disposition: 'ANSWERED', uniqueid: 'MACHINE' };
  expect(legOf(cdrLine(answered, 17))).toMatchObject({ code: 'answer_machine', amd: 'machine' });
  expect(legOf(cdrLine(answered, 17)).attempt_id).toMatch(/^line-/);
  expect(legOf(cdrLine(answered, 20))).toMatchObject({ amd: 'machine', attempt_id: `${CALL_S}.1` });
});

test.each([15, 22])('%i columns are rejected', (columns) => {
  const line = Array.from({ length: columns }, () => '""').join(',');
  expect(readUtc(line)).toMatchObject({
    kind: 'rejected',
    reason: `it has ${columns} columns, not 16 to 21`,
  });
});

test.each([
  ['ANSWERED', 'answer'],
  ['NO ANSWER', 'no_answer'],
  ['BUSY', 'busy'],
  ['FAILED', 'failed'],
  ['CONGESTION', 'congestion'],
  ['CANCEL', 'no_answer'],
  ['UNKNOWN', 'unknown'],
  ['no-answer', 'no_answer'],
])('%s is %s', (disposition, code) => {
  expect(legOf(cdrLine({ disposition })).code).toBe(code);
});

test('billsec decides nothing', () => {
  expect(legOf(cdrLine({ disposition: 'NO ANSWER', billsec: 12 })).code).toBe('no_answer');
  expect(legOf(cdrLine({ disposition: 'ANSWERED', billsec: 0 })).code).toBe('answer');
});

test.each([
  ['Dial', '', 'answer', ''],
  ['VoiceMail', '', 'answer_machine', ''],
  ['VoiceMail', 'HUMAN', 'answer', 'human'],
  ['Queue', 'AMD=MACHINE', 'answer_machine', 'machine'],
  ['Queue', 'MACHINE-LONGGREETING-1500-1500', 'answer_machine', 'machine'],
  ['Queue', 'notsure', 'answer', 'not_sure'],
  ['Queue', 'HANGUP', 'answer', 'hangup'],
  ['Queue', 'HUMAN RESOURCES', 'answer', ''],
])('ANSWERED with %s and userfield "%s" is %s', (lastapp, userfield, code, amd) => {
  expect(legOf(cdrLine({ disposition: 'ANSWERED', lastapp, userfield }))).toMatchObject({ code, amd });
});

test('a userfield says nothing of a call that was not answered', () => {
  expect(legOf(cdrLine({ disposition: 'BUSY', userfield: 'MACHINE' }))).toMatchObject({
    code: 'busy',
    amd: '',
  });
});

test.each([
  ['PJSIP/12484@south,30,tT', '12484', 'south'],
  ['SIP/south/12484|30|r', '12484', 'south'],
  ['PJSIP/south/sip:12484@10.0.0.1:5060', '12484', 'south'],
  ['IAX2/user:pass@south/12484@ctx', '12484', 'south'],
  ['DAHDI/g1/12484', '12484', 'g1'],
  ['Local/12484@ctx/n', '12484', 'north'],
  ['SIP/device,30', '573001234567', 'north'],
  ['PJSIP/1@south&PJSIP/2@north,30', '2', 'north'],
  ['PJSIP/1@a&PJSIP/2@b', '1', 'a'],
  ['PJSIP/9#0057300@south', '9#0057300', 'south'],
])('Dial(%s) dials %s over %s', (lastdata, telephone, trunk) => {
  expect(legOf(cdrLine({ lastdata }))).toMatchObject({ telephone, trunk });
});

test.each(['s', 'h', 'i', 't', '', 's-NOANSWER', 'alice'])('dst "%s" is no telephone', (dst) => {
  expect(readUtc(cdrLine({ dst, lastapp: 'Hangup', lastdata: '' }))).toEqual({
    kind: 'skipped',
    reason: 'no_telephone',
  });
});

test('a leg counts by the instant of its call, unless the clocks tell different stories', () => {
  const later = legOf(cdrLine({ start: '2026-11-03 12:00:41', uniqueid: `pbx-1-${CALL_S}.5` }));
  expect(later.dialed_at_s).toBe(CALL_S);
  expect(legOf(cdrLine({ start: '2026-11-03 16:00:00' })).dialed_at_s).toBe(CALL_S);
  expect(legOf(cdrLine({ start: '2026-11-03 16:00:01' })).dialed_at_s).toBe(CALL_S + 14_401);
});

test('wall times: zones, a skipped and a repeated hour, days that do not exist', () => {
  const at = (time_zone: string, start: string) =>
    legOf(cdrLine({ start, uniqueid: 'x' }, 16), asteriskCsv.open({ time_zone })).dialed_at_s;
  expect(at('America/Bogota', '2026-11-03 07:00:00')).toBe(CALL_S);
  expect(at('America/New_York', '2026-03-08 02:30:00')).toBe(Date.UTC(2026, 2, 8, 7) / 1_000);
  expect(at('America/New_York', '2026-11-01 01:30:00')).toBe(Date.UTC(2026, 10, 1, 5, 30) / 1_000);
  for (const start of [
    '2026-02-30 00:00:00',
    '2026-11-03 24:00:00',
    '2026-11-03 12:60:00',
    '2026-11-03',
    '',
  ]) {
    expect(readUtc(cdrLine({ start }))).toMatchObject({ kind: 'rejected' });
  }
});

test('the layout of cdr_custom is not taken for this one', () => {
  const line =
    '"""Ana"" <1000>","1000","573001234567","out","a","b","Dial","x","2026-11-03 12:00:00","2026-11-03 12:00:01",' +
    '"2026-11-03 12:00:09","9","8","ANSWERED","DOCUMENTATION","","1793707200.1","","7"';
  expect(readUtc(line)).toMatchObject({ kind: 'rejected' });
});

test('a name with quotes and commas moves no column', () => {
  expect(legOf(cdrLine(dialed('12484')))).toMatchObject({ telephone: '12484' });
});

test('rows of FreeSWITCH in the shape of Asterisk are not recognised', () => {
  const head = (disposition: string) => ({ text: '', lines: [cdrLine({ disposition })] });
  expect(asteriskCsv.recognise?.(head('NO ANSWER'))).toBe('18 columns, dates in columns 10 to 12');
  expect(asteriskCsv.recognise?.(head('NO_ANSWER'))).toBeUndefined();
  expect(asteriskCsv.recognise?.(head('USER_BUSY'))).toBeUndefined();
});
