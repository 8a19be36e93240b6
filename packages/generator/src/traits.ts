import { hashOf, PURPOSE } from './hash.js';

/** What a person is like to a caller. All of it is read off a hash of the telephone: it takes no memory. */
export interface Traits {
  /** Chance that a call which is neither busy nor fails is picked up, at a usual hour, by somebody not tired of calls. */
  readonly pick_up: number;
  readonly machine: boolean;
  readonly hours: HoursLiked;
  readonly days: DaysLiked;
}

export const HOURS_LIKED = ['any', 'morning', 'midday', 'evening'] as const;
export type HoursLiked = (typeof HOURS_LIKED)[number];
export const DAYS_LIKED = ['any', 'weekdays', 'saturday'] as const;
export type DaysLiked = (typeof DAYS_LIKED)[number];

/** Of sixteen people, how many like which hours and days. */
const HOURS_OF_16 = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3] as const;
const DAYS_OF_16 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2] as const;

/**
 * Pick-up rates follow Kumaraswamy's distribution: like a Beta of the same two parameters, with a quantile that can be
 * written down. From almost never (a tenth of the people below 2 %) to nearly always.
 */
const CLASSES = 256;
const A = 0.72;
const B = 1.75;
const PICK_UP = Float64Array.from(
  { length: CLASSES },
  (_, index) => (1 - (1 - (index + 0.5) / CLASSES) ** (1 / B)) ** (1 / A),
);
const ODDS = PICK_UP.map((rate) => rate / (1 - rate));

/** Of 256 people, how many have an answering machine. */
const MACHINES_OF_256 = 138;

/** The bits of a telephone's person; the second one is who gets the number when it is assigned anew. */
export function traitBits(seed: number, index: number, second_person: boolean): number {
  return hashOf(seed, index, second_person ? PURPOSE.second_person : PURPOSE.traits);
}

export function traitsOf(bits: number): Traits {
  return {
    pick_up: PICK_UP[bits & 255] ?? 0,
    machine: hasMachine(bits),
    hours: HOURS_LIKED[hoursOf(bits)] ?? 'any',
    days: DAYS_LIKED[daysOf(bits)] ?? 'any',
  };
}

/** The odds, not the chance, that a call is picked up: what makes it likelier multiplies them. */
export function oddsOf(bits: number): number {
  return ODDS[bits & 255] ?? 0;
}

export function hasMachine(bits: number): boolean {
  return ((bits >>> 8) & 255) < MACHINES_OF_256;
}

/** Which hours and days somebody likes, as one number below HABITS. */
export const HABITS = HOURS_LIKED.length * DAYS_LIKED.length;
export function habitOf(bits: number): number {
  return hoursOf(bits) * DAYS_LIKED.length + daysOf(bits);
}

function hoursOf(bits: number): number {
  return HOURS_OF_16[(bits >>> 16) & 15] ?? 0;
}

function daysOf(bits: number): number {
  return DAYS_OF_16[(bits >>> 20) & 15] ?? 0;
}
