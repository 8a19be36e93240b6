import { foldSpelling } from '@recuento/contract';
import { outcomeOf } from '../../outcomes/outcome-table.js';
import type { Told, Words } from '../evidence.js';
import { secondsTold } from '../seconds.js';
import type { Trunks } from '../trunks.js';
import { checkedLeg, type FieldNames } from './checked-leg.js';
import { type PhoneCode, type Reading, rejected, skipped } from './format.js';
import type { CarrierRow } from './vicidial-carrier.js';

/** A call as Vicidial tells it, in whichever of its tables or exports; '' where it does not say. */
export interface VicidialCall {
  readonly uniqueid: string;
  readonly lead_id: string;
  readonly phone_code: string;
  readonly phone_number: string;
  /** Seconds since 1970 UTC; undefined where its text is no time. */
  readonly dialed_at_s: number | undefined;
  readonly status: string;
  readonly user: string;
  readonly length_in_sec: string;
  readonly carrier: CarrierRow | undefined;
  /** Lines that were held back for it. */
  readonly takes_along: number;
}

const WORDS: Words = { amd: 'asterisk_amdstatus', cause: 'asterisk_dialstatus', disposition: 'vicidial' };
const NAMES: FieldNames = {
  key: 'uniqueid',
  telephone: 'phone_number',
  start: 'call_date',
  outcome: 'status',
};

/** Users that are no people: the one that dials, and the one that takes inbound calls. */
const PROGRAMS: ReadonlySet<string> = new Set(['', 'VDAD', 'VDCL']);

/**
 * What a call of Vicidial says; `form` is that of its dates.
 *
 * - Its key is the uniqueid; without one the lead, as the same lead is not dialed twice in a second.
 * - The telephone is phone_code and phone_number, which Vicidial keeps apart; or phone_number alone, as asked.
 * - Q.850 16 and DIALSTATUS ANSWER say nothing of a status that an agent or AMD gave (an agent hears "the number is
 *   disconnected" on a line that answered), and speak only where the status is NA: Vicidial's word for not knowing.
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
  const told = whatIsTold(call.status, is_person, carrier);
  if (told === 'not final') return NOT_FINAL;
  if (told === undefined) {
    return rejected('status is none of Vicidial, and no agent gave it');
  }
  const code = WHOLE.exec(call.phone_code)?.[1];
  return checkedLeg(
    {
      attempt_id: uniqueid || (lead_id === '' ? 'no-key' : `lead-${lead_id}`),
      dialed: call.phone_number,
      ...(phone_code === 'keep' && code !== undefined && { country_code: code }),
      dialed_at_s,
      told,
      trunk: carrier?.trunk ?? '',
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

/** undefined when nothing says how the call ended. */
function whatIsTold(
  status: string,
  is_person: boolean,
  carrier: CarrierRow | undefined,
): Told | 'not final' | undefined {
  if (status === '') return 'not final'; // NULL while the call is under way
  const word = foldSpelling(status);
  const by_cause = BY_CAUSE.exec(status)?.[1];
  const known = by_cause === undefined ? outcomeOf('vicidial', status) : undefined;
  if (known && 'skip' in known) return { disposition: status };
  const is_survey = SURVEY.test(status);
  // A status of the site's own: an agent gives one to a call that came to the agent.
  const is_own = !known && by_cause === undefined && (is_survey || is_person);
  if (!known && by_cause === undefined && !is_own && carrier === undefined) return undefined;
  const code = known && 'code' in known ? known.code : undefined;
  const speaks = word === UNKNOWING || carrier === undefined ? carrier : withoutAnswer(carrier);
  const cause = speaks?.cause ?? (by_cause === undefined ? undefined : Number(by_cause));
  return {
    // Beyond doubt: the call came to an agent, a survey or a machine.
    ...((is_own || code === 'answer' || code === 'answer_machine') && { answered: true }),
    ...(BY_AMD.has(word) && { amd: 'MACHINE' }),
    sip: speaks?.sip,
    q850: cause,
    // DIALSTATUS is coarser than the cause that it was made of: CHANUNAVAIL is cause 1 and cause 20 alike.
    ...(cause === undefined && { cause: speaks?.dialstatus }),
    disposition: by_cause === undefined ? status : undefined,
  };
}

/** Digits, also as a table of numbers makes them of a column with gaps: `57.0`. */
const WHOLE = /^(\d+)(?:\.0+)?$/;
/** `HUC34`: with enhanced_disconnect_logging=3, the cause that the call ended with. */
const BY_CAUSE = /^HUC(\d{1,3})$/i;
/** `SVYEXT`, and as many more as there are survey methods: a person or a machine listened. */
const SURVEY = /^SVY/i;
/** Statuses that AMD gives: found; sent to a message; message played. `A` is an agent's. */
const BY_AMD: ReadonlySet<string> = new Set(['AA', 'AM', 'AL'].map(foldSpelling));
const UNKNOWING = foldSpelling('NA');
/** Normal clearing: ends answered and unanswered calls. */
const CLEARING = 16;

function withoutAnswer(carrier: CarrierRow): CarrierRow {
  return {
    ...carrier,
    cause: carrier.cause === CLEARING ? undefined : carrier.cause,
    dialstatus: carrier.dialstatus === 'ANSWER' ? '' : carrier.dialstatus,
  };
}
