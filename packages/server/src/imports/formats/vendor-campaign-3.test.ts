import { expect, test } from 'vitest';
import type { Leg } from '../reading/leg.js';
import type { Reading } from '../reading/reading.js';
import { WrongFile } from '../reading/reading.js';
import { vendorCampaign3 } from './vendor-campaign-3.js';

const ROW = {
  campaign_id: '1001',
  customer_name: 'Ana',
  customer_last_name: 'Gil',
  id_type: 'CC',
  customer_id: '52000111',
  date: '2026-11-03 07:00:00',
  telephone: '91573136137570',
  result: 'NO-ANSWER',
  opt1: 'gold',
  opt2: '',
  opt12: 'north',
  conn_id: 'c-1',
};
const AT_S = Date.UTC(2026, 10, 3, 12) / 1_000;
const CONTEXT = { time_zone: 'America/Bogota' };

const readRow = (fields: object, campaign_id?: number) =>
  vendorCampaign3.open({ ...CONTEXT, campaign_id })(JSON.stringify({ ...ROW, ...fields }));

function leg(reading: Reading): Leg {
  if (reading.kind !== 'leg') throw new Error(`${reading.kind}: ${reading.reason}`);
  return reading;
}

test('a row is an attempt with its record', () => {
  expect(leg(readRow({}))).toMatchObject({
    campaign_id: 1001,
    attempt_id: 'c-1',
    telephone: '91573136137570',
    dialed_at_s: AT_S,
    code: 'no_answer',
    customer_id: '52000111',
    record: { customer_name: 'Ana', customer_last_name: 'Gil', id_type: 'CC', opt1: 'gold', opt12: 'north' },
  });
});

test.each([
  ['NO-ANSWER', 'no_answer'],
  ['no answer', 'no_answer'],
  ['ANSWER-MACHINE', 'answer_machine'],
  ['MAILBOX', 'answer_machine'],
  ['FAX', 'answer_machine'],
  ['BUSY', 'busy'],
  ['CONGESTION', 'congestion'],
  ['FAILED', 'failed'],
  ['chanunavail', 'failed'],
  ['NOT-AVAILABLE', 'failed'],
  ['ANSWER', 'answer'],
  ['RPC', 'answer'],
  ['WRONG PERSON CONTACT', 'answer'],
  ['WRONG NUMBER', 'answer'],
  ['ABANDON', 'abandon'],
  ['RECALL', 'recall'],
  ['do-not-call_clean', 'do_not_call'],
  ['do-not-call-clean', 'do_not_call'],
  ['unknown', 'unknown'],
])('%s is %s', (result, code) => {
  expect(leg(readRow({ result })).code).toBe(code);
});

test('a row belongs to its campaign; a request that names one takes no others', () => {
  expect(leg(readRow({}, 1001)).campaign_id).toBe(1001);
  expect(leg(readRow({ campaign_id: '' }, 1001)).campaign_id).toBe(1001);
  expect(leg(readRow({ campaign_id: 1002 })).campaign_id).toBe(1002);
  expect(readRow({}, 1002)).toEqual({ kind: 'skipped', reason: 'other_campaign' });
});

test.each([
  [{ result: 'CLEAN' }, { kind: 'skipped', reason: 'not_an_attempt' }],
  [{ telephone: '' }, { kind: 'skipped', reason: 'no_telephone' }],
  [{ result: 'whatever' }, { kind: 'rejected', reason: 'result is no word that says how an attempt ended' }],
  [
    { date: 'TOTAL' },
    { kind: 'rejected', reason: expect.stringContaining('date is not a date-time YYYY-MM-DD HH:MM:SS') },
  ],
  [{ campaign_id: '' }, { kind: 'rejected', reason: 'campaign_id is missing, and the request names none' }],
  [
    { campaign_id: '0' },
    { kind: 'rejected', reason: 'campaign_id is not a whole number from 1 to 4294967295' },
  ],
  [{ opt1: 'a\u0000b' }, { kind: 'rejected', reason: 'opt1 has a control character' }],
  [
    { customer_id: 'x'.repeat(1_025) },
    { kind: 'rejected', reason: 'customer_id has more than 1024 characters' },
  ],
])('%j', (fields, reading) => {
  expect(readRow(fields)).toMatchObject(reading);
});

test('without conn_id an attempt is known by its time, telephone and customer, not by its result', () => {
  const key = (fields: object) => leg(readRow({ conn_id: '', ...fields })).attempt_id;
  expect(key({ result: 'BUSY' })).toBe(key({}));
  expect(key({ customer_id: '7' })).not.toBe(key({}));
  expect(key({ date: '2026-11-03 07:00:01' })).not.toBe(key({}));
});

test('files with the column names, in any order, say the same', () => {
  const reader = vendorCampaign3.open(CONTEXT);
  const names = Object.keys(ROW).reverse();
  expect(reader(names.join(';'))).toEqual({ kind: 'skipped', reason: 'header' });
  expect(reader(Object.values(ROW).reverse().join(';'))).toEqual(leg(readRow({})));
  const other = vendorCampaign3.open(CONTEXT);
  other('telephone,result');
  expect(() => other.end?.()).toThrow(WrongFile);
});

test('it is recognised by its columns', () => {
  const recognise = (text: string) => vendorCampaign3.recognise?.({ text, lines: text.split('\n') });
  expect(recognise(JSON.stringify({ code: 200, data: [ROW] }))).toEqual(expect.any(String));
  expect(recognise(Object.keys(ROW).join(','))).toEqual(expect.any(String));
  expect(recognise('telephone,date,result')).toBeUndefined();
  expect(recognise('{"sid":"x"}')).toBeUndefined();
});
