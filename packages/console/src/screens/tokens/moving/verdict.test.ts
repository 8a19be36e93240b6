import { expect, test } from 'vitest';
import { type Answer, envelopeOf } from './ask.js';
import type { Trial } from './trial.js';
import {
  addressVerdict,
  clockVerdict,
  codeVerdict,
  emptyVerdict,
  headerVerdict,
  serverVerdict,
  windowVerdict,
} from './verdict.js';

const PROFILE = { code: 'number', empty_status: 404 } as const;

function answer(status: number, code: number | string = status, rows = 0): Answer {
  const body = JSON.stringify({ code, error: null, msg: 'm', data: Array.from({ length: rows }) });
  return { status, ...envelopeOf(body), at_ms: 0 };
}

function trial(parts: Partial<Trial> = {}): Trial {
  return { window: answer(200, 200, 5), empty: answer(404), stranger: answer(403), ahead_ms: 0, ...parts };
}

test('what an envelope says, and that anything else says nothing', () => {
  expect(envelopeOf('{"code":200,"error":null,"msg":"ok","data":[{},{}]}')).toEqual({
    code: '200',
    code_type: 'number',
    msg: 'ok',
    rows: 2,
  });
  expect(envelopeOf('{"code":"200","data":[]}')).toMatchObject({
    code: '"200"',
    code_type: 'string',
    rows: 0,
  });
  for (const text of ['', '<html>', '[]', 'null', '{"code":{}}']) {
    expect(envelopeOf(text)).toMatchObject({ code_type: 'none', rows: 0 });
  }
  expect(envelopeOf(undefined).rows).toBeUndefined();
});

test.each([
  ['', 'none'],
  ['42', 'same'],
  [' wv0042.wolkvox.com ', 'same'],
  ['https://wv0042.wolkvox.com/api/v2/reports_manager.php?api=campaign_8', 'same'],
  ['0043', 'other'],
  ['https://recuento.example.com/api/v2', 'no_code'],
  ['<img src=x onerror=alert(1)>', 'no_code'],
])('a program that sends %j: %s', (typed, expected) => {
  expect(serverVerdict(typed, '0042').case).toBe(expected);
});

test('an address is right where it is encrypted', () => {
  expect(addressVerdict({ protocol: 'https:', hostname: 'recuento.example.com' }).standing).toBe('right');
  expect(addressVerdict({ protocol: 'http:', hostname: '127.0.0.1' }).case).toBe('this_machine');
  expect(addressVerdict({ protocol: 'http:', hostname: '10.0.0.7' }).case).toBe('plain');
});

test('a header that another server is named by is refused, or it was lost on the way', () => {
  expect(headerVerdict(undefined).standing).toBe('open');
  expect(headerVerdict(trial()).case).toBe('arrives');
  expect(headerVerdict(trial({ stranger: answer(404) })).case).toBe('lost');
  expect(headerVerdict(trial({ stranger: answer(403), empty: answer(403) })).case).toBe('refused');
});

test('what was seen holds before what is set', () => {
  expect(codeVerdict('unknown', PROFILE, undefined).standing).toBe('open');
  expect(codeVerdict('number', PROFILE, undefined).standing).toBe('right');
  expect(codeVerdict('string', PROFILE, undefined).standing).toBe('todo');
  expect(codeVerdict('string', PROFILE, trial({ window: answer(200, '200') })).standing).toBe('right');
  expect(emptyVerdict(404, PROFILE, undefined).standing).toBe('right');
  expect(emptyVerdict(200, PROFILE, undefined).standing).toBe('todo');
  expect(emptyVerdict(200, PROFILE, trial({ empty: answer(200) })).standing).toBe('right');
  // A refusal tells nothing about empty reports.
  expect(emptyVerdict(404, PROFILE, trial({ empty: answer(403) })).standing).toBe('right');
});

test('a window fits by its days and by its rows', () => {
  expect(windowVerdict(32, 31, undefined).case).toBe('too_many_days');
  expect(windowVerdict(31, 31, undefined).case).toBe('open');
  expect(windowVerdict(31, 31, trial()).case).toBe('fits');
  expect(windowVerdict(31, 31, trial({ window: answer(404) })).case).toBe('fits');
  expect(windowVerdict(31, 31, trial({ window: answer(413) })).case).toBe('too_many_rows');
  expect(windowVerdict(31, 31, trial({ window: answer(403) })).case).toBe('refused');
});

test('clocks agree to the minute, and zones by what they show now', () => {
  expect(clockVerdict(trial(), '-05:00', '-05:00').standing).toBe('right');
  expect(clockVerdict(trial({ ahead_ms: -61_000 }), '-05:00', '-05:00').case).toBe('wrong_clock');
  expect(clockVerdict(trial(), '+01:00', '-05:00').case).toBe('other_zone');
  expect(clockVerdict(undefined, '-05:00', '-05:00').standing).toBe('open');
  expect(clockVerdict(trial({ ahead_ms: undefined }), '-05:00', '-05:00').standing).toBe('open');
});
