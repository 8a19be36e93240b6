import { foldSpelling } from '@recuento/contract';
import type { OutcomeWords } from '../../evidence/evidence.js';
import type { Trunks } from '../../evidence/trunks.js';
import { wholeNumber } from '../../fields/fields.js';
import { secondsTold } from '../../fields/seconds.js';
import { type Reading, rejected, skipped } from '../../reading/reading.js';
import { checkedLeg, type FieldNames, SAME_CALL_S } from '../checked-leg.js';

/** A call as Twilio describes it: in its list, in a file, or in a callback at its end. Absent texts are ''. */
export interface TwilioCall {
  readonly sid: string;
  readonly to: string;
  readonly status: string;
  /** Seconds since 1970 UTC; undefined where the text is not a time. */
  readonly started_at_s: number | undefined;
  readonly answered_by: string;
  /** `undefined` where the source has no such field. */
  readonly direction: string | undefined;
  /** Seconds; '' for calls that were not answered. */
  readonly duration: string;
  readonly sip: string;
}

const WORDS: OutcomeWords = { amd: 'twilio_answered_by', disposition: 'twilio_status' };
const NAMES: FieldNames = { key: 'sid', telephone: 'to', start: 'start_time', outcome: 'status' };

/** Reads a call. Calls that Twilio did not dial for the operation are skipped, and so are calls that are not over. */
export function readTwilioCall(call: TwilioCall, trunks?: Trunks): Reading {
  if (call.sid === '') return rejected('sid is missing');
  if (call.direction !== undefined) {
    const direction = foldSpelling(call.direction);
    if (CAME_IN.has(direction)) return INBOUND;
    if (direction === '') return rejected('direction is missing');
    if (!WENT_OUT.has(direction)) return rejected("direction is none of Twilio's");
  }
  if (call.started_at_s === undefined) return rejected('start_time is no date-time');
  return checkedLeg(
    {
      attempt_id: call.sid,
      dialed: call.to,
      calls_names: true, // `client:ana`, `sip:ana@example.com`
      dialed_at_s: call.started_at_s,
      duration_seconds: secondsTold(call.duration),
      told: { amd: call.answered_by, sip: wholeNumber(call.sip), disposition: call.status },
      same_call_within_s: SAME_CALL_S,
    },
    WORDS,
    NAMES,
    trunks,
  );
}

const INBOUND = skipped('inbound');
/** Trunking "terminates" a call from the customer's switch in the telephone network: it was dialed. */
const WENT_OUT: ReadonlySet<string> = new Set(
  ['outbound', 'outbound-api', 'outbound-dial', 'trunking-terminating'].map(foldSpelling),
);
const CAME_IN: ReadonlySet<string> = new Set(['inbound', 'trunking-originating'].map(foldSpelling));
