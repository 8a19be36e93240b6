import type { AmdResult, MachineCode } from '@recuento/contract';
import type { FaultKind } from './faults.js';
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

/** Results of calls to a live telephone that nobody had a chance to pick up, with their cumulative shares. */
const NOT_RUNG: readonly (readonly [number, MachineCode])[] = [
  [0.05, 'busy'],
  [0.06, 'failed'],
  [0.07, 'unknown'],
];
export const NOT_RUNG_SHARE = 0.07;
/** What became of calls that a person picked up, with their cumulative shares. */
const PICKED_UP: readonly (readonly [number, MachineCode])[] = [
  [0.766, 'answer'],
  [0.872, 'abandon'],
  [0.979, 'recall'],
  [1, 'do_not_call'],
];
/** Machines take most calls; some are given up before, or meet a line that is out of reach. */
const MACHINE_TAKES_SHARE = 0.93;

/** Dead numbers fail nine times out of ten; some networks let them ring. Nobody ever answers them. */
const DEAD_FAILED_SHARE = 0.9;
/** A fax line is busy, or its carrier is taken for a machine. */
const FAX_BUSY_SHARE = 0.8;
/** Answering machine detection is on in most campaigns, and it is not always sure. */
const AMD_SHARE = 0.85;

/** The outcome of a call to a live telephone. */
export function liveOutcome(pick_up: number, machine: boolean, random: Random): Outcome {
  const place = random.unit();
  if (place < NOT_RUNG_SHARE) return ended(among(NOT_RUNG, place), random);
  if (random.chance(pick_up)) return ended(among(PICKED_UP, random.unit()), random);
  return ended(machine && random.chance(MACHINE_TAKES_SHARE) ? 'answer_machine' : 'no_answer', random);
}

/** The outcome of a call to a telephone where nobody can pick up. */
export function outcomeOf(state: Exclude<TelephoneState, 'live'>, random: Random): Outcome {
  switch (state) {
    case 'dead':
    case 'suspended':
    case 'blocking':
      return random.chance(DEAD_FAILED_SHARE) ? invalid(random) : ended('no_answer', random);
    case 'silent':
      return ended('no_answer', random);
    case 'voicemail':
      return ended('answer_machine', random);
    case 'fax':
      return ended(random.chance(FAX_BUSY_SHARE) ? 'busy' : 'answer_machine', random);
  }
}

/** The outcome of any attempt that a fault hits. */
export function faultOutcome(fault: FaultKind, random: Random): Outcome {
  switch (fault) {
    case 'outage':
      return { result: 'failed', sip: 503, cause: random.pick(38, 41), duration_seconds: 0 };
    case 'congestion':
      return { result: 'congestion', sip: 503, cause: random.pick(34, 42), duration_seconds: 0 };
    case 'wrong_number_format':
      return random.chance(0.5) ? UNALLOCATED : INVALID_FORMAT;
  }
}

/** An unanswered call, as reported by a carrier that lies about it. */
export function lieOutcome(says: 'unallocated' | 'any', random: Random): Outcome {
  return says === 'unallocated' ? UNALLOCATED : invalid(random);
}

const UNALLOCATED: Outcome = { result: 'failed', sip: 404, cause: 1, duration_seconds: 0 };
const CHANGED: Outcome = { result: 'failed', sip: 410, cause: 22, duration_seconds: 0 };
const INVALID_FORMAT: Outcome = { result: 'failed', sip: 484, cause: 28, duration_seconds: 0 };

/** The causes that are about the number itself. */
function invalid(random: Random): Outcome {
  const place = random.unit();
  if (place < 0.8) return UNALLOCATED;
  return place < 0.92 ? CHANGED : INVALID_FORMAT;
}

function among(shares: readonly (readonly [number, MachineCode])[], place: number): MachineCode {
  for (const [end, result] of shares) if (place < end) return result;
  return 'unknown';
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
