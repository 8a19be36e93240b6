import { BOGOTA_OFFSET_S, dayOf, isWorkday } from './calendar.js';
import { hashOf, PURPOSE } from './hash.js';
import type { GenerateOptions } from './options.js';
import { Random } from './random.js';
import { TRUNKS } from './trunk-names.js';
import { type WrongPrefix, worldOf } from './world.js';

export type FaultKind = 'outage' | 'congestion' | 'wrong_number_format';

/** This trunk is out for one whole working day near the middle of the window. */
const OUTAGE_TRUNK = 3;

/** Bursts of congestion: length, and the purpose of their random source. */
const BURST_MIN_S = 300;
const BURST_MAX_S = 1_500;
const BURST_RANDOM = 3;

interface Stretch {
  readonly from_s: number;
  readonly until_s: number;
}

/** When attempts end badly whoever is called. Depends on the options alone, so any instant can be asked for. */
export class Faults {
  readonly #seed: number;
  readonly #congestion: number;
  readonly #trunks: number;
  readonly #outage: Stretch | undefined;
  readonly #wrong_prefixes: readonly (Stretch & { readonly campaign: number })[];
  #hour = -1;
  #bursts: readonly (Stretch | undefined)[] = [];

  constructor(options: GenerateOptions) {
    const world = worldOf(options.world);
    const first_day = dayOf(options.until_s - options.days * 86_400);
    const end_day = first_day + options.days;
    this.#seed = options.seed;
    this.#congestion = world.congestion;
    this.#trunks = Math.min(world.trunks, TRUNKS.length);
    const out = workday(first_day + Math.floor(options.days / 2), end_day);
    if (world.outage && out !== undefined) this.#outage = stretch(out, 0, 86_400);
    this.#wrong_prefixes = world.wrong_prefixes.flatMap((wrong) => {
      const at = wrongPrefix(wrong, first_day, end_day);
      return at ? [{ ...at, campaign: wrong.campaign % options.campaigns }] : [];
    });
  }

  /** The fault of a trunk or campaign (indices, from 0) at an instant. In congestion, only some attempts are hit. */
  at(trunk: number, campaign: number, instant_s: number): FaultKind | undefined {
    for (const wrong of this.#wrong_prefixes) {
      if (wrong.campaign === campaign && holds(wrong, instant_s)) return 'wrong_number_format';
    }
    if (trunk === OUTAGE_TRUNK && this.#outage && holds(this.#outage, instant_s)) return 'outage';
    const hour = Math.floor(instant_s / 3_600);
    if (hour !== this.#hour) this.#enter(hour);
    const burst = this.#bursts[trunk];
    return burst && holds(burst, instant_s) ? 'congestion' : undefined;
  }

  #enter(hour: number): void {
    const random = new Random(hashOf(this.#seed, hour, PURPOSE.bursts), BURST_RANDOM);
    this.#hour = hour;
    this.#bursts = Array.from({ length: this.#trunks }, () =>
      random.chance(this.#congestion) ? burstIn(hour, random) : undefined,
    );
  }
}

function burstIn(hour: number, random: Random): Stretch {
  const length_s = BURST_MIN_S + random.below(BURST_MAX_S - BURST_MIN_S);
  const from_s = hour * 3_600 + random.below(3_600 - length_s);
  return { from_s, until_s: from_s + length_s };
}

function wrongPrefix(wrong: WrongPrefix, first_day: number, end_day: number): Stretch | undefined {
  const day = workday(first_day + wrong.day, end_day);
  return day === undefined ? undefined : stretch(day, wrong.hour * 3_600, wrong.length_s);
}

/** The first Monday to Friday from a day on, before the end. */
function workday(from_day: number, end_day: number): number | undefined {
  for (let day = from_day; day < end_day; day += 1) if (isWorkday(day)) return day;
  return undefined;
}

function stretch(day: number, from_midnight_s: number, length_s: number): Stretch {
  const from_s = day * 86_400 - BOGOTA_OFFSET_S + from_midnight_s;
  return { from_s, until_s: from_s + length_s };
}

function holds({ from_s, until_s }: Stretch, instant_s: number): boolean {
  return instant_s >= from_s && instant_s < until_s;
}
