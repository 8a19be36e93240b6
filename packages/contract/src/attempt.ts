import { z } from 'zod';
import { parseInstant } from './instant.js';
import { FIELD_LIMITS } from './limits.js';
import { MACHINE_CODES, type MachineCode, parseMachineCode } from './machine-codes.js';
import { textFault } from './text.js';

/**
 * One dial of one telephone, as `POST /v1/attempts` takes it (product specification, sections 1 and 3).
 *
 * Its identity is operation, campaign_id, telephone, dialed_at (to the second) and attempt_id; a later delivery
 * of the same identity replaces the earlier one.
 */
export const AMD_RESULTS = ['machine', 'human', 'not_sure', 'hangup'] as const;
export type AmdResult = (typeof AMD_RESULTS)[number];

/** Fields of the customer's record that an attempt may carry; `campaign_3` and `campaign_7` show them. */
export const RECORD_FIELDS = [
  'customer_name',
  'customer_last_name',
  'id_type',
  'file_name',
  'opt1',
  'opt2',
  'opt3',
  'opt4',
  'opt5',
  'opt6',
  'opt7',
  'opt8',
  'opt9',
  'opt10',
  'opt11',
  'opt12',
] as const;
export type RecordField = (typeof RECORD_FIELDS)[number];

/** A string within its length, without control characters or lone surrogates. */
export function text(max_chars: number) {
  return z.string({ error: notA('string') }).superRefine((value, ctx) => {
    const fault = textFault(value, max_chars);
    if (fault) ctx.addIssue({ code: 'custom', message: fault });
  });
}

function integer(min: number, max: number) {
  const message = `is not a whole number from ${min} to ${max}`;
  return z.int({ error: message }).min(min, { error: message }).max(max, { error: message });
}

function notA(type: string) {
  return (issue: { input?: unknown }) => (issue.input === undefined ? 'is missing' : `is not a ${type}`);
}

const campaignId = integer(1, FIELD_LIMITS.campaign_id_max);

const dialedAt = z.string({ error: notA('string') }).transform((value, ctx): number => {
  const seconds = parseInstant(value);
  if (seconds === undefined) {
    ctx.addIssue({ code: 'custom', message: 'is not an RFC 3339 date-time with an offset or Z' });
    return z.NEVER;
  }
  if (seconds < FIELD_LIMITS.dialed_at_min_s || seconds > FIELD_LIMITS.dialed_at_max_s) {
    ctx.addIssue({ code: 'custom', message: 'is not between the years 2000 and 2100' });
    return z.NEVER;
  }
  return seconds;
});

const result = z.string({ error: notA('string') }).transform((value, ctx): MachineCode => {
  const code = parseMachineCode(value);
  if (code) return code;
  ctx.addIssue({ code: 'custom', message: `is none of ${MACHINE_CODES.join(', ')}` });
  return z.NEVER;
});

const recordText = text(FIELD_LIMITS.text_chars).optional();
const recordFields = Object.fromEntries(RECORD_FIELDS.map((name) => [name, recordText])) as Record<
  RecordField,
  typeof recordText
>;

export const attemptSchema = z.strictObject(
  {
    attempt_id: text(FIELD_LIMITS.attempt_id_chars),
    campaign_id: campaignId,
    telephone: text(FIELD_LIMITS.telephone_chars),
    dialed_at: dialedAt,
    result,
    customer_id: recordText,
    trunk: recordText,
    /** SIP final response (RFC 3261, section 21). */
    sip: integer(100, 699).optional(),
    /** Cause of the release (ITU-T Q.850); the field has seven bits. */
    cause: integer(0, 127).optional(),
    amd: z.enum(AMD_RESULTS, { error: `is none of ${AMD_RESULTS.join(', ')}` }).optional(),
    duration_seconds: integer(0, FIELD_LIMITS.duration_max_s).optional(),
    agent_id: recordText,
    ...recordFields,
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? 'is not a field of an attempt' : 'is not an object',
  },
);

/** A parsed attempt: `dialed_at` is in seconds since 1970 UTC, `result` is a machine code. */
export type Attempt = z.output<typeof attemptSchema>;
