import { expect, test } from 'vitest';
import { decide, type OutcomeWords, type RecordedOutcome } from './evidence.js';
import { Trunks } from './trunks.js';

const ASTERISK = { amd: 'asterisk_amdstatus', disposition: 'asterisk_disposition' } as const;
const FREESWITCH = { cause: 'freeswitch', disposition: 'freeswitch' } as const;
const VICIDIAL = { amd: 'asterisk_amdstatus', disposition: 'vicidial' } as const;

const code = (words: Parameters<typeof decide>[0], told: RecordedOutcome, trunks?: Trunks) => {
  const decision = decide(words, told, trunks?.overridesOf('north'));
  return decision && ('skip' in decision ? decision.skip : decision.code);
};

test.each<[string, RecordedOutcome, string | undefined]>([
  ['SIP 408 is no answer, whatever the switch made of it', { sip: 408, q850: 102 }, 'no_answer'],
  ['SIP 408', { sip: 408, cause: 'RECOVERY_ON_TIMER_EXPIRE', q850: 102 }, 'no_answer'],
  ['the timer without SIP', { cause: 'RECOVERY_ON_TIMER_EXPIRE', q850: 102 }, 'failed'],
  ['SIP 503 as Asterisk numbers it', { q850: 34 }, 'congestion'],
  ['SIP 503 as FreeSWITCH numbers it', { q850: 41 }, 'congestion'],
  ['SIP 503', { sip: 503, q850: 1 }, 'congestion'],
  ['a cancelled call that FreeSWITCH numbers 16', { cause: 'ORIGINATOR_CANCEL', q850: 16 }, 'no_answer'],
  ['16, answered', { q850: 16, answered: true }, 'answer'],
  ['16, not answered', { q850: 16, answered: false }, 'no_answer'],
  ['16, not told', { q850: 16 }, 'no_answer'],
  ['NORMAL_CLEARING, answered', { cause: 'NORMAL_CLEARING', q850: 16, answered: true }, 'answer'],
  ['NORMAL_CLEARING, not answered', { cause: 'NORMAL_CLEARING', q850: 16 }, 'no_answer'],
  ['SIP 487', { sip: 487, q850: 127 }, 'no_answer'],
  ["FreeSWITCH's number of a cancelled call", { q850: 487 }, 'no_answer'],
  ['what ends an answered call later', { answered: true, cause: 'NORMAL_TEMPORARY_FAILURE' }, 'answer'],
  ['an unknown name: the number tells', { cause: 'MEDIA_TIMEOUT', q850: 17 }, 'busy'],
  ['SIP 200 tells nothing of the end', { sip: 200, cause: 'USER_BUSY' }, 'busy'],
  ['another channel won', { cause: 'LOSE_RACE', q850: 16 }, 'not_an_attempt'],
  ['nothing that any table has', { cause: 'NONSENSE', q850: 999 }, undefined],
  ['nothing', {}, undefined],
])('%s', (_what, told, expected) => {
  expect(code(FREESWITCH, told)).toBe(expected);
});

test('a cause outranks a disposition, but 0 counts as no cause where there is a disposition', () => {
  expect(code(ASTERISK, { q850: 17, disposition: 'FAILED' })).toBe('busy');
  expect(code(ASTERISK, { q850: 0, disposition: 'NO ANSWER' })).toBe('no_answer');
  expect(code(ASTERISK, { q850: 0 })).toBe('failed');
  expect(code(ASTERISK, { q850: 16, disposition: 'ANSWERED' })).toBe('answer');
});

test('AMD judges answered calls only', () => {
  expect(decide(ASTERISK, { disposition: 'ANSWERED', amd: 'MACHINE' })).toEqual({
    code: 'answer_machine',
    amd: 'machine',
    evidence: 'line_lives',
  });
  expect(decide(ASTERISK, { disposition: 'ANSWERED', amd: 'NOTSURE' })).toMatchObject({
    code: 'answer',
    amd: 'not_sure',
  });
  expect(decide(ASTERISK, { disposition: 'BUSY', amd: 'MACHINE' })).toMatchObject({ code: 'busy', amd: '' });
  expect(code(ASTERISK, { amd: 'MACHINE' })).toBeUndefined();
});

