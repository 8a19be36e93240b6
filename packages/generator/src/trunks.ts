import { WeightedIndex } from './alias.js';
import { isWorkday, type Slot } from './calendar.js';
import type { Random } from './random.js';

/** The trunks and their share of the attempts. */
export const TRUNKS = [
  { name: 'bogota-1', share: 0.34 },
  { name: 'bogota-2', share: 0.24 },
  { name: 'medellin-1', share: 0.18 },
  { name: 'cali-1', share: 0.14 },
  { name: 'satelite-1', share: 0.1 },
] as const;

/** This trunk reports cause 1 (unallocated number) when a call was only not answered, as some carriers do. */
export const MISLABELLING_TRUNK = 4;
/** This trunk is out for one whole working day near the middle of the window. */
export const OUTAGE_TRUNK = 3;

/** Bursts of congestion: chance for each hour and trunk, length, and share of the attempts in a burst that are hit. */
const BURST_CHANCE = 0.08;
const BURST_MIN_S = 300;
const BURST_MAX_S = 1_500;
const BURST_HIT_SHARE = 0.7;

interface Burst {
  readonly from_s: number;
  readonly until_s: number;
}

/** The effects of trunks on attempts, whoever is called. */
export class Trunks {
  readonly #choice = new WeightedIndex(TRUNKS.map(({ share }) => share));
  readonly #outage_day: number;
  #bursts: readonly (Burst | undefined)[] = [];

  constructor(outage_day: number) {
    this.#outage_day = outage_day;
  }

  /** Call this when an hour begins. It decides which trunks are congested in that hour, and when. */
  enter(slot: Slot, random: Random): void {
    this.#bursts = TRUNKS.map(() => (random.chance(BURST_CHANCE) ? burstIn(slot, random) : undefined));
  }

  draw(random: Random): number {
    return this.#choice.draw(random);
  }

  /** What the trunk does to an attempt in the slot entered last. */
  faultAt(
    trunk: number,
    day: number,
    instant_s: number,
    random: Random,
  ): 'outage' | 'congestion' | undefined {
    if (trunk === OUTAGE_TRUNK && day === this.#outage_day) return 'outage';
    const burst = this.#bursts[trunk];
    if (!burst || instant_s < burst.from_s || instant_s >= burst.until_s) return undefined;
    return random.chance(BURST_HIT_SHARE) ? 'congestion' : undefined;
  }
}

/** The first working day from the middle of the window on; -1 if there is none. */
export function outageDay(first_day: number, days: number): number {
  const middle = first_day + Math.floor(days / 2);
  for (let day = middle; day < first_day + days; day += 1) if (isWorkday(day)) return day;
  return -1;
}

function burstIn(slot: Slot, random: Random): Burst {
  const length_s = BURST_MIN_S + random.below(BURST_MAX_S - BURST_MIN_S);
  const from_s = slot.from_s + random.below(Math.max(1, slot.length_s - length_s));
  return { from_s, until_s: from_s + length_s };
}
