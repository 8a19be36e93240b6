import { expect, test } from 'vitest';
import type { Leg } from '../../reading/leg.js';
import type { Reading } from '../../reading/reading.js';
import { WrongFile } from '../../reading/reading.js';
import { parseRfc2822 } from './rfc-2822.js';
import { twilio } from './twilio.js';

const SID = `CA${'a'.repeat(32)}`;
const AT_S = Date.UTC(2026, 10, 3, 12) / 1_000;

const CALL = {
  account_sid: `AC${'a'.repeat(32)}`,
  answered_by: null,
  date_created: 'Tue, 03 Nov 2026 11:59:58 +0000',
  direction: 'outbound-api',
  duration: '0',
  end_time: 'Tue, 03 Nov 2026 12:00:30 +0000',
  from: '+16015550100',
  sid: SID,
  start_time: 'Tue, 03 Nov 2026 12:00:00 +0000',
  status: 'no-answer',
  subresource_uris: { recordings: '/2010-04-01/Recordings.json' },
  to: '+573001234567',
};

const read = (text: string, time_zone = 'UTC') => twilio.open({ time_zone })(text);
const readCall = (fields: object) => read(JSON.stringify({ ...CALL, ...fields }));

function leg(reading: Reading): Leg {
  if (reading.kind !== 'leg') throw new Error(`${reading.kind}: ${reading.reason}`);
  return reading;
}

test.each([
  [{}, 'no_answer', ''],
  [{ status: 'busy' }, 'busy', ''],
  [{ status: 'failed' }, 'failed', ''],
  [{ status: 'canceled' }, 'no_answer', ''],
  [{ status: 'completed', duration: '4' }, 'answer', ''],
  [{ status: 'busy', duration: 'long' }, 'busy', ''],
  [{ status: 'busy', direction: 'trunking-terminating' }, 'busy', ''],
  [{ status: 'busy', direction: 'trunking_terminating' }, 'busy', ''],
  [{ status: 'busy', direction: 'outbound' }, 'busy', ''],
  [{ status: 'completed', answered_by: 'human' }, 'answer', 'human'],
  [{ status: 'completed', answered_by: 'unknown' }, 'answer', 'not_sure'],
  [{ status: 'completed', answered_by: 'machine_start' }, 'answer_machine', 'machine'],
  [{ status: 'completed', answered_by: 'machine_end_silence' }, 'answer_machine', 'machine'],
  [{ status: 'completed', answered_by: 'fax' }, 'answer_machine', 'machine'],
  [{ status: 'no-answer', answered_by: 'machine_start' }, 'no_answer', ''],
  [{ status: undefined, call_state: 'noanswer' }, 'no_answer', ''],
  [{ status: undefined, call_state: 'fail' }, 'failed', ''],
])('%j is %s', (fields, code, amd) => {
  expect(leg(readCall(fields))).toMatchObject({
    attempt_id: SID,
    telephone: '+573001234567',
    dialed_at_s: AT_S,
    code,
    amd,
  });
});

test.each([
  [{ direction: 'inbound' }, 'inbound'],
  [{ direction: 'trunking-originating' }, 'inbound'],
  [{ status: 'queued' }, 'not_final'],
  [{ status: 'ringing' }, 'not_final'],
  [{ status: 'in-progress' }, 'not_final'],
  [{ status: undefined, call_state: 'undialed' }, 'not_dialed'],
  [{ to: 'client:ana' }, 'no_telephone'],
  [{ to: 'sip:ana@example.com' }, 'no_telephone'],
])('%j is skipped', (fields, reason) => {
  expect(readCall(fields)).toEqual({ kind: 'skipped', reason });
});

test.each([
  [{ sid: '' }, 'sid is missing'],
  [{ direction: null }, 'direction is missing'],
  [{ status: 'whatever' }, 'status is no word that says how an attempt ended'],
  [{ start_time: '3/11/2026' }, 'start_time is no date-time'],
  [{ direction: 'sideways' }, "direction is none of Twilio's"],
  [{ sid: 'x'.repeat(129) }, 'sid has more than 128 characters'],
  [{ start_time: 'Tue, 03 Nov 1998 12:00:00 +0000' }, 'start_time is not between the years 2000 and 2100'],
])('%j is rejected', (fields, reason) => {
  expect(readCall(fields)).toMatchObject({ kind: 'rejected', reason });
});

test('a call that was never put through has the time of its making', () => {
  expect(leg(readCall({ start_time: null, status: 'canceled' })).dialed_at_s).toBe(AT_S - 2);
});

test('a summary of Voice Insights', () => {
  const { sid, status, to, ...rest } = CALL;
  const summary = {
    ...rest,
    call_sid: sid,
    call_state: 'noanswer',
    to: { callee: to, country_code: 'CO' },
    start_time: '2026-11-03T12:00:00Z',
  };
  expect(leg(read(JSON.stringify(summary)))).toMatchObject({
    attempt_id: SID,
    telephone: to,
    code: 'no_answer',
  });
});

