import { dayOf, hourOf, isWorkday } from './calendar.js';
import { DAYS_LIKED, type DaysLiked, HABITS, HOURS_LIKED, type HoursLiked } from './traits.js';

/** What an hour does to the odds that somebody picks up; over a week of calls it about evens out. */
const LIKED = 1.9;
const NOT_LIKED = 0.7;
const FIRST_HOUR: { readonly [K in Exclude<HoursLiked, 'any'>]: number } = {
  morning: 7,
  midday: 11,
  evening: 16,
};
const END_HOUR: { readonly [K in Exclude<HoursLiked, 'any'>]: number } = {
  morning: 11,
  midday: 14,
  evening: 20,
};
/** On Saturdays, for those who like other days, and for those who like Saturdays; and the other days for the latter. */
const SATURDAY_NOT_LIKED = 0.5;
const SATURDAY_LIKED = 2.2;
const WEEKDAY_NOT_LIKED = 0.85;

/** The factor of each habit at an instant. Calls come in order of time, so it is kept for the hour. */
export class Habits {
  readonly #factors = new Float64Array(HABITS).fill(1);
  #hour = Number.NaN;

  at(habit: number, instant_s: number): number {
    const hour = Math.floor(instant_s / 3_600);
    if (hour !== this.#hour) this.#enter(hour);
    return this.#factors[habit] ?? 1;
  }

  #enter(hour: number): void {
    const workday = isWorkday(dayOf(hour * 3_600));
    const wall = hourOf(hour * 3_600);
    this.#hour = hour;
    for (const [hours, liked] of HOURS_LIKED.entries()) {
      for (const [days, liked_days] of DAYS_LIKED.entries()) {
        this.#factors[hours * DAYS_LIKED.length + days] = ofHour(liked, wall) * ofDay(liked_days, workday);
      }
    }
  }
}

function ofHour(liked: HoursLiked, hour: number): number {
  if (liked === 'any') return 1;
  return hour >= FIRST_HOUR[liked] && hour < END_HOUR[liked] ? LIKED : NOT_LIKED;
}

function ofDay(liked: DaysLiked, workday: boolean): number {
  if (liked === 'any') return 1;
  if (liked === 'weekdays') return workday ? 1 : SATURDAY_NOT_LIKED;
  return workday ? WEEKDAY_NOT_LIKED : SATURDAY_LIKED;
}
