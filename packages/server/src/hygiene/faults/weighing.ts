import type { FaultKind } from '@recuento/contract';
import type { MinuteCounts } from './fault.js';

/** How the attempts of a place end: shares of those that end as a fault makes them end, and of those that show life. */
export interface Shares {
  readonly bad: number;
  readonly alive: number;
}

/** Attempts that end as a fault of the kind makes them end. */
export const BAD: Readonly<Record<FaultKind, (counts: MinuteCounts) => number>> = {
  outage: ({ failed }) => failed,
  congestion: ({ congested }) => congested,
  wrong_number_format: ({ invalid }) => invalid,
};

/** How attempts end while a fault lasts. Congestion lets some calls through; nothing gets through the others. */
const IN_FAULT: Readonly<Record<FaultKind, (usual: Shares) => Shares>> = {
  outage: () => ({ bad: 0.94, alive: 0.01 }),
  wrong_number_format: () => ({ bad: 0.94, alive: 0.01 }),
  congestion: ({ alive }) => ({ bad: 0.6, alive: 0.4 * alive }),
};

/**
 * How far attempts of a place speak for a fault of one kind, in natural logarithms: by how much likelier they would have ended so in
 * a fault than as usual.
 */
export function weighing(kind: FaultKind, usual: Shares): (counts: MinuteCounts) => number {
  const bad = clamp(usual.bad);
  const alive = clamp(Math.min(usual.alive, 1 - bad));
  const fault = IN_FAULT[kind]({ bad, alive });
  const of_bad = Math.log(fault.bad / bad);
  const of_alive = Math.log(clamp(fault.alive) / alive);
  const of_others = Math.log((1 - fault.bad - fault.alive) / clamp(1 - bad - alive));
  return (counts) => {
    const bads = BAD[kind](counts);
    const others = counts.attempts - bads - counts.alive;
    return bads * of_bad + counts.alive * of_alive + others * of_others;
  };
}

/** No share is taken for certain. */
function clamp(share: number): number {
  return Math.min(0.99, Math.max(0.005, share));
}