test.each([
  'Call Sid,To,Status,Start Time,Direction',
  'sid,to,status,start_time,direction',
  'Call Sid,To,Call Status,Start Time,Call Direction',
  'direction;start_time;status;to;sid',
])('a file with the header %s', (header) => {
  const line = header.includes(';')
    ? `outbound-api;"Tue, 03 Nov 2026 12:00:00 +0000";busy;+573001234567;${SID}`
    : `${SID},+573001234567,busy,"Tue, 03 Nov 2026 12:00:00 +0000",outbound-dial`;
  const reader = twilio.open({ time_zone: 'UTC' });
  expect(reader(header)).toEqual({ kind: 'skipped', reason: 'header' });
  expect(leg(reader(line))).toMatchObject({ attempt_id: SID, dialed_at_s: AT_S, code: 'busy' });
  expect(reader(line.replace('outbound', 'inbound'))).toMatchObject({
    kind: expect.not.stringMatching('leg'),
  });
});

test('times of a file: ISO with an offset, without one in the declared zone', () => {
  const at = (start: string) => {
    const reader = twilio.open({ time_zone: 'America/Bogota' });
    reader('sid,to,status,start_time');
    return leg(reader(`${SID},+57,busy,${start}`)).dialed_at_s;
  };
  expect(at('2026-11-03T12:00:00Z')).toBe(AT_S);
  expect(at('2026-11-03T07:00:00-05:00')).toBe(AT_S);
  expect(at('2026-11-03 07:00:00')).toBe(AT_S);
});

test.each(['a,b', 'sid,to,status', 'one column'])(
  'a file that begins with "%s" is none of these',
  (header) => {
    const reader = twilio.open({ time_zone: 'UTC' });
    expect(reader(header)).toEqual({ kind: 'skipped', reason: 'header' });
    expect(() => reader.end?.()).toThrow(WrongFile);
  },
);

test('what its libraries and its command line write, in their spelling', () => {
  const calls = [
    {
      sid: SID,
      to: '+573001234567',
      status: 'completed',
      answeredBy: 'machine_start',
      direction: 'outbound-api',
    },
    { sid: SID, to: '+573001234567', status: 'busy', answeredBy: null, direction: 'inbound' },
    {
      sid: SID,
      to: '+573001234567',
      status: 'failed',
      dateCreated: '2026-11-03T12:00:00.000Z',
      direction: 'outbound-api',
      startTime: null,
    },
  ];
  const read = twilio.open({ time_zone: 'UTC' });
  const readings = calls.map((call) =>
    read(JSON.stringify({ startTime: '2026-11-03T12:00:00.000Z', ...call })),
  );
  expect(readings).toMatchObject([
    { code: 'answer_machine', dialed_at_s: Date.UTC(2026, 10, 3, 12) / 1_000 },
    { kind: 'skipped', reason: 'inbound' },
    { code: 'failed', dialed_at_s: Date.UTC(2026, 10, 3, 12) / 1_000 },
  ]);
});

test('it is recognised by the sid of a call', () => {
  const recognise = (text: string) => twilio.recognise?.({ text, lines: text.split('\n') });
  expect(recognise(JSON.stringify({ page: 0, calls: [CALL] }, null, 1))).toEqual(expect.any(String));
  expect(recognise(`Call Sid,To,Status\n${SID},+57,busy`)).toEqual(expect.any(String));
  expect(recognise('sid,to,status\n7,+57,busy')).toBeUndefined();
  expect(recognise('{"variables":{},"callflow":[]}')).toBeUndefined();
});

test.each([
  ['Fri, 18 Oct 2019 17:02:00 +0000', Date.UTC(2019, 9, 18, 17, 2)],
  ['18 Oct 2019 17:02:00 GMT', Date.UTC(2019, 9, 18, 17, 2)],
  ['Fri, 18 Oct 2019 12:02:00 -0500', Date.UTC(2019, 9, 18, 17, 2)],
  ['Sat, 29 Feb 2020 00:00:00 +0530', Date.UTC(2020, 1, 28, 18, 30)],
])('%s', (text, ms) => {
  expect(parseRfc2822(text)).toBe(ms / 1_000);
});

test.each([
  'Fri, 31 Feb 2020 00:00:00 +0000',
  'Fri, 18 Okt 2019 17:02:00 +0000',
  'Fri, 18 Oct 2019 24:00:00 +0000',
  'Fri, 18 Oct 2019 17:02:00',
  '',
])('"%s" is no date', (text) => {
  expect(parseRfc2822(text)).toBeUndefined();
});
