import { DAY_S, HOUR_S, type HourOfPlace, OPERATION, SLOT_S } from './counts.js';
import { KINDS_OF_SHARE, type KindOfShare, SHARES, type UsualShare } from './kinds.js';
import { DAY_HOURS, hourOfWeek, sameHours, type WallHour, type WallHours, WEEK_HOURS } from './wall-hours.js';

/** How many days before a day say what is usual in it: each weekday comes four times. */
export const HISTORY_DAYS = 28;

/** What is usual for the place at all hours counts like so many attempts at one hour. */
const OF_OTHER_HOURS = 300;
/** An operation is not watched before it has so many attempts, nor a place for shares that hang on its list. */
const LEAST_ATTEMPTS = 200;
/** Nor is it for those before so many days: people grow tired of calls, and hours differ. */
const LEAST_DAYS = 3;
/** What the operation's attempts say of faults counts like so many attempts of a place. */
const OF_THE_OPERATION = 30;
/** Earlier hours that one is compared with, and how many of them must be known. */
const COMPARED = 4;
const COMPARED_LEAST = 3;

const SLOTS_AN_HOUR = HOUR_S / SLOT_S;

interface Sum {
  of: number;
  hits: number;
}

/** What one place did in the days before. */
class PlaceHistory {
  readonly hours = new Map<WallHour, { attempts: number; slots: number }>();
  readonly totals = sums();
  readonly by_hour_of_week = new Map<number, Record<KindOfShare, Sum>>();
  alive = 0;
  attempts = 0;
}

/** What is usual in a day, from the hours of the days before it. */
export class Usual {
  readonly #wall: WallHours;
  readonly #rows: HourOfPlace[] = [];
  readonly #places = new Map<string, PlaceHistory>();
  #first = 0;

  constructor(wall: WallHours) {
    this.#wall = wall;
  }

  /** Hours that it remembers, of all places: some hundred bytes each. */
  get size(): number {
    return this.#rows.length - this.#first;
  }

  /** @param row its hour is not before that of the last one */
  add(row: HourOfPlace): void {
    this.#rows.push(row);
    this.#count(row, 1);
  }

