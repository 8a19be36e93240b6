import { MACHINE_CODES, MACHINE_RECOGNITIONS, type MachineCode } from '@recuento/contract';

/** How many attempts ended with each code, and all of them. */
export type Counts = Readonly<Record<MachineCode | 'total', number>>;

/** A row of `/v1/trend`. */
export interface TrendRow extends Counts {
  /** As a clock of the operation shows it: `2026-11-03T14:00:00-05:00`. */
  readonly interval_start: string;
  readonly campaign_id?: number;
  readonly trunk?: string;
}

const COUNTED = [...MACHINE_CODES, 'total'] as const;

/** The sum of some counts; of none, zeros. */
export function summed(rows: readonly Counts[]): Counts {
  const sum = { ...NOTHING };
  for (const row of rows) for (const name of COUNTED) sum[name] += row[name];
  return sum;
}

/** The mean of some counts, which is no whole number. */
export function meanOf(rows: readonly Counts[]): Counts {
  const mean = { ...summed(rows) };
  for (const name of COUNTED) mean[name] /= Math.max(1, rows.length);
  return mean;
}

/** Attempts that a machine ended. */
export function machineOf(counts: Counts): number {
  return MACHINE_RECOGNITIONS.reduce((sum, code) => sum + counts[code], 0);
}

/** The part of the attempts that were answered by a person; null where there were none. */
export function answerRate({ answer, total }: Counts): number | null {
  return total === 0 ? null : answer / total;
}

/** The part of the attempts that a machine ended; null where there were none. */
export function machineRate(counts: Counts): number | null {
  return counts.total === 0 ? null : machineOf(counts) / counts.total;
}

/** The day of an interval, as the operation's clock shows it: `2026-11-03`. */
export function dayOf({ interval_start }: TrendRow): string {
  return interval_start.slice(0, 10);
}

/** The hour of the day at which an interval begins. */
export function hourOf({ interval_start }: TrendRow): number {
  return Number(interval_start.slice(11, 13));
}

const NOTHING: Counts = {
  no_answer: 0,
  answer_machine: 0,
  busy: 0,
  congestion: 0,
  failed: 0,
  answer: 0,
  abandon: 0,
  recall: 0,
  do_not_call: 0,
  unknown: 0,
  total: 0,
};
