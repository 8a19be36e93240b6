import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMD_RESULTS, attemptSchema, RECORD_FIELDS } from './attempt.js';
import { FIELD_LIMITS } from './limits.js';
import { MACHINE_CODES } from './machine-codes.js';
import { readAttempt } from './read-attempt.js';

const textUpTo = (max_chars: number) =>
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: max_chars });
/** Texts that are not blank. */
const trimmedUpTo = (max_chars: number) => textUpTo(max_chars).filter((value) => value.trim() !== '');
const code = fc.constantFrom(...MACHINE_CODES, 'NO-ANSWER', 'Answer Machine', 'do not call');
const instant = fc
  .date({ min: new Date('2000-01-02T00:00:00Z'), max: new Date('2100-12-30T00:00:00Z'), noInvalidDate: true })
  .chain((date) => fc.constantFrom(date.toISOString(), date.toISOString().replace(/\.\d+Z$/, '-05:00')));

/** Valid records. */
const valid = fc.record(
  {
    attempt_id: trimmedUpTo(FIELD_LIMITS.attempt_id_chars),
    campaign_id: fc.integer({ min: 1, max: FIELD_LIMITS.campaign_id_max }),
    telephone: trimmedUpTo(FIELD_LIMITS.telephone_chars),
    dialed_at: instant,
    result: code,
    customer_id: trimmedUpTo(20),
    trunk: textUpTo(20),
    agent_id: trimmedUpTo(20),
    sip: fc.integer({ min: 100, max: 699 }),
    cause: fc.integer({ min: 0, max: 127 }),
    amd: fc.constantFrom(...AMD_RESULTS),
    duration_seconds: fc.integer({ min: 0, max: FIELD_LIMITS.duration_max_s }),
    ...Object.fromEntries(RECORD_FIELDS.map((name) => [name, textUpTo(20)])),
  },
  { requiredKeys: ['attempt_id', 'campaign_id', 'telephone', 'dialed_at', 'result'] },
);

/** Values to put into a field: at the edges of its limits, beyond them, and of other types. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    ' 57 ',
    '\u00a057\ufeff',
    '57\n',
    '5 7',
    null,
    true,
    '',
    ' ',
    '\u0007',
    '\ud800',
    'é',
    '\u{1f4de}',
    {},
    [],
    0,
    -0,
    0.5,
    -1,
  ),
  fc.constantFrom(99, 100, 127, 128, 699, 700, 2 ** 32 - 1, 2 ** 32, 1e300, Number.MAX_SAFE_INTEGER + 1),
  fc.constantFrom(
    '1999-12-31T23:59:59Z',
    '2000-01-01T00:00:00Z',
    '2100-12-31T23:59:59Z',
    '2101-01-01T00:00:00Z',
  ),
  fc.constantFrom(
    '2026-02-30T00:00:00Z',
    '2026-02-28T24:00:00Z',
    '2026-02-28T00:00:00',
    'BUSY',
    'bussy',
    'Machine',
  ),
  fc.constantFrom(64, 65, 128, 129, 1_024, 1_025).map((chars) => 'x'.repeat(chars)),
  fc.jsonValue(),
);
const field = fc.constantFrom<string>(
  ...Object.keys(attemptSchema.shape),
  'hangup',
  '__proto__',
  'constructor',
  'toString',
);

describe('readAttempt', () => {
  it('reads every valid record as the schema does', () => {
    fc.assert(
      fc.property(valid, (record) => {
        expect(readAttempt(record)).toEqual(attemptSchema.parse(record));
      }),
      { numRuns: 500 },
    );
  });

  it('returns what the schema returns, or nothing, whatever a record holds', () => {
    fc.assert(
      fc.property(valid, field, odd, (record, name, value) => {
        // Parsed from JSON, so that `__proto__` is a field like any other.
        const sent: unknown = JSON.parse(
          JSON.stringify({ ...record, '@': value }).replace('"@":', `"${name}":`),
        );
        const read = readAttempt(sent);
        if (read !== undefined) expect(read).toEqual(attemptSchema.parse(sent));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([undefined, null, 'text', 7, [], [1], {}])('has no opinion on %j', (value) => {
    expect(readAttempt(value)).toBeUndefined();
  });
});
