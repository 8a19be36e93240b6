import { foldSpelling, type MachineCode } from '@recuento/contract';
import { outcomeOf } from '../../../outcomes/outcome-table.js';
import type { OutcomeWords, RecordedOutcome } from '../../evidence/evidence.js';
import { declaredCode, type Trunks } from '../../evidence/trunks.js';
import { secondsTold } from '../../fields/seconds.js';
import { type Reading, rejected, skipped, withoutOutcome } from '../../reading/reading.js';
import { checkedLeg, type FieldNames } from '../checked-leg.js';
import type { PhoneCode } from '../format.js';
import type { CarrierRow } from './vicidial-carrier.js';

/** A call as one of Vicidial's tables or exports describes it; absent texts are ''. */
export interface VicidialCall {
  readonly uniqueid: string;
  readonly lead_id: string;
  readonly phone_code: string;
  readonly phone_number: string;
  /** Seconds since 1970 UTC; undefined where the text is not a time. */
  readonly dialed_at_s: number | undefined;
  readonly status: string;
  readonly user: string;
  readonly length_in_sec: string;
  readonly carrier: CarrierRow | undefined;
  /** Lines that were held back for this call. */
  readonly takes_along: number;
}

const WORDS: OutcomeWords = {
  amd: 'asterisk_amdstatus',
  cause: 'asterisk_dialstatus',
  disposition: 'vicidial',
};
const NAMES: FieldNames = {
  key: 'uniqueid',
  telephone: 'phone_number',
  start: 'call_date',
  outcome: 'status',
};

/** Users that are programs: the one that dials, and the one that takes inbound calls. */
const PROGRAMS: ReadonlySet<string> = new Set(['', 'VDAD', 'VDCL']);

/**
 * Reads a call of Vicidial; `form` describes the form of its dates.
 *
 * - Its key is the uniqueid; without one the lead, because the same lead is not dialed twice in a second.
 * - The telephone is phone_code and phone_number, which Vicidial keeps apart; or phone_number alone, as asked.
 * - Q.850 16 and DIALSTATUS ANSWER do not change a status that an agent or AMD chose (an agent hears "the number is
 *   disconnected" on a line that answered). They count only where the status is NA, Vicidial's word for "not known".
 * - A status of the site's own that an agent chose, and that is not declared, is `unknown`: the call reached an agent, who
 *   may have heard a mailbox or nobody.
 */
export function readVicidialCall(
  call: VicidialCall,
  phone_code: PhoneCode,
  trunks: Trunks,
  form: string,
): Reading {
  const { uniqueid, lead_id, carrier, user, dialed_at_s, length_in_sec } = call;
  if (dialed_at_s === undefined) return rejected(`call_date is not a date-time ${form}`);
  const is_person = !PROGRAMS.has(user.toUpperCase());
  const trunk = carrier?.trunk ?? '';
  const declared = declaredCode(trunks.overridesOf(trunk), 'disposition', call.status, true);
  const ended = howItEnded(call.status, is_person, carrier, declared);
  if (ended === 'not final') return NOT_FINAL;
  if (ended === undefined) {
    return withoutOutcome('status is none of Vicidial, and no agent gave it', call.status);
  }
  const code = WHOLE.exec(call.phone_code)?.[1];
  return checkedLeg(
    {
      attempt_id: uniqueid || (lead_id === '' ? 'no-key' : `lead-${lead_id}`),
      dialed: call.phone_number,
      ...(phone_code === 'keep' && code !== undefined && { country_code: code }),
      dialed_at_s,
      ...ended,
      trunk,
      is_bare: true,
      cause: carrier?.cause,
      duration_seconds: secondsTold(length_in_sec),
      ...(lead_id !== '' && { customer_id: lead_id }),
      ...(is_person && { agent_id: user }),
      ...(call.takes_along > 0 && { takes_along: call.takes_along }),
    },
    WORDS,
    NAMES,
    trunks,
  );
}

const NOT_FINAL = skipped('not_final');

interface Ended {
  readonly told: RecordedOutcome;
  /** An agent chose the status, which is the site's own and not declared. */
  readonly has_agents_word: boolean;
}

/** undefined when nothing shows how the call ended. `declared` is the declared meaning of its status. */
function howItEnded(
  status: string,
  is_person: boolean,
  carrier: CarrierRow | undefined,
  declared: MachineCode | undefined,
): Ended | 'not final' | undefined {
  if (status === '') return 'not final'; // NULL while the call is under way
  const word = foldSpelling(status);
  const by_cause = declared === undefined ? BY_CAUSE.exec(status)?.[1] : undefined;
  const known = by_cause === undefined && declared === undefined ? outcomeOf('vicidial', status) : undefined;
  if (known && 'skip' in known) return { told: { disposition: status }, has_agents_word: false };
  const is_own = !known && by_cause === undefined && declared === undefined;
  // Each survey method has a status of its own: a person or a machine listened.
  const is_survey = is_own && SURVEY.test(status);
  const has_agents_word = is_own && is_person && !is_survey;
  if (is_own && !is_survey && !is_person && carrier === undefined) return undefined;
  const code = declared ?? (known && 'code' in known ? known.code : undefined);
  const speaks = word === UNKNOWING || carrier === undefined ? carrier : withoutAnswer(carrier);
  const cause = speaks?.cause ?? (by_cause === undefined ? undefined : Number(by_cause));
  const told = {
    // Answered beyond doubt: the call reached an agent, a survey or a machine.
    ...((is_survey || (code !== undefined && ANSWERED.has(code))) && { answered: true }),
    ...(declared === undefined && BY_AMD.has(word) && { amd: 'MACHINE' }),
    sip: speaks?.sip,
    q850: cause,
    // DIALSTATUS is less exact than the cause that it was made from: CHANUNAVAIL can be cause 1 or cause 20.
    ...(cause === undefined && { cause: speaks?.dialstatus }),
    disposition: by_cause === undefined ? status : undefined,
  };
  return { told, has_agents_word };
}

const ANSWERED: ReadonlySet<MachineCode> = new Set(['answer', 'answer_machine', 'abandon']);
/** Digits, also with the fraction that programs for tables add in a column with gaps: `57.0`. */
const WHOLE = /^(\d+)(?:\.0+)?$/;
/** `HUC34`: with enhanced_disconnect_logging=3, the cause that the call ended with. */
const BY_CAUSE = /^HUC(\d{1,3})$/i;
/** `SVYEXT` and the like. */
const SURVEY = /^SVY/i;
/** Statuses that AMD sets: machine found; sent to a message; message played. `A` is set by an agent. */
const BY_AMD: ReadonlySet<string> = new Set(['AA', 'AM', 'AL'].map(foldSpelling));
const UNKNOWING = foldSpelling('NA');
/** Normal clearing: it ends answered calls and unanswered ones. */
const CLEARING = 16;

function withoutAnswer(carrier: CarrierRow): CarrierRow {
  return {
    ...carrier,
    cause: carrier.cause === CLEARING ? undefined : carrier.cause,
    dialstatus: carrier.dialstatus === 'ANSWER' ? '' : carrier.dialstatus,
  };
}
