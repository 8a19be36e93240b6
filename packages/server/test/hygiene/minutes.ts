import type { FaultKind } from '@recuento/contract';
import type { Fault, MinuteCounts } from '../../src/hygiene/faults/fault.js';

/** Numbers from 0 to 1 that look random, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How the attempts of an operation are spread. */
export interface Traffic {
  readonly seed: number;
  readonly days: number;
  /** Attempts of each minute from 13 to 23 o'clock UTC, by campaign and trunk. */
  readonly places: readonly {
    readonly trunk: string;
    readonly campaign_id: number;
    readonly a_minute: number;
  }[];
  readonly faults?: readonly Injected[];
}

/** A fault that is put in: on a trunk, in a campaign, or on a trunk in a campaign alone. */
export type Injected = Pick<Fault, 'trunk' | 'campaign_id' | 'kind' | 'start_s' | 'end_s'>;

export const MONDAY_S = Date.UTC(2026, 10, 2) / 1_000;
const FROM_HOUR = 13;
const UNTIL_HOUR = 23;

/** How attempts end: the rest rings out. Somebody answers of some. */
const USUAL = { alive: 0.35, invalid: 0.08, congested: 0.02, failed: 0.03 };
const IN_FAULT: Readonly<Record<FaultKind, typeof USUAL>> = {
  outage: { alive: 0, invalid: 0, congested: 0, failed: 0.97 },
  congestion: { alive: 0.12, invalid: 0.02, congested: 0.7, failed: 0.01 },
  wrong_number_format: { alive: 0, invalid: 0.97, congested: 0, failed: 0 },
};

/** The minutes of an operation in their order, with what was put in. */
export function* minutesOf({ seed, days, places, faults = [] }: Traffic): Generator<MinuteCounts> {
  const random = randomOf(seed);
  for (let day = 0; day < days; day += 1) {
    for (let minute = FROM_HOUR * 60; minute < UNTIL_HOUR * 60; minute += 1) {
      const minute_s = MONDAY_S + day * 86_400 + minute * 60;
      for (const { trunk, campaign_id, a_minute } of places) {
        const fault = faults.find((one) => isIn(one, trunk, campaign_id, minute_s));
        const counts = { alive: 0, invalid: 0, congested: 0, failed: 0 };
        // As many on the average, and as in real traffic not the same in each minute.
        const attempts = Math.floor(2 * a_minute * random() + random());
        for (let attempt = 0; attempt < attempts; attempt += 1) {
          const word = wordOf(fault ? IN_FAULT[fault.kind] : USUAL, random());
          if (word) counts[word] += 1;
        }
        if (attempts > 0) yield { minute_s, trunk, campaign_id, attempts, ...counts };
      }
    }
  }
}

function isIn(
  { trunk, campaign_id, start_s, end_s }: Injected,
  of_trunk: string,
  of_campaign: number,
  minute_s: number,
) {
  if (trunk !== null && trunk !== of_trunk) return false;
  if (campaign_id !== null && campaign_id !== of_campaign) return false;
  return minute_s >= start_s && minute_s < end_s;
}

function wordOf(shares: typeof USUAL, chance: number): keyof typeof USUAL | undefined {
  let below = 0;
  for (const word of ['alive', 'invalid', 'congested', 'failed'] as const) {
    below += shares[word];
    if (chance < below) return word;
  }
  return undefined;
}
