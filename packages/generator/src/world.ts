import { TRUNKS } from './trunk-names.js';

/** A trunk that says "unallocated" of calls that merely rang out, as some carriers do. */
export interface LyingTrunk {
  readonly trunk: string;
  /** Of its unanswered calls, 0 to 1. */
  readonly share: number;
  /** Days of the window, from 0; it lies from the first up to, not including, the last. Without them: always. */
  readonly from_day?: number;
  readonly until_day?: number;
  /** What it says: 404 with cause 1 (the default), or every code of a dead number as often as dead numbers have it. */
  readonly says?: 'unallocated' | 'any';
}

/** A network that says so on every trunk, known by the first digits of its telephones. */
export interface LyingNetwork {
  /** National digits: 39 and one or more. Each of 390 to 399 has about a tenth of the telephones. */
  readonly prefix: string;
  readonly share: number;
}

/** A campaign whose list got a wrong prefix: every attempt is answered by "invalid number" until somebody notices. */
export interface WrongPrefix {
  /** Index of the campaign, from 0; counted around when there are fewer. */
  readonly campaign: number;
  /** A day of the window, from 0; it happens on the first Monday to Friday from that day on. */
  readonly day: number;
  /** Of Bogota. */
  readonly hour: number;
  readonly length_s: number;
}

/** A network of old numbers: more of them are dead than elsewhere. It looks like one that lies, and does not. */
export interface OldNetwork {
  /** National digits, as of a lying network. */
  readonly prefix: string;
  readonly dead_share: number;
}

/** What makes the lists of an operation hard to judge. Shares are 0 to 1. */
export interface World {
  /** Mean of the telephones that were dialed, 1.5 to 20; in truth some per cent more or less. */
  readonly attempts_per_telephone: number;
  /** How many of the five trunks there are: the first of them. */
  readonly trunks: number;
  /** Whether each campaign has a trunk of its own, which carries most of its calls. */
  readonly trunks_by_campaign: boolean;
  readonly lying_trunks: readonly LyingTrunk[];
  readonly lying_networks: readonly LyingNetwork[];
  readonly wrong_prefixes: readonly WrongPrefix[];
  /** Whether a trunk is out for a working day in the middle. */
  readonly outage: boolean;
  /** Chance of a burst of congestion for each hour and trunk. */
  readonly congestion: number;
  /** Share of the attempts that do not tell their trunk. */
  readonly no_trunk_share: number;
  /** Whether these are all the attempts of some campaigns, the last ones, and not some of each. */
  readonly no_trunk_by_campaign: boolean;
  readonly two_spellings_share: number;
  /** Share of the telephones that are dead when the window begins. */
  readonly dead_share: number;
  /**
   * How unequal the lists are: from the first, fresh one, with this share of the dead fewer, to old ones with as many
   * more. The last list reaches round to the telephones of the first.
   */
  readonly list_age: number;
  readonly old_networks: readonly OldNetwork[];
  /** Of live telephones: given up in the window, so that they die. */
  readonly given_up_share: number;
  /** Of dead ones and of those given up: assigned to somebody else in the window. */
  readonly reassigned_share: number;
  /** Of live ones: out of service for four to ten days, then back (prepaid). */
  readonly suspended_share: number;
  /** Of live ones: rings, and nobody ever answers. */
  readonly silent_share: number;
  /** Of live ones: its owner blocks the caller at some moment, and the network says "disconnected" from then on. */
  readonly blocking_share: number;
}

/** The hard mix, which the demo shows. */
const DEFAULT_WORLD: World = {
  attempts_per_telephone: 2.5,
  trunks: TRUNKS.length,
  trunks_by_campaign: false,
  lying_trunks: [
    { trunk: 'satelite-1', share: 0.6 },
    { trunk: 'medellin-1', share: 0.4, from_day: 8, until_day: 15 },
  ],
  lying_networks: [{ prefix: '397', share: 0.3 }],
  wrong_prefixes: [
    { campaign: 0, day: 5, hour: 10, length_s: 3_600 },
    { campaign: 1, day: 20, hour: 15, length_s: 3_000 },
  ],
  outage: true,
  congestion: 0.08,
  no_trunk_share: 0.05,
  no_trunk_by_campaign: false,
  two_spellings_share: 0.02,
  dead_share: 0.12,
  list_age: 0.5,
  old_networks: [{ prefix: '392', dead_share: 0.25 }],
  given_up_share: 0.03,
  reassigned_share: 0.05,
  suspended_share: 0.02,
  silent_share: 0.02,
  // Nobody can tell a blocked caller from a line given up; more than this would take half a percent of the dead.
  blocking_share: 0.0005,
};

/** The world that the options ask for: what they leave out is as in the demo. */
export function worldOf(asked: Partial<World> | undefined): World {
  return { ...DEFAULT_WORLD, ...asked };
}
