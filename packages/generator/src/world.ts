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

/** What makes the lists of an operation hard to judge. Shares are 0 to 1. */
export interface World {
  /** Mean of the telephones that were dialed, 1.5 to 20; in truth some per cent more or less. */
  readonly attempts_per_telephone: number;
  /** How many of the five trunks there are: the first of them. */
  readonly trunks: number;
  readonly lying_trunks: readonly LyingTrunk[];
  readonly lying_networks: readonly LyingNetwork[];
  readonly wrong_prefixes: readonly WrongPrefix[];
  /** Whether a trunk is out for a working day in the middle. */
  readonly outage: boolean;
  /** Chance of a burst of congestion for each hour and trunk. */
  readonly congestion: number;
  /** Share of the attempts that do not tell their trunk. */
  readonly no_trunk_share: number;
  readonly two_spellings_share: number;
  /** Share of the telephones that are dead when the window begins. */
  readonly dead_share: number;
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
  two_spellings_share: 0.02,
  dead_share: 0.12,
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

const SHARES = [
  'congestion',
  'no_trunk_share',
  'two_spellings_share',
  'dead_share',
  'given_up_share',
  'reassigned_share',
  'suspended_share',
  'silent_share',
  'blocking_share',
] as const;

/** A live telephone has one fate, so these shares together leave some that keep theirs. */
const FATES_MAX = 0.9;
/** Ten networks by one digit more than 39; a telephone has eight digits after them. */
const NETWORK = /^39\d{1,8}$/;

/** @throws RangeError naming what is out of its bounds */
export function checkWorld(world: World): void {
  for (const name of SHARES) check(isShare(world[name]), `${name} is not a share from 0 to 1`);
  const { attempts_per_telephone: mean, trunks } = world;
  check(mean >= 1.5 && mean <= 20, 'attempts_per_telephone is not from 1.5 to 20');
  check(Number.isInteger(trunks) && trunks >= 1 && trunks <= TRUNKS.length, 'trunks is not from 1 to 5');
  const fates = world.given_up_share + world.suspended_share + world.silent_share + world.blocking_share;
  check(fates <= FATES_MAX, `the shares of live telephones add up to more than ${FATES_MAX}`);
  check(world.dead_share <= FATES_MAX, `dead_share is more than ${FATES_MAX}`);
  for (const { trunk, share } of world.lying_trunks) {
    check(TRUNKS.some(({ name }) => name === trunk) && isShare(share), `lying_trunks has no trunk ${trunk}`);
  }
  for (const { prefix, share } of world.lying_networks) {
    check(NETWORK.test(prefix) && isShare(share), `lying_networks has no network ${prefix}`);
  }
  for (const { campaign, day, hour, length_s } of world.wrong_prefixes) {
    const whole = [campaign, day, hour, length_s].every((value) => Number.isInteger(value) && value >= 0);
    check(whole && hour < 24, 'wrong_prefixes has something else than whole numbers');
  }
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new RangeError(message);
}
