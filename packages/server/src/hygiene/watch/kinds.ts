import type { AlarmKind } from '@recuento/contract';
import type { Counts } from './counts.js';

/** Alarms about a share of the attempts: all but the one that none arrive. */
export type KindOfShare = Exclude<AlarmKind, 'no_attempts'>;

/** What a share is of, and how many of those are meant. */
interface Share {
  readonly of: (counts: Counts) => number;
  readonly hits: (counts: Counts) => number;
  /** Whether it is a fault, which calls that show life speak against; else it hangs on people, lists and hours. */
  readonly is_fault: boolean;
  /**
   * The evidence, in natural logarithms, from which it is an alarm of the whole operation. Chance brings so much once in some
   * e^13 minutes with attempts: once in a working year or two. Generated operations have it about so often.
   */
  readonly least_evidence: number;
  /** It is over when so much evidence came against its going on. */
  readonly over_at: number;
}

const all = ({ attempts }: Counts) => attempts;
/** What a trunk refused says nothing of who takes calls. What the network calls invalid does: else a trunk that lies seems to reach more. */
const carried = ({ attempts, refused }: Counts) => attempts - refused;

export const SHARES: Readonly<Record<KindOfShare, Share>> = {
  outage: { of: all, hits: ({ failed }) => failed, is_fault: true, least_evidence: 13, over_at: 6 },
  congestion: { of: all, hits: ({ congested }) => congested, is_fault: true, least_evidence: 13, over_at: 6 },
  wrong_number_format: {
    of: all,
    hits: ({ invalid }) => invalid,
    is_fault: true,
    least_evidence: 13,
    over_at: 6,
  },
  machines_jump: {
    of: carried,
    hits: ({ machines }) => machines,
    is_fault: false,
    least_evidence: 13,
    over_at: 9,
  },
  answers_halved: {
    of: carried,
    hits: ({ people }) => people,
    is_fault: false,
    least_evidence: 13,
    over_at: 9,
  },
};

export const KINDS_OF_SHARE: readonly KindOfShare[] = [
  'outage',
  'congestion',
  'wrong_number_format',
  'machines_jump',
  'answers_halved',
];

/** What is usual: the share, and that of attempts that show life. */
export interface UsualShare {
  readonly share: number;
  readonly alive: number;
}

/** What one attempt says for the alarm, in natural logarithms: one of those that are meant, one that shows life, another. */
export interface Weights {
  readonly hit: number;
  readonly alive: number;
  readonly other: number;
}

/** Shares while the alarm holds. Faults as in `faults/change-watch.ts`. */
const IN_ALARM: Readonly<Record<KindOfShare, (usual: UsualShare) => UsualShare>> = {
  outage: () => ({ share: 0.94, alive: 0.01 }),
  wrong_number_format: () => ({ share: 0.94, alive: 0.01 }),
  congestion: ({ alive }) => ({ share: 0.6, alive: 0.4 * alive }),
  // The odds of a machine are three times as high. So half as many machines again is not told yet.
  machines_jump: ({ share, alive }) => ({ share: Math.max(oddsTimes(share, 3), share + 0.1), alive }),
  // Less than half of the answers are left. So a third fewer is not told yet, and half of them is.
  answers_halved: ({ share, alive }) => ({ share: share * 0.45, alive }),
};

export function weightsOf(kind: KindOfShare, asked: UsualShare): Weights {
  const share = clamp(asked.share);
  const usual = { share, alive: clamp(Math.min(asked.alive, 1 - share)) };
  const alarm = IN_ALARM[kind](usual);
  const hit = Math.log(clamp(alarm.share) / share);
  if (!SHARES[kind].is_fault) {
    const other = Math.log(clamp(1 - alarm.share) / clamp(1 - share));
    return { hit, alive: other, other };
  }
  return {
    hit,
    alive: Math.log(clamp(alarm.alive) / usual.alive),
    other: Math.log((1 - alarm.share - alarm.alive) / clamp(1 - share - usual.alive)),
  };
}

function oddsTimes(share: number, factor: number): number {
  const odds = (factor * share) / (1 - share);
  return odds / (1 + odds);
}

/** No share is taken for certain. */
function clamp(share: number): number {
  return Math.min(0.99, Math.max(0.005, share));
}
