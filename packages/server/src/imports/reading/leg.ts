import type { AmdResult, MachineCode, RecordField } from '@recuento/contract';
import type { NumberEvidence } from '../../attempts/number-evidence.js';

/**
 * What one record of a dialer's file says: one leg of a call. A call may have several; legs with the same
 * attempt_id, telephone and dialed_at_s are one attempt. All three must follow from the leg alone, never from which
 * others are in the file: that is what makes shuffled, split and repeated files give the same attempts.
 */
export interface Leg extends Evidence {
  readonly kind: 'leg';
  /** The key of its call. */
  readonly attempt_id: string;
  /** As it was dialed. */
  readonly telephone: string;
  /** Seconds since 1970 UTC. */
  readonly dialed_at_s: number;
  /** Where the record names it; else the import's. */
  readonly campaign_id?: number;
  /**
   * Where records of one call give it different times: an attempt of the same attempt_id and telephone dialed so near
   * is this one, and keeps the time under which it was stored first.
   */
  readonly same_call_within_s?: number;
  /** Its word for how the attempt ended, where no table knows it. */
  readonly unknown_word?: string;
  /** Lines that were held back until this leg came, and are part of it. Absent is 0. */
  readonly takes_along?: number;
}

/** How an attempt ended, as a leg tells it or as the store has it. '' and undefined: not told. */
export interface Evidence {
  readonly code: MachineCode;
  readonly amd: AmdResult | '';
  readonly duration_seconds: number | undefined;
  readonly trunk: string;
  readonly sip: number | undefined;
  readonly cause: number | undefined;
  /** What it says of the number. */
  readonly evidence: NumberEvidence;
  /** The source's own word for the end, where it is short. */
  readonly said?: string;
  readonly agent_id: string;
  readonly customer_id?: string;
  /** Fields of the customer's record. */
  readonly record?: CustomerRecord;
}

export type CustomerRecord = Readonly<Partial<Record<RecordField, string>>>;
