import type { GenerateOptions } from './options.js';
import type { World } from './world.js';

/** A world by itself: who uses it adds a seed, a size and an end. */
export type NamedWorld = Pick<GenerateOptions, 'campaigns' | 'days'> & { readonly world: Partial<World> };

/** Nothing lies, nothing fails and no number changes hands. The worlds below differ from it by what their names say. */
const QUIET: Partial<World> = {
  lying_trunks: [],
  lying_networks: [],
  wrong_prefixes: [],
  outage: false,
  congestion: 0,
  no_trunk_share: 0,
  two_spellings_share: 0,
  given_up_share: 0,
  reassigned_share: 0,
  suspended_share: 0,
  silent_share: 0.01,
  blocking_share: 0,
  // Enough for telephones with five attempts on several days in plenty.
  attempts_per_telephone: 5,
};

const MONTH = { campaigns: 6, days: 31 } as const;
const world = (differing: Partial<World>): NamedWorld => ({ ...MONTH, world: { ...QUIET, ...differing } });

const LIARS: World['lying_trunks'] = [
  { trunk: 'satelite-1', share: 0.6 },
  { trunk: 'cali-1', share: 0.35, says: 'any' },
  { trunk: 'bogota-2', share: 0.15 },
];
const LIAR_FOR_A_WEEK = { trunk: 'medellin-1', share: 0.7, from_day: 10, until_day: 17 };
const WRONG_PREFIXES: World['wrong_prefixes'] = [
  { campaign: 0, day: 4, hour: 10, length_s: 3_600 },
  { campaign: 2, day: 18, hour: 15, length_s: 3_900 },
];

/** Operations with known truth that list hygiene is judged by. */
export const WORLDS = {
  quiet: world({}),
  /** The demo's. */
  hard_default: { ...MONTH, world: {} },
  few_attempts: world({ attempts_per_telephone: 2.5, given_up_share: 0.03 }),
  one_liar_60: world({ lying_trunks: [{ trunk: 'satelite-1', share: 0.6 }] }),
  /** It carries a third of the calls, and lies in every code of dead numbers. */
  large_liar: world({ lying_trunks: [{ trunk: 'bogota-1', share: 0.6, says: 'any' }] }),
  many_liars: world({ lying_trunks: LIARS }),
  liar_for_a_week: world({ lying_trunks: [LIAR_FOR_A_WEEK] }),
  lying_network: world({ lying_networks: [{ prefix: '397', share: 0.6 }] }),
  /** A network within a network, of a hundredth of the telephones. */
  small_lying_networks: world({
    lying_networks: [
      { prefix: '3941', share: 0.8 },
      { prefix: '3978', share: 0.5 },
      { prefix: '390', share: 0.15 },
    ],
  }),
  /** The same campaign twice, so that a telephone may be called invalid on two days. */
  wrong_prefix: {
    ...world({
      wrong_prefixes: [
        { campaign: 0, day: 4, hour: 10, length_s: 3_600 },
        { campaign: 0, day: 9, hour: 9, length_s: 7_200 },
      ],
    }),
    campaigns: 2,
  },
  failing_trunks: world({ outage: true, congestion: 0.25 }),
  no_trunk_third: world({ no_trunk_share: 1 / 3, lying_trunks: LIARS }),
  no_trunk_at_all: world({ no_trunk_share: 1, lying_trunks: [{ trunk: 'satelite-1', share: 0.6 }] }),
  two_spellings: world({ two_spellings_share: 0.2, given_up_share: 0.03 }),
  suspended_reassigned: world({
    suspended_share: 0.08,
    given_up_share: 0.06,
    reassigned_share: 0.3,
    blocking_share: 0.0005,
  }),
  /** More of them than anybody could keep apart from the dead: to see what they cost, not to promise anything. */
  blockers: world({ blocking_share: 0.002, given_up_share: 0.03 }),
  many_dead: world({ dead_share: 0.4, lying_trunks: LIARS }),
  almost_none_dead: world({ dead_share: 0.01, lying_trunks: LIARS }),
  everything: world({
    lying_trunks: [...LIARS, LIAR_FOR_A_WEEK],
    lying_networks: [{ prefix: '397', share: 0.5 }],
    wrong_prefixes: WRONG_PREFIXES,
    outage: true,
    congestion: 0.08,
    no_trunk_share: 1 / 3,
    two_spellings_share: 0.02,
    given_up_share: 0.04,
    reassigned_share: 0.1,
    suspended_share: 0.03,
    silent_share: 0.03,
    blocking_share: 0.0005,
  }),
  /** One campaign and one trunk, which lies: there is no other to compare it with. */
  small_operation: {
    campaigns: 1,
    days: 14,
    world: {
      ...QUIET,
      trunks: 1,
      lying_trunks: [{ trunk: 'bogota-1', share: 0.3 }],
      given_up_share: 0.03,
      attempts_per_telephone: 4,
    },
  },
} as const satisfies Record<string, NamedWorld>;

export type WorldName = keyof typeof WORLDS;
