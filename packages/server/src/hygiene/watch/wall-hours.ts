import { offsetAt } from '../../time/wall-clock.js';
import { DAY_S, HOUR_S } from './counts.js';

/** Hours that a clock of the operation has shown since its 1 January 1970. */
export type WallHour = number;

export const DAY_HOURS = 24;
export const WEEK_HOURS = 7 * DAY_HOURS;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 3;

/** The hours of the operation's clock. A day of UTC has one offset here, as clocks change at most once or twice a year. */
export class WallHours {
  readonly #time_zone: string;
  readonly #offsets = new Map<number, number>();

  constructor(time_zone: string) {
    this.#time_zone = time_zone;
  }

  at(instant_s: number): WallHour {
    const day = Math.floor(instant_s / DAY_S);
    let offset_s = this.#offsets.get(day);
    if (offset_s === undefined) {
      offset_s = offsetAt(day * DAY_S + DAY_S / 2, this.#time_zone);
      this.#offsets.set(day, offset_s);
    }
    return Math.floor((instant_s + offset_s) / HOUR_S);
  }
}

/** 0 is Monday's first hour. */
export function hourOfWeek(hour: WallHour): number {
  return (hour + FIRST_WEEKDAY * DAY_HOURS) % WEEK_HOURS;
}

/** The hours of earlier days of the same kind, the latest first: Monday to Friday are one kind. */
export function sameHours(hour: WallHour, days: number): WallHour[] {
  const isWeekend = (of: WallHour) => hourOfWeek(of) >= 5 * DAY_HOURS;
  if (isWeekend(hour)) return [];
  const found: WallHour[] = [];
  for (let back = hour - DAY_HOURS; found.length < days; back -= DAY_HOURS) {
    if (!isWeekend(back)) found.push(back);
  }
  return found;
}