  /** Forgets hours that began before an instant. */
  forgetBefore(instant_s: number): void {
    for (; ; this.#first += 1) {
      const row = this.#rows[this.#first];
      if (!row || row.hour_s >= instant_s) break;
      this.#count(row, -1);
    }
    if (this.#first < this.#rows.length / 2) return;
    this.#rows.splice(0, this.#first);
    this.#first = 0;
  }

  clone(): Usual {
    const copy = new Usual(this.#wall);
    for (const row of this.#rows.slice(this.#first)) copy.add(row);
    return copy;
  }

  /** What is usual of a share at a place and an hour; undefined where too little is known. */
  share(kind: KindOfShare, place: string, instant_s: number): UsualShare | undefined {
    const operation = this.#places.get(OPERATION);
    const own = this.#places.get(place);
    if (!operation || operation.attempts < LEAST_ATTEMPTS) return undefined;
    if (SHARES[kind].is_fault) return faultShare(kind, operation, own);
    if (!own || own.totals[kind].of < LEAST_ATTEMPTS) return undefined;
    const wall = this.#wall.at(instant_s);
    if (wall - this.#known < LEAST_DAYS * DAY_HOURS) return undefined;
    const hour = hourOfWeek(wall);
    const level = rateOf(own.totals[kind]);
    const level_of_all = rateOf(operation.totals[kind]);
    const all_at_hour = atHour(operation, kind, hour, level_of_all);
    const expected = level_of_all > 0 ? (level * all_at_hour) / level_of_all : level;
    const share = place === OPERATION ? all_at_hour : atHour(own, kind, hour, Math.min(1, expected));
    return { share, alive: 0 };
  }

  /** Attempts that come at least, usually, in the slot of time that begins at an instant. */
  attemptsInSlot(place: string, instant_s: number): number {
    const own = this.#places.get(place);
    if (!own) return 0;
    const hour = this.#wall.at(instant_s);
    const weeks = Array.from({ length: COMPARED }, (_, index) => hour - (index + 1) * WEEK_HOURS);
    const slot = 1 << (Math.floor(instant_s / SLOT_S) % SLOTS_AN_HOUR);
    return Math.max(
      leastUsual(own, weeks, slot, this.#known),
      leastUsual(own, sameHours(hour, COMPARED), slot, this.#known),
    );
  }

  /** The first hour that is remembered of all. */
  get #known(): WallHour {
    const first = this.#rows[this.#first];
    return first ? this.#wall.at(first.hour_s) : Number.POSITIVE_INFINITY;
  }

  #count(row: HourOfPlace, sign: 1 | -1): void {
    const wall = this.#wall.at(row.hour_s);
    let own = this.#places.get(row.place);
    if (!own) {
      own = new PlaceHistory();
      this.#places.set(row.place, own);
    }
    own.attempts += sign * row.attempts;
    own.alive += sign * row.alive;
    if (own.attempts === 0) {
      this.#places.delete(row.place);
      return;
    }
    if (sign === 1) own.hours.set(wall, { attempts: row.attempts, slots: row.slots });
    else own.hours.delete(wall);
    const at_hour = own.by_hour_of_week.get(hourOfWeek(wall)) ?? sums();
    own.by_hour_of_week.set(hourOfWeek(wall), at_hour);
    for (const kind of KINDS_OF_SHARE) {
      const { of, hits, is_fault } = SHARES[kind];
      if (!is_fault && isMostlyInvalid(row)) continue;
      for (const sum of [own.totals[kind], at_hour[kind]]) {
        sum.of += sign * of(row);
        sum.hits += sign * hits(row);
      }
    }
  }
}

/**
 * The second lowest of the hours compared, so that one holiday among them changes nothing; the lowest where an hour is not known yet.
 */
function leastUsual(own: PlaceHistory, hours: readonly WallHour[], slot: number, known: WallHour): number {
  const compared = hours.filter((hour) => hour >= known);
  if (compared.length < COMPARED_LEAST) return 0;
  const attempts = compared.map((hour) => {
    const of_hour = own.hours.get(hour);
    if (!of_hour || (of_hour.slots & slot) === 0) return 0;
    return of_hour.attempts / bitsOf(of_hour.slots);
  });
  return attempts.toSorted((a, b) => a - b)[compared.length - COMPARED_LEAST] ?? 0;
}

/** Such an hour, as of a wrong prefix, says nothing of who takes calls. */
function isMostlyInvalid({ invalid, attempts }: HourOfPlace): boolean {
  return invalid * 2 > attempts;
}

function bitsOf(slots: number): number {
  let count = 0;
  for (let bit = 0; bit < SLOTS_AN_HOUR; bit += 1) count += (slots >> bit) & 1;
  return count;
}

/** The share at an hour of the week, drawn towards what is expected of it. */
function atHour(place: PlaceHistory, kind: KindOfShare, hour: number, expected: number): number {
  const { of = 0, hits = 0 } = place.by_hour_of_week.get(hour)?.[kind] ?? {};
  return (hits + OF_OTHER_HOURS * expected) / (of + OF_OTHER_HOURS);
}

function faultShare(kind: KindOfShare, operation: PlaceHistory, own: PlaceHistory = operation): UsualShare {
  const attempts = own.attempts + OF_THE_OPERATION;
  const weight = OF_THE_OPERATION / operation.attempts;
  return {
    share: (own.totals[kind].hits + weight * operation.totals[kind].hits) / attempts,
    alive: (own.alive + weight * operation.alive) / attempts,
  };
}

function rateOf({ of, hits }: Sum): number {
  return of === 0 ? 0 : hits / of;
}

function sums(): Record<KindOfShare, Sum> {
  const none = () => ({ of: 0, hits: 0 });
  return {
    outage: none(),
    congestion: none(),
    wrong_number_format: none(),
    machines_jump: none(),
    answers_halved: none(),
  };
}

/** Days are those of UTC here: what is usual is looked up anew once a day, at no hour of importance. */
export function dayOf(instant_s: number): number {
  return Math.floor(instant_s / DAY_S) * DAY_S;
}