test('a disposition that shows how an answered call went outranks a mere "answered"', () => {
  expect(code(VICIDIAL, { disposition: 'AA', q850: 16 })).toBe('answer_machine');
});

test('a trunk has its own meanings, and the table applies elsewhere', () => {
  const trunks = new Trunks({
    north: {
      strip_prefix: [],
      outcomes: {
        'sip:486': 'congestion',
        'q850:1': 'no_answer',
        'q850:16': 'failed',
        'cause:call-rejected': 'congestion',
        'disposition:FAILED': 'congestion',
      },
    },
  });
  expect(code(ASTERISK, { disposition: 'FAILED' }, trunks)).toBe('congestion');
  expect(code(ASTERISK, { disposition: 'FAILED' })).toBe('failed');
  expect(code(FREESWITCH, { sip: 486, cause: 'USER_BUSY' }, trunks)).toBe('congestion');
  expect(code(FREESWITCH, { cause: 'CALL_REJECTED' }, trunks)).toBe('congestion');
  expect(code(FREESWITCH, { q850: 1 }, trunks)).toBe('no_answer');
  // The trunk's meaning of 16 applies to calls that were not answered.
  expect(code(FREESWITCH, { q850: 16, answered: true }, trunks)).toBe('answer');
  expect(code(FREESWITCH, { q850: 16 }, trunks)).toBe('failed');
});

test('an own word applies to the field that says how the attempt ended, and better evidence outranks it', () => {
  const trunks = new Trunks({
    north: { strip_prefix: [], outcomes: { 'disposition:CG': 'failed', 'disposition:XX': 'failed' } },
  }).withWords([
    { word: 'CG', trunk: '', result: 'congestion' },
    { word: 'buzon', trunk: '', result: 'answer_machine' },
    { word: 'USER BUSY', trunk: '', result: 'no_answer' },
    { word: 'BUZON', trunk: 'south', result: 'busy' },
    { word: 'XX', trunk: 'north', result: 'busy' },
  ]);
  const of = (words: OutcomeWords, told: RecordedOutcome, trunk = '') =>
    decide(words, told, trunks.overridesOf(trunk));
  expect(of(VICIDIAL, { disposition: 'BU-ZON' })).toEqual({
    code: 'answer_machine',
    amd: '',
    evidence: 'line_lives',
  });
  expect(of(VICIDIAL, { disposition: 'BUZON' }, 'south')).toMatchObject({ code: 'busy' });
  // The configuration of a trunk comes before a word for every trunk, and a word for the trunk before both.
  expect(of(VICIDIAL, { disposition: 'CG' }, 'south')).toMatchObject({ code: 'congestion' });
  expect(of(VICIDIAL, { disposition: 'CG' }, 'north')).toMatchObject({ code: 'failed' });
  expect(of(VICIDIAL, { disposition: 'XX' }, 'north')).toMatchObject({ code: 'busy' });
  expect(of({ cause: 'freeswitch' }, { cause: 'USER_BUSY' })).toMatchObject({ code: 'no_answer' });
  expect(of(VICIDIAL, { disposition: 'CG', q850: 17 })).toMatchObject({ code: 'busy' });
  // An own word applies to the result, not to the switch's cause beside it.
  expect(of({ disposition: 'any', cause: 'freeswitch' }, { disposition: 'x', cause: 'USER_BUSY' })).toEqual({
    code: 'busy',
    amd: '',
    evidence: 'line_lives',
    unknown_word: true,
  });
});

test('one prefix is taken off, the longest that fits, and never the whole', () => {
  const trunks = new Trunks({ north: { strip_prefix: ['9', '00', '957'], outcomes: {} } });
  expect(trunks.telephoneOf('north', '9573001234567')).toBe('3001234567');
  expect(trunks.telephoneOf('north', '99573001234567')).toBe('9573001234567');
  expect(trunks.telephoneOf('north', '0057300')).toBe('57300');
  expect(trunks.telephoneOf('north', '9')).toBe('9');
  expect(trunks.telephoneOf('south', '9573001234567')).toBe('9573001234567');
});
