import { TRUNKS } from './trunk-names.js';
import type { World } from './world.js';

const SHARES = [
  'congestion',
  'no_trunk_share',
  'two_spellings_share',
  'dead_share',
  'list_age',
  'given_up_share',
  'reassigned_share',
  'suspended_share',
  'silent_share',
  'blocking_share',
] as const;

/** A telephone has one fate, so shares together leave some that keep theirs, and that live. */
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
  const dead = world.dead_share * (1 + world.list_age);
  check(dead <= FATES_MAX, `dead_share, in the oldest list, is more than ${FATES_MAX}`);
  for (const { trunk, share } of world.lying_trunks) {
    check(
      TRUNKS.some(({ name }) => name === trunk) && isShare(share),
      `lying_trunks: ${trunk} is no trunk, or ${share} no share`,
    );
  }
  for (const { prefix, share } of world.lying_networks) {
    check(
      NETWORK.test(prefix) && isShare(share),
      `lying_networks: ${prefix} is no network, or ${share} no share`,
    );
  }
  for (const { prefix, dead_share } of world.old_networks) {
    check(
      NETWORK.test(prefix) && dead_share >= 0 && dead_share <= FATES_MAX,
      `old_networks: ${prefix} is no network, or ${dead_share} is above ${FATES_MAX}`,
    );
  }
  for (const { campaign, day, hour, length_s } of world.wrong_prefixes) {
    const whole = [campaign, day, hour, length_s].every((value) => Number.isInteger(value) && value >= 0);
    check(
      whole && hour < 24,
      'wrong_prefixes has a number that is not whole, or below zero, or an hour above 23',
    );
  }
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new RangeError(message);
}
