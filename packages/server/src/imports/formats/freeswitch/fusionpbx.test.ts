import { expect, test } from 'vitest';
import { switchCall } from '../../../../test/freeswitch-records.js';
import type { Reading } from '../../reading/reading.js';
import { freeswitchJson } from './freeswitch-json.js';
import { fusionpbx } from './fusionpbx.js';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000001';
const CALL = {
  extension: '101',
  start_stamp: '2026-11-03 07:00:00.123456-05',
  start_epoch: '1793707200',
  hangup_cause: 'USER_BUSY',
  xml_cdr_uuid: A,
  bridge_uuid: '',
  direction: 'outbound',
  billsec: '0',
  caller_id_name: 'Ana',
  caller_id_number: '101',
  destination_number: '573001234567',
  leg: 'a',
  answer_stamp: '',
};

/** As the export writes them: between quotes, nothing escaped. */
function read(fields: Record<string, string>): Reading | undefined {
  const reader = fusionpbx.open({ time_zone: 'UTC' });
  const lineOf = (values: string[]) => values.map((value) => `"${value}"`).join(',');
  return [Object.keys(fields), Object.values(fields)].map((values) => reader(lineOf(values))).at(-1);
}

test('a call that went out', () => {
  expect(read(CALL)).toMatchObject({
    kind: 'leg',
    attempt_id: A,
    telephone: '573001234567',
    dialed_at_s: 1_793_707_200,
    code: 'busy',
    evidence: 'line_lives',
    agent_id: '101',
  });
});

test('its time is the epoch, whatever the stamp says', () => {
  const start_stamp = '2026-11-03 01:02:03-05';
  expect(read({ ...CALL, start_stamp })).toMatchObject({ dialed_at_s: 1_793_707_200 });
});

test('without an epoch its time is the stamp, with its offset', () => {
  expect(read({ ...CALL, start_epoch: '' })).toMatchObject({ dialed_at_s: 1_793_707_200 });
});

test.each([
  ['answer_stamp', '2026-11-03 07:00:09-05', 'answer'],
  ['answer_stamp', '', 'no_answer'],
  ['tta', '9', 'answer'],
  ['tta', '', 'no_answer'],
  ['tta', '-1793707200', 'no_answer'],
])('NORMAL_CLEARING with %s %j is %s', (column, value, code) => {
  const { answer_stamp: _, ...call } = { ...CALL, hangup_cause: 'NORMAL_CLEARING' };
  expect(read({ ...call, [column]: value })).toMatchObject({ code });
});

test('an export without a column for answered calls is refused', () => {
  const { answer_stamp: _, ...call } = CALL;
  const reader = fusionpbx.open({ time_zone: 'UTC' });
  reader(Object.keys(call).join(','));
  expect(() => reader.end?.()).toThrow('columns answer_stamp or tta');
});

test.each([
  ['inbound', { kind: 'skipped', reason: 'inbound' }],
  ['local', { kind: 'skipped', reason: 'internal' }],
  ['sideways', { kind: 'rejected' }],
  ['', { kind: 'rejected' }],
])('direction %j', (direction, reading) => {
  expect(read({ ...CALL, direction })).toMatchObject(reading);
});

test('a leg and the records of FreeSWITCH of the same call have one key', () => {
  const json = freeswitchJson.open({ time_zone: 'UTC' });
  const variables = { uuid: A, call_uuid: A, hangup_cause: 'USER_BUSY', billsec: '0' };
  const own = json(JSON.stringify(switchCall('573001234567', variables, { start_s: 1_793_707_200 })));
  const legs = [read(CALL), read({ ...CALL, xml_cdr_uuid: B, leg: 'b', bridge_uuid: A }), own];
  for (const leg of legs) {
    expect(leg).toMatchObject({ attempt_id: A, telephone: '573001234567', dialed_at_s: 1_793_707_200 });
  }
});

test('a call from an extension to something other than a telephone is not an attempt', () => {
  const call = { ...CALL, caller_id_number: '101', destination_number: 'sip%3A573001234567' };
  expect(read(call)).toEqual({ kind: 'skipped', reason: 'no_telephone' });
});

test('rows that do not meet the conditions are left out', () => {
  const reader = fusionpbx.open({
    time_zone: 'UTC',
    only: [{ column: 'extension', is_not: true, values: ['101'] }],
  });
  reader(Object.keys(CALL).join(','));
  expect(reader(Object.values(CALL).join(','))).toEqual({ kind: 'skipped', reason: 'filtered' });
});
