import { type Attempt, RECORD_FIELDS } from '@recuento/contract';

/** Columns that an insert gives; `attempt_hash` is computed by the engine. */
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

/** One line for the engine. What an attempt leaves out takes the column's default. */
export function attemptRow(operation_id: number, delivery: bigint, attempt: Attempt): string {
  const { attempt_id, campaign_id, telephone, dialed_at, result } = attempt;
  const row: Record<string, unknown> = {
    operation_id,
    campaign_id,
    telephone,
    dialed_at,
    result,
    delivery: delivery.toString(),
    attempt_id,
    customer_id: attempt.customer_id,
    trunk: attempt.trunk,
    sip: attempt.sip,
    cause: attempt.cause,
    amd: attempt.amd,
    duration_seconds: attempt.duration_seconds,
    agent_id: attempt.agent_id,
    record: recordOf(attempt),
  };
  return `${JSON.stringify(row)}\n`;
}

function recordOf(attempt: Attempt): Record<string, string> | undefined {
  let record: Record<string, string> | undefined;
  for (const name of RECORD_FIELDS) {
    const value = attempt[name];
    if (value === undefined) continue;
    record ??= {};
    record[name] = value;
  }
  return record;
}

/** The partition of an instant, in UTC, as `toYYYYMM` computes it. */
export function monthOf(dialed_at_s: number): number {
  const date = new Date(dialed_at_s * 1_000);
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
}
