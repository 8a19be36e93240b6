import { expect, test } from 'vitest';
import { bLeg, cdrCsv, json, START_S, switchCall, UUID } from '../../../../test/freeswitch-records.js';
import type { Leg } from '../../reading/leg.js';
import type { Reading } from '../../reading/reading.js';
import { freeswitchCsv } from './freeswitch-csv.js';
import { freeswitchJson } from './freeswitch-json.js';
import { urlDecoded } from './url-decoded.js';

const context = { time_zone: 'UTC' };
const readJson = (record: object) => freeswitchJson.open(context)(JSON.stringify(record));
const readCsv = (line: string, read = freeswitchCsv.open(context)) => read(line);

function leg(reading: Reading): Leg {
  if (reading.kind !== 'leg') throw new Error(`${reading.kind}: ${reading.reason}`);
  return reading;
}

test.each([13, 15, 18] as const)('csv, %i columns', (columns) => {
  expect(leg(readCsv(cdrCsv({ hangup_cause: 'USER_BUSY' }, columns)))).toMatchObject({
    attempt_id: UUID,
    telephone: '573001234567',
    dialed_at_s: START_S,
    code: 'busy',
    duration_seconds: 0,
  });
});

test.each([12, 14, 16, 17, 19])('csv, %i columns are rejected', (columns) => {
  const line = Array.from({ length: columns }, () => '"x"').join(',');
  expect(readCsv(line)).toMatchObject({
    kind: 'rejected',
    reason: `it has ${columns} columns, not 13, 15 or 18`,
  });
});

test.each([13, 15, 18] as const)(
  'csv, %i columns: an extension that called a name was not dialed, unless originate made the call',
  (columns) => {
    const call = { caller_id_number: '101', destination_number: 'ana', hangup_cause: 'USER_BUSY' };
    expect(readCsv(cdrCsv({ ...call, caller_id_name: 'Ana' }, columns))).toEqual({
      kind: 'skipped',
      reason: 'no_telephone',
    });
    const originated = cdrCsv({ ...call, caller_id_name: 'Outbound Call' }, columns);
    expect(leg(readCsv(originated)).telephone).toBe('101');
  },
);

test('csv: answer_stamp shows whether a call was answered, never the cause or billsec', () => {
  const cause = 'NORMAL_CLEARING';
  expect(leg(readCsv(cdrCsv({ hangup_cause: cause }))).code).toBe('no_answer');
  expect(leg(readCsv(cdrCsv({ hangup_cause: cause, billsec: 7 }))).code).toBe('no_answer');
  const answered = { hangup_cause: cause, answer_stamp: '2026-11-03 12:00:09', billsec: 0 };
  expect(leg(readCsv(cdrCsv(answered))).code).toBe('answer');
});

test.each([
  ['park', '573001234567', '0000000000'],
  ['&bridge(user/1000)', '573001234567', ''],
  ['', '+573001234567', ''],
  ['1000', '573001234567', 'Outbound Call'],
])('csv: originate to %s dialed the caller id', (destination_number, caller_id_number, caller_id_name) => {
  for (const columns of [13, 15, 18] as const) {
    const line = cdrCsv({ destination_number, caller_id_number, caller_id_name }, columns);
    expect(leg(readCsv(line)).telephone).toBe(caller_id_number);
  }
});

test.each(['573001234567 ext 5', '573001234567"x', "'573001234567/x'", '5.73E+11'])(
  'csv: where the destination was the number %j, the caller id was not dialed',
  (destination_number) => {
    for (const columns of [13, 15, 18] as const) {
      const line = cdrCsv({ destination_number, caller_id_number: '6015550100' }, columns);
      expect(readCsv(line)).toMatchObject({ kind: 'rejected' });
    }
  },
);

test('csv, 18 columns: the caller has quotes of its own there, and a name without them is sure', () => {
  const line = cdrCsv({ hangup_cause: 'USER_BUSY' }, 18);
  expect(line).toContain(',""Ana" <6015550100>",');
  expect(leg(readCsv(line)).code).toBe('busy');
  const nameless = line.replace('""Ana" <6015550100>"', '"6015550100"');
  expect(leg(readCsv(nameless)).code).toBe('busy');
  for (const caller_id_name of ['Ana "la jefa" Gil', '"', '""', 'Outbound "x" Call']) {
    const row = cdrCsv({ caller_id_name, hangup_cause: 'USER_BUSY' }, 18);
    expect(leg(readCsv(row))).toMatchObject({ telephone: '573001234567', attempt_id: UUID, code: 'busy' });
  }
  for (const caller_id_name of ['x","y', 'x" <1>","y']) {
    expect(readCsv(cdrCsv({ caller_id_name }, 18))).toMatchObject({ kind: 'rejected' });
  }
});

const B_UUID = 'b1e60000-0000-4000-8000-000000000000';

