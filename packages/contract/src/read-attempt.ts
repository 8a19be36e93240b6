import { AMD_RESULTS, type Attempt, RECORD_FIELDS } from './attempt.js';
import { parseInstant } from './instant.js';
import { FIELD_LIMITS } from './limits.js';
import { parseMachineCode } from './machine-codes.js';
import { textFault } from './text.js';

/**
 * Reads a valid record of `POST /v1/attempts` in a fourth of the time that `attemptSchema` takes. Nearly all records are
 * valid, and an upload is read on the event loop.
 *
 * @returns what the schema would return; undefined if there is any doubt: then the schema decides
 */
export function readAttempt(record: unknown): Attempt | undefined {
  if (!isObject(record)) return undefined;
  const draft = emptyDraft();
  for (const field in record) {
    if (readField(draft, field, record[field]) === undefined) return undefined;
  }
  return isWhole(draft) ? draft : undefined;
}

type Draft = { -readonly [Field in keyof Attempt]?: Attempt[Field] | undefined };

/** All fields except the customer's record, which is seldom sent: so nearly all attempts have one shape in memory. */
function emptyDraft(): Draft {
  return {
    attempt_id: undefined,
    campaign_id: undefined,
    telephone: undefined,
    dialed_at: undefined,
    result: undefined,
    customer_id: undefined,
    trunk: undefined,
    sip: undefined,
    cause: undefined,
    amd: undefined,
    duration_seconds: undefined,
    agent_id: undefined,
  };
}

function isWhole(draft: Draft): draft is Attempt {
  const { attempt_id, campaign_id, telephone, dialed_at, result } = draft;
  if (attempt_id === undefined || campaign_id === undefined || telephone === undefined) return false;
  return dialed_at !== undefined && result !== undefined;
}

/** Returns what was read; undefined if there is any doubt. */
function readField(draft: Draft, field: string, value: unknown): unknown {
  switch (field) {
    case 'attempt_id':
      draft.attempt_id = trimmedOf(value, FIELD_LIMITS.attempt_id_chars);
      return draft.attempt_id;
    case 'campaign_id':
      draft.campaign_id = wholeOf(value, 1, FIELD_LIMITS.campaign_id_max);
      return draft.campaign_id;
    case 'telephone':
      draft.telephone = trimmedOf(value, FIELD_LIMITS.telephone_chars);
      return draft.telephone;
    case 'dialed_at':
      draft.dialed_at = secondsOf(value);
      return draft.dialed_at;
    case 'result':
      draft.result = typeof value === 'string' ? parseMachineCode(value) : undefined;
      return draft.result;
    case 'trunk':
      draft.trunk = textOf(value, FIELD_LIMITS.text_chars);
      return draft.trunk;
    case 'agent_id':
    case 'customer_id':
      draft[field] = trimmedOf(value, FIELD_LIMITS.text_chars);
      return draft[field];
    case 'sip':
      draft.sip = wholeOf(value, 100, 699);
      return draft.sip;
    case 'cause':
      draft.cause = wholeOf(value, 0, 127);
      return draft.cause;
    case 'duration_seconds':
      draft.duration_seconds = wholeOf(value, 0, FIELD_LIMITS.duration_max_s);
      return draft.duration_seconds;
    case 'amd':
      draft.amd = AMD_RESULTS.find((name) => name === value);
      return draft.amd;
    default:
      return readRecordField(draft, field, value);
  }
}

function readRecordField(draft: Draft, field: string, value: unknown): unknown {
  const name = RECORD_FIELDS.find((known) => known === field);
  if (name === undefined) return undefined;
  draft[name] = textOf(value, FIELD_LIMITS.text_chars);
  return draft[name];
}

function textOf(value: unknown, max_chars: number): string | undefined {
  return typeof value === 'string' && textFault(value, max_chars) === undefined ? value : undefined;
}

/** For a telephone or an id. */
function trimmedOf(value: unknown, max_chars: number): string | undefined {
  return typeof value === 'string' ? textOf(value.trim(), max_chars) : undefined;
}

function wholeOf(value: unknown, min: number, max: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
    ? value
    : undefined;
}

function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' ? parseInstant(value) : undefined;
  return wholeOf(seconds, FIELD_LIMITS.dialed_at_min_s, FIELD_LIMITS.dialed_at_max_s);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
