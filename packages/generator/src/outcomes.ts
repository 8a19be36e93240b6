import type { AmdResult, MachineCode } from '@recuento/contract';
import type { Random } from './random.js';
import type { TelephoneState } from './telephones.js';

/** How an attempt ended, with the signalling that goes with it. */
export interface Outcome {
  readonly result: MachineCode;
  /** SIP final response (RFC 3261, section 21). */
  readonly sip: number;
  /** Cause of the release (ITU-T Q.850). */
  readonly cause: number;
  readonly amd?: AmdResult;
  /** Length of the conversation or the recording; 0 if nothing was connected. */
  readonly duration_seconds: number;
}

/** Results of a live telephone with their cumulative shares. */
const LIVE_MIX: readonly (readonly [number, MachineCode])[] = [
  [0.36, 'no_answer'],
  [0.7, 'answer_machine'],
  [0.88, 'answer'],
  [0.93, 'busy'],
  [0.94, 'failed'],
  [0.965, 'abandon'],
  [0.99, 'recall'],
  [0.995, 'do_not_call'],
  [1, 'unknown'],
];

/** Dead numbers fail nine times out of ten; some networks let them ring. Nobody ever answers them. */
const DEAD_FAILED_SHARE = 0.9;
/** A fax line is busy, or its carrier is taken for a machine. */
const FAX_BUSY_SHARE = 0.8;
/** Answering machine detection is on in most campaigns, and it is not always sure. */
const AMD_SHARE = 0.85;

export function outcomeOf(state: TelephoneState, random: Random): Outcome {
  switch (state) {
    case 'live':
      return ended(liveResult(random), random);
    case 'dead':
      return random.chance(DEAD_FAILED_SHARE) ? unallocated(random) : ended('no_answer', random);
    case 'voicemail':
      return ended('answer_machine', random);
    case 'fax':
      return ended(random.chance(FAX_BUSY_SHARE) ? 'busy' : 'answer_machine', random);
  }
}

/** The outcome of any attempt during a fault of its trunk. */
export function faultOutcome(fault: 'outage' | 'congestion', random: Random): Outcome {
  if (fault === 'outage') {
    return { result: 'failed', sip: 503, cause: random.pick(38, 41), duration_seconds: 0 };
  }
  return { result: 'congestion', sip: 503, cause: random.pick(34, 42), duration_seconds: 0 };
}

/** An unanswered call, as reported by a carrier that calls it "unallocated". */
export function mislabelled(): Outcome {
  return { result: 'failed', sip: 404, cause: 1, duration_seconds: 0 };
}

function liveResult(random: Random): MachineCode {
  const place = random.unit();
  for (const [end, result] of LIVE_MIX) if (place < end) return result;
  return 'unknown';
}

/** Unallocated, number changed, or invalid number format: the causes that are about the number itself. */
function unallocated(random: Random): Outcome {
  const place = random.unit();
  if (place < 0.8) return { result: 'failed', sip: 404, cause: 1, duration_seconds: 0 };
  if (place < 0.92) return { result: 'failed', sip: 410, cause: 22, duration_seconds: 0 };
  return { result: 'failed', sip: 484, cause: 28, duration_seconds: 0 };
}

function ended(result: MachineCode, random: Random): Outcome {
  switch (result) {
    case 'no_answer':
      return { result, sip: 480, cause: random.pick(18, 19), duration_seconds: 0 };
    case 'busy':
      return { result, sip: 486, cause: 17, duration_seconds: 0 };
    case 'failed': // a live telephone: declined, or out of order for a while
      return random.chance(0.5)
        ? { result, sip: 603, cause: 21, duration_seconds: 0 }
        : { result, sip: 502, cause: 27, duration_seconds: 0 };
    case 'answer_machine':
      return connected(result, 6 + random.below(25), random.chance(AMD_SHARE) ? 'machine' : undefined);
    case 'abandon':
      return connected(result, 1 + random.below(8), random.chance(0.4) ? 'hangup' : undefined);
    case 'answer':
    case 'recall':
    case 'do_not_call':
      return connected(result, 8 + Math.floor(random.exponential(90)), heard(random));
    default:
      return connected(result, random.below(5), undefined);
  }
}

function heard(random: Random): AmdResult | undefined {
  if (!random.chance(AMD_SHARE)) return undefined;
  return random.chance(0.9) ? 'human' : 'not_sure';
}

function connected(result: MachineCode, duration_seconds: number, amd: AmdResult | undefined): Outcome {
  return { result, sip: 200, cause: 16, duration_seconds, ...(amd && { amd }) };
}
