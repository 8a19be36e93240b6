import { type Attempt, RECORD_FIELDS } from '@recuento/contract';

/** Columns that an insert gives, in this order; `attempt_hash` is computed by the engine. */
export const ATTEMPT_COLUMNS = [
  'operation_id',
  'campaign_id',
  'telephone',
  'dialed_at',
  'result',
  'delivery',
  'attempt_id',
  'customer_id',
  'trunk',
  'sip',
  'cause',
  'amd',
  'duration_seconds',
  'agent_id',
  'record',
] as const;

/**
 * One line for the engine, tab separated: half the engine's work for a line of JSON. What an attempt leaves out is
 * empty, or NULL where empty could be a value.
 */
export function attemptRow(operation_id: number, delivery: bigint, attempt: Attempt): string {
  const { sip, cause, duration_seconds } = attempt;
  return `${operation_id}\t${attempt.campaign_id}\t${escaped(attempt.telephone)}\t${attempt.dialed_at}\t${attempt.result}\t${delivery}\t${escaped(attempt.attempt_id)}\t${escaped(attempt.customer_id)}\t${escaped(attempt.trunk)}\t${sip ?? NULL}\t${cause ?? NULL}\t${attempt.amd ?? ''}\t${duration_seconds ?? NULL}\t${escaped(attempt.agent_id)}\t${recordOf(attempt)}\n`;
}

const NULL = '\\N';

/** Stored texts hold no control characters, so the backslash is the one that the format gives a meaning. */
function escaped(text: string | undefined): string {
  if (text === undefined) return '';
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}

/** A map as the engine reads it: `{'opt1':'x'}`. */
function recordOf(attempt: Attempt): string {
  let record = '';
  for (const name of RECORD_FIELDS) {
    const value = attempt[name];
    if (value !== undefined) record += `${record && ','}'${name}':'${value.replace(/[\\']/g, '\\$&')}'`;
  }
  return `{${record}}`;
}

const DAY_S = 86_400;

/** How many monthly partitions the attempts fall into, as the engine's `toYYYYMM` in UTC computes them. */
export function countMonths(attempts: readonly Attempt[]): number {
  const days = new Set<number>();
  for (const { dialed_at } of attempts) days.add(Math.floor(dialed_at / DAY_S));
  const months = new Set<number>();
  for (const day of days) {
    const date = new Date(day * DAY_S * 1_000);
    months.add(date.getUTCFullYear() * 12 + date.getUTCMonth());
  }
  return months.size;
}
