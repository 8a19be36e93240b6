import { TELEPHONES_MAX } from './numbers.js';
import type { GenerateOptions } from './options.js';
import { Random } from './random.js';
import { type World, worldOf } from './world.js';

/**
 * What is at the other end. The attempts of a telephone depend on it, so they are not independent draws. A suspended line
 * and one whose owner blocks the caller (`blocking`) answer as a dead one does; a `silent` one lives, and only rings.
 */
export const TELEPHONE_STATES = [
  'live',
  'dead',
  'voicemail',
  'fax',
  'suspended',
  'blocking',
  'silent',
] as const;
export type TelephoneState = (typeof TELEPHONE_STATES)[number];

/** The lives that a telephone may have in the window. The first ones never change. */
const LIVES: readonly (readonly TelephoneState[])[] = [
  ['live'],
  ['dead'],
  ['voicemail'],
  ['fax'],
  ['silent'],
  ['live', 'dead'],
  ['live', 'dead', 'live'],
  ['dead', 'live'],
  ['live', 'suspended', 'live'],
  ['live', 'blocking'],
];
const [LIVE, DEAD, VOICEMAIL, FAX, SILENT, GIVEN_UP, GIVEN_ON, REASSIGNED, SUSPENDED, BLOCKING] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;
const FIRST_CHANGING = GIVEN_UP;
const LIFE = 15;
const TWO_SPELLINGS = 16;

/** Shares that no world changes: always voicemail, and fax or always busy. The rest of the telephones lives. */
const VOICEMAIL_SHARE = 0.04;
const FAX_SHARE = 0.02;
/** A suspension lasts four to ten days; a number given up is given on after three to fifteen. */
const SUSPENDED_DAYS = [4, 10] as const;
const GIVEN_ON_DAYS = [3, 15] as const;
/** With this subtracted from the mean, the telephones that are dialed have about that mean: some are never drawn. */
const NEVER_DRAWN = 0.78;
/** Changes are kept in steps of ten minutes: a year of them fits into two bytes. */
const TICK_S = 600;
const TICKS_A_DAY = 86_400 / TICK_S;

/** The hidden lives: five bytes a telephone. */
export class Telephones {
  readonly count: number;
  readonly #from_s: number;
  /** LIFE and TWO_SPELLINGS. */
  readonly #kinds: Uint8Array;
  /** When the first and the second change come, in ticks since the window's start. */
  readonly #first: Uint16Array;
  readonly #second: Uint16Array;

  constructor(options: GenerateOptions) {
    const random = new Random(options.seed, 1);
    const world = worldOf(options.world);
    const ticks = options.days * TICKS_A_DAY;
    const wanted = Math.ceil(options.attempts / (world.attempts_per_telephone - NEVER_DRAWN)) + 10;
    this.#from_s = options.until_s - options.days * 86_400;
    this.count = Math.min(TELEPHONES_MAX, wanted);
    this.#kinds = new Uint8Array(this.count);
    this.#first = new Uint16Array(this.count);
    this.#second = new Uint16Array(this.count);
    for (let index = 0; index < this.count; index += 1) {
      const life = drawLife(world, random);
      if (life >= FIRST_CHANGING) this.#drawChanges(index, life, ticks, random);
      this.#kinds[index] = life | (random.chance(world.two_spellings_share) ? TWO_SPELLINGS : 0);
    }
  }

  #drawChanges(index: number, life: number, ticks: number, random: Random): void {
    const [least, most] = life === SUSPENDED ? SUSPENDED_DAYS : GIVEN_ON_DAYS;
    const length = Math.round((least + random.unit() * (most - least)) * TICKS_A_DAY);
    // Some suspensions began before the window.
    const start = life === SUSPENDED ? random.below(ticks + length) - length : random.below(ticks);
    this.#first[index] = Math.max(0, start);
    this.#second[index] = start + length;
  }

  stateAt(index: number, instant_s: number): TelephoneState {
    const life = (this.#kinds[index] ?? 0) & LIFE;
    const states = LIVES[life];
    return states?.[life < FIRST_CHANGING ? 0 : this.#stage(index, instant_s, states.length)] ?? 'live';
  }

  /** Whether the number has been assigned to somebody else since the window began. */
  isSecondPersonAt(index: number, instant_s: number): boolean {
    const life = (this.#kinds[index] ?? 0) & LIFE;
    if (life === REASSIGNED) return this.#stage(index, instant_s, 2) === 1;
    return life === GIVEN_ON && this.#stage(index, instant_s, 3) === 2;
  }

  hasTwoSpellings(index: number): boolean {
    return ((this.#kinds[index] ?? 0) & TWO_SPELLINGS) !== 0;
  }

  #stage(index: number, instant_s: number, stages: number): number {
    const tick = (instant_s - this.#from_s) / TICK_S;
    if (tick < (this.#first[index] ?? 0)) return 0;
    return stages > 2 && tick >= (this.#second[index] ?? 0) ? 2 : 1;
  }
}

function drawLife(world: World, random: Random): number {
  const place = random.unit();
  if (place < world.dead_share) return random.chance(world.reassigned_share) ? REASSIGNED : DEAD;
  if (place >= 1 - FAX_SHARE) return FAX;
  if (place >= 1 - FAX_SHARE - VOICEMAIL_SHARE) return VOICEMAIL;
  return drawLiveLife(world, random);
}

function drawLiveLife(world: World, random: Random): number {
  let place = random.unit();
  if (place < world.given_up_share) return random.chance(world.reassigned_share) ? GIVEN_ON : GIVEN_UP;
  place -= world.given_up_share;
  if (place < world.suspended_share) return SUSPENDED;
  place -= world.suspended_share;
  if (place < world.silent_share) return SILENT;
  place -= world.silent_share;
  return place < world.blocking_share ? BLOCKING : LIVE;
}
