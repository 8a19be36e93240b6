import { dayOf } from './calendar.js';
import type { GenerateOptions } from './options.js';
import { TRUNKS } from './trunk-names.js';
import { type World, worldOf } from './world.js';

/** A lie that a call may meet: its chance once the call rang out, and what is said instead. */
export interface Lie {
  readonly share: number;
  readonly says: 'unallocated' | 'any';
}

/** Who says "invalid number" of calls that merely rang out: trunks, for a while or always, and networks. */
export class Lies {
  readonly #world: World;
  readonly #first_day: number;
  /** Longest prefix first, so that the nearest network decides. */
  readonly #networks: readonly (Lie & { readonly start: string })[];
  #day = Number.NaN;
  #trunks: readonly (Lie | undefined)[] = [];

  constructor(options: GenerateOptions) {
    this.#world = worldOf(options.world);
    this.#first_day = dayOf(options.until_s - options.days * 86_400);
    this.#networks = this.#world.lying_networks
      .map(({ prefix, share }) => ({ start: `57${prefix}`, share, says: 'unallocated' as const }))
      .sort((a, b) => b.start.length - a.start.length);
  }

  /** The likeliest lie of a call on a trunk (index), on a day since 1970, to a telephone in its usual spelling. */
  of(trunk: number, day: number, telephone: string): Lie | undefined {
    if (day !== this.#day) this.#enter(day);
    const own = this.#trunks[trunk];
    const network = this.#networks.find(({ start }) => telephone.startsWith(start));
    if (!network || !own) return own ?? network;
    return own.share >= network.share ? own : network;
  }

  #enter(day: number): void {
    const passed = day - this.#first_day;
    this.#day = day;
    this.#trunks = TRUNKS.map(({ name }) => {
      const lying = this.#world.lying_trunks.find(
        ({ trunk, from_day = 0, until_day = Infinity }) =>
          trunk === name && passed >= from_day && passed < until_day,
      );
      return lying && { share: lying.share, says: lying.says ?? 'unallocated' };
    });
  }
}