test.each([13, 15] as const)(
  'csv, %i columns: the two legs of a call have the key of the b-leg',
  (columns) => {
    const agent = { caller_id_number: '1001', bleg_uuid: B_UUID, hangup_cause: 'ORIGINATOR_CANCEL' };
    const a = leg(readCsv(cdrCsv(agent, columns)));
    const dialed = { uuid: B_UUID, start_stamp: '2026-11-03 12:00:02', hangup_cause: 'USER_BUSY' };
    const b = leg(readCsv(cdrCsv(dialed, columns)));
    expect([a.attempt_id, b.attempt_id]).toEqual([B_UUID, B_UUID]);
    expect([a.telephone, b.telephone]).toEqual(['573001234567', '573001234567']);
    expect(a.same_call_within_s).toBe(b.same_call_within_s);
    expect(b.dialed_at_s - a.dialed_at_s).toBeLessThan(a.same_call_within_s ?? 0);
  },
);

test('csv: an originated leg and the agent to whom it was passed are one call to the dialed number', () => {
  const answered = { answer_stamp: '2026-11-03 12:00:09', hangup_cause: 'NORMAL_CLEARING' };
  const flipped = { caller_id_name: 'Outbound Call', caller_id_number: '573001234567' };
  const customer = { ...answered, ...flipped, destination_number: '&bridge(user/1001)', bleg_uuid: B_UUID };
  const agent = { ...answered, ...flipped, destination_number: '1001', uuid: B_UUID };
  for (const row of [customer, agent]) {
    expect(leg(readCsv(cdrCsv(row)))).toMatchObject({
      attempt_id: B_UUID,
      telephone: '573001234567',
      code: 'answer',
    });
  }
});

test('csv: the template of 18 columns has no bleg_uuid, so a leg is known by its own', () => {
  expect(leg(readCsv(cdrCsv({ bleg_uuid: B_UUID }, 18))).attempt_id).toBe(UUID);
});

test('csv: a leg without any telephone is skipped', () => {
  const line = cdrCsv({ destination_number: 'park', caller_id_number: 'anonymous' });
  expect(readCsv(line)).toEqual({ kind: 'skipped', reason: 'no_telephone' });
});

test.each([['Ana "la jefa" Gil'], ['Ana ""la jefa"" Gil'], ['"'], ['""'], ['Gil, "Ana"']])(
  'csv: the name %s has quotes, and its row has one reading',
  (caller_id_name) => {
    for (const columns of [13, 15, 18] as const) {
      const read = freeswitchCsv.open(context);
      expect(leg(readCsv(cdrCsv({}, columns), read)).code).toBe('no_answer');
      const row = cdrCsv({ caller_id_name, hangup_cause: 'USER_BUSY' }, columns);
      expect(leg(readCsv(row, read))).toMatchObject({
        telephone: '573001234567',
        attempt_id: UUID,
        dialed_at_s: START_S,
        code: 'busy',
      });
    }
  },
);

test.each([['x","y'], ['x","y","z'], ['a","b","c","d","e","f']])(
  'csv: the name %s moves columns, and its row is rejected',
  (caller_id_name) => {
    const read = freeswitchCsv.open(context);
    expect(leg(readCsv(cdrCsv({}), read)).code).toBe('no_answer');
    expect(readCsv(cdrCsv({ caller_id_name }), read)).toMatchObject({ kind: 'rejected' });
  },
);

test('csv: a row of another template than its file is rejected', () => {
  const read = freeswitchCsv.open(context);
  expect(leg(read(cdrCsv({}, 13))).code).toBe('no_answer');
  expect(read(cdrCsv({}, 15))).toMatchObject({ reason: "it has 15 columns and the file's rows have 13" });
});

test.each([
  ['NO_ANSWER', '19', 'no_answer'],
  ['ORIGINATOR_CANCEL', '16', 'no_answer'],
  ['ORIGINATOR_CANCEL', '487', 'no_answer'],
  ['NORMAL_CLEARING', '16', 'no_answer'],
  ['UNALLOCATED_NUMBER', '1', 'failed'],
  ['SWITCH_CONGESTION', '42', 'congestion'],
  ['GATEWAY_DOWN', '604', 'failed'],
])('json: %s with Q.850 %s is %s', (hangup_cause, hangup_cause_q850, code) => {
  expect(leg(readJson(json({ hangup_cause, hangup_cause_q850 }))).code).toBe(code);
});

test.each([
  [{ sip_term_status: '486' }, 'busy', 486],
  [{ proto_specific_hangup_cause: 'sip:486' }, 'busy', 486],
  [{ proto_specific_hangup_cause: 'sip%3A486' }, 'busy', 486],
  [{ sip_term_status: '408', hangup_cause: 'RECOVERY_ON_TIMER_EXPIRE' }, 'no_answer', 408],
  [{ sip_term_status: '503', hangup_cause: 'NORMAL_TEMPORARY_FAILURE' }, 'congestion', 503],
])('json: the SIP code tells more than the cause: %j', (variables, code, sip) => {
  expect(leg(readJson(json(variables)))).toMatchObject({ code, sip });
});

