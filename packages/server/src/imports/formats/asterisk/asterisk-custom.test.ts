import { expect, test } from 'vitest';
import { CALL_S, cdrLine } from '../../../../test/master-csv.js';
import { WrongFile } from '../../reading/reading.js';
import { asteriskCsv } from './asterisk-csv.js';
import { asteriskCustom } from './asterisk-custom.js';

/** A line of cdr_custom.conf.sample. */
function customLine(
  fields: Partial<Record<'answer' | 'disposition' | 'userfield' | 'start', string>> = {},
): string {
  const { answer = '', disposition = 'NO ANSWER', userfield = '', start = '2026-11-03 12:00:00' } = fields;
  const texts = ['""Ana"" <1000>', '1000', '573001234567', 'outbound', 'PJSIP/1000-00000001'];
  texts.push('PJSIP/north-00000002', 'Dial', 'PJSIP/573001234567@north,30', start, answer);
  texts.push(
    '2026-11-03 12:00:20',
    '20',
    '0',
    disposition,
    'DOCUMENTATION',
    '',
    `${CALL_S}.1`,
    userfield,
    '7',
  );
  return texts.map((text) => `"${text}"`).join(',');
}

const read = () => asteriskCustom.open({ time_zone: 'UTC' });
const readCsv = () => asteriskCsv.open({ time_zone: 'UTC' });

test('its columns: clid first, accountcode sixteenth', () => {
  expect(read()(customLine({ disposition: 'BUSY' }))).toMatchObject({
    kind: 'leg',
    attempt_id: `${CALL_S}.1`,
    telephone: '573001234567',
    trunk: 'north',
    code: 'busy',
    dialed_at_s: CALL_S,
  });
  const machine = customLine({
    disposition: 'ANSWERED',
    userfield: 'MACHINE',
    answer: '2026-11-03 12:00:05',
  });
  expect(read()(machine)).toMatchObject({ code: 'answer_machine', amd: 'machine' });
});

test.each(['', '2026-11-03 12:00:05'])('19 columns, answer %j: each names the other format', (answer) => {
  const custom = customLine({ answer });
  const csv = cdrLine({}, 19);
  expect(() => readCsv()(custom)).toThrow(WrongFile);
  expect(() => readCsv()(custom)).toThrow('it is asterisk-custom');
  expect(() => read()(csv)).toThrow('it is asterisk-csv');
});

test('a line of the other format in the midst costs itself alone', () => {
  const reader = read();
  expect(reader(customLine()).kind).toBe('leg');
  expect(reader(cdrLine({}, 18))).toMatchObject({
    kind: 'rejected',
    reason: expect.stringContaining('asterisk-csv'),
  });
  expect(reader(customLine()).kind).toBe('leg');
});

test('any other count of columns is rejected, and so is a quote that does not close', () => {
  expect(read()(`${customLine()},"x"`)).toMatchObject({
    kind: 'rejected',
    reason: 'it has 20 columns, not 19',
  });
  expect(read()(customLine().slice(0, -1))).toMatchObject({ reason: 'a quote is not closed', row: 'open' });
});

test('recognises its own lines and no others', () => {
  const lines = [customLine(), customLine({ disposition: 'BUSY' }), 'a broken "line'];
  const reason = '19 columns, dates in columns 9 to 11';
  expect(asteriskCustom.recognise?.({ text: '', lines })).toBe(reason);
  expect(asteriskCsv.recognise?.({ text: '', lines })).toBeUndefined();
  const csv = { text: '', lines: [cdrLine({}, 19), cdrLine({}, 19)] };
  expect(asteriskCustom.recognise?.(csv)).toBeUndefined();
  expect(asteriskCsv.recognise?.(csv)).toBe('19 columns, dates in columns 10 to 12');
});
