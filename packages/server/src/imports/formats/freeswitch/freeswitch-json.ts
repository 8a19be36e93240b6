import type { Trunks } from '../../evidence/trunks.js';
import { isExtension } from '../../fields/extension.js';
import { wholeNumber } from '../../fields/fields.js';
import { telephoneIn } from '../../fields/telephones.js';
import { type Reading, rejected, skipped } from '../../reading/reading.js';
import { checkedLeg, SAME_CALL_S } from '../checked-leg.js';
import type { ImportFormat } from '../format.js';
import { beginsAsJson, type JsonObject, objectOf, parseObject, textOf } from '../json-object.js';
import { dialedNumber, FREESWITCH_NAMES, FREESWITCH_WORDS } from './freeswitch-outcome.js';
import { urlDecoded } from './url-decoded.js';

/**
 * The records of FreeSWITCH's mod_json_cdr (switch_ivr_generate_json_cdr): one object a leg, with `variables` (every
 * value a string, URL-encoded where encode-values is on) and `callflow`. A call has one or two of them (log-b-leg);
 * they are one attempt where both dialed the same telephone. Times are epochs, so no zone is needed.
 */
export const freeswitchJson: ImportFormat = {
  name: 'freeswitch-json',
  cut: { into: 'json' },
  takes: ['strip_prefix'],
  open: (context) => (text) => {
    const record = parseObject(text);
    return typeof record === 'string' ? rejected(record) : readFreeswitchCall(record, context.trunks);
  },
  recognise: ({ text }) =>
    beginsAsJson(text) && text.includes('"variables"') && KEYS.test(text)
      ? 'JSON with core-uuid, channel_data or callflow, and variables'
      : undefined,
};

const KEYS = /"(?:core-uuid|channel_data|callflow)"\s*:/;

/** Reads a record of mod_json_cdr. */
export function readFreeswitchCall(record: JsonObject, trunks?: Trunks): Reading {
  const raw = objectOf(record.variables);
  if (raw === undefined) return rejected('it has no variables');
  const variable = (...names: readonly string[]) => firstOf(raw, names);
  const flow = firstObject(record.callflow);
  const profile = objectOf(flow?.caller_profile) ?? {};
  const times = objectOf(flow?.times) ?? {};
  const dialed_at_s = instantOf(variable('start_epoch'), variable('start_uepoch'), times.created_time);
  if (dialed_at_s === undefined) return rejected('start_epoch is no time');
  const is_inbound =
    (variable('direction') || textOf(objectOf(record.channel_data)?.direction)) === 'inbound';
  if (is_inbound && !hasDialed(variable)) return INBOUND;
  const trunk = variable('sip_gateway_name', 'sip_gateway');
  // A leg to `user/1001` rings an internal extension.
  if (trunk === '' && variable('dialed_user') !== '') return INTERNAL;
  // FreeSWITCH's default dialplan records the extension that a leg calls (`Local_Extension` of default.xml).
  if (is_inbound && isExtension(variable('dialed_extension'))) return INTERNAL;
  return checkedLeg(
    {
      // Not call_uuid first: after a bridge ends, the call_uuid of the b-leg becomes its own uuid (switch_ivr_bridge.c).
      attempt_id: variable('originating_leg_uuid', 'call_uuid', 'uuid') || textOf(profile.uuid),
      dialed: telephoneOf(profile, variable),
      dialed_at_s,
      trunk,
      duration_seconds: wholeNumber(variable('billsec')),
      told: is_inbound ? toldOfOther(variable) : toldOfOwn(variable, times),
      same_call_within_s: SAME_CALL_S,
    },
    FREESWITCH_WORDS,
    FREESWITCH_NAMES,
    trunks,
  );
}

type Variable = (...names: readonly string[]) => string;

const INBOUND = skipped('inbound');
const INTERNAL = skipped('internal');

/** The leg of a registered agent comes in and dials out. A customer's leg that is passed to an agent dials out too. */
function hasDialed(variable: Variable): boolean {
  return (
    variable('originate_disposition') !== '' &&
    variable('sip_auth_username', 'user_name', 'sip_authorized') !== ''
  );
}

/** How the leg itself ended. */
function toldOfOwn(variable: Variable, times: JsonObject) {
  const answered_at = variable('answer_epoch', 'answer_uepoch') || textOf(times.answered_time);
  return {
    answered: answered_at !== '' && answered_at !== '0',
    amd: variable('amd_result', 'amd_status'),
    sip: sipOf(variable('sip_term_status')) ?? sipOf(variable('proto_specific_hangup_cause')),
    // The name before the number: ORIGINATOR_CANCEL has number 16, like a normal end.
    cause: variable('hangup_cause'),
    q850: wholeNumber(variable('hangup_cause_q850')),
  };
}

/** How the leg that an agent's leg dialed ended: the answer of the agent's leg says nothing about the customer. */
function toldOfOther(variable: Variable) {
  const disposition = variable('originate_disposition');
  return disposition === 'SUCCESS' ? { answered: true } : { answered: false, cause: disposition };
}

/** `destination_number` of the call flow is the dialed number, also for legs of `originate`. */
function telephoneOf(profile: JsonObject, variable: Variable): string {
  const dialed = dialedNumber(
    textOf(profile.destination_number),
    variable('direction') === 'outbound' ? textOf(profile.caller_id_number) : '',
    '',
  );
  if (dialed !== '') return dialed;
  const requested = variable('sip_req_user', 'sip_to_user');
  return typeof telephoneIn(requested) === 'string' ? requested : '';
}

function firstObject(list: unknown): JsonObject | undefined {
  return Array.isArray(list) ? objectOf(list[0]) : undefined;
}

function firstOf(variables: JsonObject, names: readonly string[]): string {
  for (const name of names) {
    const text = urlDecoded(textOf(variables[name]));
    if (text !== '') return text;
  }
  return '';
}

/** Seconds, else microseconds since 1970 UTC; 0 means "never". */
function instantOf(epoch: string, ...micros: readonly unknown[]): number | undefined {
  const seconds = wholeNumber(epoch);
  if (seconds !== undefined && seconds > 0) return seconds;
  for (const value of micros) {
    const text = textOf(value);
    if (/^\d{15,16}$/.test(text)) return Math.floor(Number(text) / 1_000_000);
  }
  return undefined;
}

/** `486` or `sip:486`. */
function sipOf(text: string): number | undefined {
  const digits = /^(?:sip:)?(\d{3})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
