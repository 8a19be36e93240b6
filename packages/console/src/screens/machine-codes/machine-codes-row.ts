import type { MachineCode } from '@recuento/contract';

/** The codes that `campaign_8` counts, in its order. */
export const RECOGNITIONS = [
  'no_answer',
  'answer_machine',
  'busy',
  'congestion',
  'failed',
] as const satisfies readonly MachineCode[];
type Recognition = (typeof RECOGNITIONS)[number];

/** A row of `GET /v1/machine-codes`, as the contract's `MACHINE_CODES_COLUMNS` describes it. */
export interface MachineCodesRow extends Readonly<Record<Recognition, number>> {
  readonly telephone: string;
  readonly total_machine_recognitions: number;
  readonly dialed_total: number;
  readonly answered: number;
  readonly other: number;
  readonly first_dialed_at: string;
  readonly last_dialed_at: string;
  readonly last_result: MachineCode;
}

export interface MachineCodesPage {
  readonly machine_codes: readonly MachineCodesRow[];
  readonly next_cursor: string | null;
}
