import { FIELD_LIMITS } from '@recuento/contract';
import {
  type Decision,
  decide,
  type OutcomeWords,
  type RecordedOutcome,
  saidBy,
  wordFor,
} from '../evidence/evidence.js';
import { NO_TRUNKS, type Trunks } from '../evidence/trunks.js';
import { fieldFault, isInRange } from '../fields/fields.js';
import { telephoneIn } from '../fields/telephones.js';
import type { CustomerRecord, Leg } from '../reading/leg.js';
import { type Reading, rejected, skipped, withoutOutcome } from '../reading/reading.js';
import { NO_TELEPHONE, notDialed } from './no-telephone.js';

/** A call as its record describes it; '' and undefined: not recorded. */
export interface Call {
  readonly attempt_id: string;
  /** The dialed number as written in the record; '' where it has none. */
  readonly dialed: string;
  /** The country code, where the dialer keeps it apart. */
  readonly country_code?: string;
  /** The dialer also calls names without a number (`client:ana`, `sip:1001@pbx`, an application): not a fault of the record. */
  readonly calls_names?: boolean;
  /** Seconds since 1970 UTC. */
  readonly dialed_at_s: number;
  readonly told: RecordedOutcome;
  /** An agent chose a word of the site's own, whose meaning is not declared. */
  readonly has_agents_word?: boolean;
  readonly trunk?: string;
  /** The prefixes of trunks are already removed from the number. */
  readonly is_bare?: boolean;
  /** The Q.850 number to be stored, where it is not the one that decides the outcome. */
  readonly cause?: number | undefined;
  readonly agent_id?: string;
  readonly takes_along?: number;
  readonly duration_seconds?: number | undefined;
  readonly customer_id?: string;
  readonly record?: CustomerRecord | undefined;
  readonly campaign_id?: number;
  readonly same_call_within_s?: number;
}

/** Names of the fields in the format, for the reasons of rejects. */
export interface FieldNames {
  readonly key: string;
  readonly telephone: string;
  readonly start: string;
  readonly outcome: string;
}

/** Makes the attempt of a call, with every field as the store takes it; or returns why there is none. */
export function checkedLeg(
  call: Call,
  words: OutcomeWords,
  names: FieldNames,
  trunks: Trunks = NO_TRUNKS,
): Reading {
  const { dialed, trunk = '', told, attempt_id, dialed_at_s, duration_seconds } = call;
  const decision = call.has_agents_word ? AGENTS_WORD : decide(words, told, trunks.overridesOf(trunk));
  const word = wordFor(words, told);
  if (decision === undefined) {
    return withoutOutcome(`${names.outcome} is no word that says how an attempt ended`, word);
  }
  if ('skip' in decision) return skipped(decision.skip);
  const number = telephoneIn(dialed);
  if (typeof number !== 'string') {
    return number.because === 'other' && (call.calls_names || !/\p{Nd}/u.test(dialed))
      ? NO_TELEPHONE
      : notDialed(number, names.telephone, dialed);
  }
  if (!isInRange(dialed_at_s)) return rejected(`${names.start} is not between the years 2000 and 2100`);
  const telephone = call.is_bare
    ? (number.startsWith('+') ? '' : (call.country_code ?? '')) + number
    : trunks.telephoneOf(trunk, number);
  const fault =
    fieldFault(names.telephone, telephone, FIELD_LIMITS.telephone_chars) ??
    fieldFault(names.key, attempt_id, FIELD_LIMITS.attempt_id_chars) ??
    textFault('trunk', trunk) ??
    textFault('customer_id', call.customer_id) ??
    textFault('agent_id', call.agent_id) ??
    recordFault(call.record);
  if (fault !== undefined) return rejected(fault);
  const leg: Leg = {
    kind: 'leg',
    attempt_id,
    telephone,
    dialed_at_s,
    code: decision.code,
    amd: decision.amd,
    duration_seconds,
    trunk,
    sip: within(told.sip, SIP_MIN, SIP_MAX),
    cause: within(call.cause ?? told.q850, 0, CAUSE_MAX),
    evidence: decision.evidence,
    said: saidBy(told),
    agent_id: call.agent_id ?? '',
    ...(decision.unknown_word && { unknown_word: word }),
    ...(call.customer_id !== undefined && { customer_id: call.customer_id }),
    ...(call.record !== undefined && { record: call.record }),
    ...(call.campaign_id !== undefined && { campaign_id: call.campaign_id }),
    ...(call.takes_along !== undefined && { takes_along: call.takes_along }),
    ...(call.same_call_within_s !== undefined && { same_call_within_s: call.same_call_within_s }),
  };
  return leg;
}

/** The call reached an agent, so the line is in service. Only the site knows what its word says about the result. */
const AGENTS_WORD: Decision = { code: 'unknown', amd: '', evidence: 'line_lives', unknown_word: true };

/**
 * Records of one call to one telephone are within this time of each other: a call may ring for minutes and last for
 * hours. The limit is the same as for legs of Asterisk's transferred calls (call-key.ts).
 */
export const SAME_CALL_S = 4 * 3_600;

const SIP_MIN = 100;
const SIP_MAX = 699;
/** The Q.850 field has seven bits; greater numbers are a switch's own. */
const CAUSE_MAX = 127;

function within(value: number | undefined, min: number, max: number): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

function textFault(name: string, text: string | undefined): string | undefined {
  return text ? fieldFault(name, text, FIELD_LIMITS.text_chars) : undefined;
}

function recordFault(record: CustomerRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  for (const [name, text] of Object.entries(record)) {
    const fault = textFault(name, text);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