test.each([
  [{ amd_result: 'MACHINE' }, 'answer_machine', 'machine'],
  [{ amd_result: 'HUMAN' }, 'answer', 'human'],
  [{ amd_status: 'machine' }, 'answer_machine', 'machine'],
  [{ amd_result: 'NOTSURE' }, 'answer', 'not_sure'],
  [{}, 'answer', ''],
])('json: answered with %j', (variables, code, amd) => {
  const answered = { answer_epoch: String(START_S + 9), hangup_cause: 'NORMAL_CLEARING', billsec: '5' };
  expect(leg(readJson(json({ ...answered, ...variables })))).toMatchObject({
    code,
    amd,
    duration_seconds: 5,
  });
});

test('json: values that are URL-encoded say the same as those that are not', () => {
  const variables = { sip_gateway_name: 'north 1: main', hangup_cause: 'USER_BUSY', answer_epoch: '0' };
  const plain = leg(readJson(json(variables)));
  expect(plain.trunk).toBe('north 1: main');
  expect(leg(readJson(json(variables, { encode: true })))).toEqual(plain);
});

test.each([
  ['2025-11-12%2013%3A03%3A58', '2025-11-12 13:03:58'],
  ['100% sure', '100% sure'],
  ['100%25 sure', '100%25 sure'],
  ['100%25', '100%'],
  ['%zz', '%zz'],
  ['%ff', '%ff'],
  ['%C3%B1', 'ñ'],
  ['', ''],
])('%s is %s', (value, decoded) => {
  expect(urlDecoded(value)).toBe(decoded);
});

test('json: two legs of a call have one key; what the agent heard before the answer is no answer', () => {
  const a = leg(
    readJson(
      json(
        {
          direction: 'inbound',
          sip_auth_username: '1001',
          originate_disposition: 'USER_BUSY',
          answer_epoch: String(START_S),
          hangup_cause: 'NORMAL_CLEARING',
        },
        { start_s: START_S - 3 },
      ),
    ),
  );
  const b = leg(readJson(bLeg({ hangup_cause: 'USER_BUSY', sip_gateway_name: 'north' })));
  expect(a).toMatchObject({ attempt_id: UUID, telephone: b.telephone, code: 'busy' });
  expect(b).toMatchObject({ attempt_id: UUID, trunk: 'north', code: 'busy' });
  expect(a.same_call_within_s).toBeGreaterThan(3);
});

test('json: a b-leg whose call_uuid has become its own is still known by the leg that made it', () => {
  const own = bLeg({ call_uuid: B_UUID, originating_leg_uuid: UUID });
  expect(leg(readJson(own)).attempt_id).toBe(UUID);
  expect(leg(readJson(json({ call_uuid: UUID }))).attempt_id).toBe(UUID);
});

test.each([
  ['a call that came in', json({ direction: 'inbound' }), 'inbound'],
  ["an agent's telephone", json({ sip_gateway_name: '', dialed_user: '1001' }), 'internal'],
  ['a leg that another won', json({ hangup_cause: 'LOSE_RACE' }), 'not_an_attempt'],
  ['no telephone', switchCall('park', {}), 'no_telephone'],
])('json: %s is skipped', (_name, record, reason) => {
  expect(readJson(record)).toEqual({ kind: 'skipped', reason });
});

test.each([
  ['no variables', {}, 'it has no variables'],
  ['no start', json({ start_epoch: '0' }, { start_s: 0 }), 'start_epoch is no time'],
  [
    'an unknown cause',
    json({ hangup_cause: 'WHATEVER' }),
    'hangup_cause is no word that says how an attempt ended',
  ],
  ['no key', json({ uuid: '' }), 'uuid is empty'],
])('json: %s is rejected', (_name, record, reason) => {
  expect(readJson(record)).toMatchObject({ kind: 'rejected', reason });
});

test('json: microseconds where there are no seconds', () => {
  const record = json({ start_epoch: '' }, { start_s: START_S });
  expect(leg(readJson(record)).dialed_at_s).toBe(START_S);
});

test('both are recognised, and none takes the other or Asterisk for its own', () => {
  const head = (...lines: string[]) => ({ text: lines.join('\n'), lines });
  const csv = head(cdrCsv({}), cdrCsv({ hangup_cause: 'USER_BUSY' }), 'broken "line');
  expect(freeswitchCsv.recognise?.(csv)).toBe('13 columns, dates in columns 5 to 7');
  expect(freeswitchCsv.recognise?.(head(cdrCsv({}, 18)))).toBe('18 columns, dates in columns 10 to 12');
  expect(freeswitchJson.recognise?.(csv)).toBeUndefined();
  const text = head(JSON.stringify(json({})));
  expect(freeswitchJson.recognise?.(text)).toEqual(expect.any(String));
  expect(freeswitchCsv.recognise?.(text)).toBeUndefined();
});
