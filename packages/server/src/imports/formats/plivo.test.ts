import { expect, test } from 'vitest';
import { Trunks } from '../evidence/trunks.js';
import { WrongFile } from '../reading/reading.js';
import { plivo } from './plivo.js';

/** As the page of the call object has it, going out. */
const CALL = {
  answer_time: null as string | null,
  bill_duration: 0,
  call_direction: 'outbound',
  call_uuid: '57a1b60a-5c0b-11e7-9082-ef888d0400e9',
  end_time: '2022-06-28 19:39:15+05:30',
  initiation_time: '2022-06-28 19:39:04+05:30',
  to_number: '19172592277',
  hangup_cause_name: 'Busy Line',
  hangup_cause_code: 3010 as number | null,
};

const read = (fields: Partial<Record<keyof typeof CALL, unknown>> = {}) =>
  plivo.open({ time_zone: 'UTC' })(JSON.stringify({ ...CALL, ...fields }));

test('a call object', () => {
  expect(read()).toMatchObject({
    kind: 'leg',
    attempt_id: CALL.call_uuid,
    telephone: '19172592277',
    dialed_at_s: Date.UTC(2022, 5, 28, 14, 9, 4) / 1_000,
    code: 'busy',
    evidence: 'line_lives',
    said: '3010',
  });
});

const ANSWERED = '2022-06-28 19:39:05+05:30';
test.each([
  [4000, null, 'no_answer', 'none'],
  [4000, ANSWERED, 'answer', 'line_lives'],
  [4010, ANSWERED, 'answer', 'line_lives'],
  [8011, ANSWERED, 'answer', 'line_lives'],
  [8011, null, 'failed', 'trunk_at_fault'],
  [9100, ANSWERED, 'answer_machine', 'line_lives'],
  [3000, null, 'no_answer', 'none'],
  [3050, null, 'failed', 'number_invalid'],
  [2010, null, 'failed', 'number_doubtful'],
  [3090, null, 'congestion', 'trunk_at_fault'],
  [0, null, 'unknown', 'none'],
])('cause %i, answered %s: %s', (hangup_cause_code, answer_time, code, evidence) => {
  expect(read({ hangup_cause_code, answer_time })).toMatchObject({ code, evidence });
});

test('the name of a cause, where there is no code', () => {
  expect(read({ hangup_cause_code: null, hangup_cause_name: 'User does not exist anywhere' })).toMatchObject({
    code: 'failed',
    evidence: 'number_invalid',
  });
});

test.each([
  [{ call_direction: 'inbound' }, { kind: 'skipped', reason: 'inbound' }],
  [{ call_direction: 'sideways' }, { kind: 'rejected', reason: "call_direction is none of Plivo's" }],
  [{ call_direction: null }, { kind: 'rejected' }],
  [{ hangup_cause_code: 9000 }, { kind: 'skipped', reason: 'not_an_attempt' }],
  [{ hangup_cause_code: 4242 }, { kind: 'rejected' }],
  [
    { hangup_cause_code: null, hangup_cause_name: null, end_time: null },
    { kind: 'skipped', reason: 'not_final' },
  ],
  [{ to_number: 'sip:ana@phone.plivo.com' }, { kind: 'skipped', reason: 'no_telephone' }],
  [{ call_uuid: null }, { kind: 'rejected', reason: 'call_uuid is missing' }],
])('%j: %j', (fields, reading) => {
  expect(read(fields)).toMatchObject(reading);
});

test('what its libraries write, in their spelling', () => {
  const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const call = Object.fromEntries(Object.entries(CALL).map(([name, value]) => [camel(name), value]));
  const text = JSON.stringify([call]);
  expect(plivo.recognise?.({ text, lines: [text] })).toEqual(expect.any(String));
  expect(plivo.open({ time_zone: 'UTC' })(JSON.stringify(call))).toEqual(read({}));
});

test('conditions leave out rows of a file with a header, and a file of JSON takes none', () => {
  const reader = plivo.open({
    time_zone: 'UTC',
    only: [{ column: 'to_number', is_not: true, values: ['19172592277'] }],
  });
  reader(Object.keys(CALL).join(','));
  expect(reader(Object.values(CALL).join(','))).toEqual({ kind: 'skipped', reason: 'filtered' });
  expect(() => reader(JSON.stringify(CALL))).toThrow(WrongFile);
});

test('a cause that no table knows is what the site declared', () => {
  const trunks = new Trunks({}, [], [{ word: '4242', trunk: '', result: 'congestion' }]);
  const reader = plivo.open({ time_zone: 'UTC', trunks });
  expect(reader(JSON.stringify({ ...CALL, hangup_cause_code: 4242 }))).toMatchObject({ code: 'congestion' });
});
