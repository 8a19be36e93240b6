import {
  type AmdResult,
  type Attempt,
  type MachineCode,
  RECORD_FIELDS,
  type RecordField,
} from '@recuento/contract';

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
  readonly agent_id: string;
  readonly customer_id?: string;
  /** Fields of the customer's record. */
  readonly record?: CustomerRecord;
}

export type CustomerRecord = Readonly<Partial<Record<RecordField, string>>>;

/**
 * ANSWERED > BUSY > CONGESTION > FAILED > NO ANSWER (one call's legs contradict each other, and the one that got
 * furthest is right). A machine that was recognized is more than "answered", which only says that something picked
 * up; a person that was recognized is more still. What came of an answered call, as another source told it, is not
 * overruled by a switch's record.
 */
const STRENGTH: Readonly<Record<MachineCode, number>> = {
  unknown: 0,
  no_answer: 1,
  failed: 2,
  congestion: 3,
  busy: 4,
  answer: 5,
  answer_machine: 6,
  abandon: 8,
  recall: 9,
  do_not_call: 10,
};
const PERSON_RECOGNIZED = 7;

function strengthOf({ code, amd }: Evidence): number {
  return code === 'answer' && amd === 'human' ? PERSON_RECOGNIZED : STRENGTH[code];
}

/**
 * Above 0 when `a` is the stronger evidence of one attempt, below 0 when `b` is, 0 when they say the same.
 *
 * A total order on what the store keeps, so that taking the strongest is commutative, associative and idempotent, in
 * memory and against the store alike. (The start of a leg is no tie-breaker: the store keeps the call's alone.)
 */
export function compareEvidence(a: Evidence, b: Evidence): number {
  return (
    strengthOf(a) - strengthOf(b) ||
    (a.duration_seconds ?? -1) - (b.duration_seconds ?? -1) ||
    compareText(a.trunk, b.trunk) ||
    (a.sip ?? -1) - (b.sip ?? -1) ||
    (a.cause ?? -1) - (b.cause ?? -1) ||
    compareText(a.amd, b.amd) ||
    compareText(a.agent_id, b.agent_id) ||
    compareText(a.customer_id ?? '', b.customer_id ?? '') ||
    compareRecords(a.record, b.record)
  );
}

function compareRecords(a: CustomerRecord = {}, b: CustomerRecord = {}): number {
  if (a === b) return 0;
  for (const field of RECORD_FIELDS) {
    const order = compareText(a[field] ?? '', b[field] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The attempt that a leg stands for. */
export function attemptOf(leg: Leg, campaign_id: number): Attempt {
  return {
    attempt_id: leg.attempt_id,
    campaign_id,
    telephone: leg.telephone,
    dialed_at: leg.dialed_at_s,
    result: leg.code,
    trunk: leg.trunk === '' ? undefined : leg.trunk,
    sip: leg.sip,
    cause: leg.cause,
    amd: leg.amd === '' ? undefined : leg.amd,
    duration_seconds: leg.duration_seconds,
    agent_id: leg.agent_id === '' ? undefined : leg.agent_id,
    customer_id: leg.customer_id === '' ? undefined : leg.customer_id,
    ...leg.record,
  };
}
