import type { AmdResult, MachineCode, RecordField } from '@recuento/contract';
import type { NumberEvidence } from '../../attempts/number-evidence.js';

/**
 * What one record of a dialer's file says: one leg of a call. A call may have several legs; legs with the same
 * attempt_id, telephone and dialed_at_s are one attempt. All three must follow from the leg alone, never from other legs
 * in the file: so shuffled, split and repeated files give the same attempts.
 */
export interface Leg extends Evidence {
  readonly kind: 'leg';
  /** The key of its call. */
  readonly attempt_id: string;
  /** As it was dialed, without prefixes of trunks. */
  readonly telephone: string;
  /** Seconds since 1970 UTC. */
  readonly dialed_at_s: number;
  /** The campaign that the record names; absent: the import's. */
  readonly campaign_id?: number;
  /**
   * Set where records of one call can give it different times: a leg within this time of an attempt with the same
   * attempt_id and telephone belongs to that attempt, which keeps its first time.
   */
  readonly same_call_within_s?: number;
  /** The record's word for how the attempt ended, where no table knows it. */
  readonly unknown_word?: string;
  /** Lines that were held back until this leg came, and are part of it. Absent: 0. */
  readonly takes_along?: number;
}

/** How an attempt ended, by a leg or by the store. '' and undefined: not recorded. */
export interface Evidence {
  readonly code: MachineCode;
  readonly amd: AmdResult | '';
  readonly duration_seconds: number | undefined;
  readonly trunk: string;
  readonly sip: number | undefined;
  readonly cause: number | undefined;
  /** What the end shows about the number. */
  readonly evidence: NumberEvidence;
  /** The source's own word for the end, where it is short. */
  readonly said?: string;
  readonly agent_id: string;
  readonly customer_id?: string;
  /** Fields of the customer's record. */
  readonly record?: CustomerRecord;
}

export type CustomerRecord = Readonly<Partial<Record<RecordField, string>>>;
