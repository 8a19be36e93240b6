import type { AmdResult, MachineCode } from '@recuento/contract';
import type { NumberEvidence } from './number-evidence.js';

/**
 * Columns of an insert, in their order; the engine computes the others. A row is in the engine's `RowBinary`: numbers in little
 * endian; texts after their length (a varint); a nullable value as 1 when it is not known, otherwise as 0 and the value.
 *
 * The first columns decide which of an attempt's rows holds. The delivery is at the very start, where it is easily written at the
 * end. Then comes the identity, in one piece, and then everything else that is known of the attempt.
 */
export const ATTEMPT_COLUMNS = [
  'delivery',
  'import',
  'rank',
  'operation_id',
  'campaign_id',
  'dialed_at',
  'telephone',
  'attempt_id',
  'result',
  'amd',
  'duration_seconds',
  'trunk',
  'sip',
  'cause',
  'evidence',
  'said',
  'agent_id',
  'customer_id',
  'record',
] as const;

/** Where the columns of fixed size begin within a row. */
export const IMPORT_AT = 8;
export const RANK_AT = 12;
export const OPERATION_AT = 20;
/** Here the identity begins, which ends with `attempt_id`. */
export const CAMPAIGN_AT = 24;
export const DIALED_AT = 28;
export const TELEPHONE_AT = 32;

/** The numbers of the enums in the store's columns (`migrations/005_told.sql`). */
export const CODE_NUMBERS: Readonly<Record<MachineCode, number>> = {
  no_answer: 1,
  answer_machine: 2,
  busy: 3,
  congestion: 4,
  failed: 5,
  answer: 6,
  abandon: 7,
  recall: 8,
  do_not_call: 9,
  unknown: 10,
};
export const AMD_NUMBERS: Readonly<Record<AmdResult | '', number>> = {
  '': 0,
  machine: 1,
  human: 2,
  not_sure: 3,
  hangup: 4,
};
export const EVIDENCE_NUMBERS: Readonly<Record<NumberEvidence, number>> = {
  none: 0,
  line_lives: 1,
  number_invalid: 2,
  number_doubtful: 3,
  trunk_at_fault: 4,
};

/** The end of the text that begins, with its length, at `at`. */
export function behindText(bytes: Buffer, at: number): number {
  let length = 0;
  let shift = 0;
  for (let next = at; ; next += 1, shift += 7) {
    const byte = bytes[next] ?? 0;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) return next + 1 + length;
  }
}
