import { type Alarm, idOf, inOrder } from './alarm.js';
import { DAY_S } from './counts.js';

/** Weeks begin on Mondays at midnight UTC. */
export const WEEK_S = 7 * DAY_S;
/** 5 January 1970 was a Monday. */
const A_MONDAY_S = 4 * DAY_S;

export function weekOf(instant_s: number): number {
  return Math.floor((instant_s - A_MONDAY_S) / WEEK_S) * WEEK_S + A_MONDAY_S;
}

/** What the watch of one week told. */
export interface WeekOfAlarms {
  readonly week_s: number;
  /** In order; of the week before too. */
  readonly alarms: readonly Alarm[];
}

/** Puts the alarms of weeks together, in order. @param weeks in order, without gaps */
export function together(weeks: readonly WeekOfAlarms[]): Alarm[] {
  const found = new Map<string, Alarm>();
  for (const { week_s, alarms } of weeks) {
    const own = new Map(
      alarms.filter(({ over_s }) => over_s === null || over_s > week_s).map((alarm) => [idOf(alarm), alarm]),
    );
    // What went on at the end of a week, and in the next one is not known: it lasted too long to be told on.
    for (const [id, alarm] of found) {
      if (alarm.over_s === null && !own.has(id)) found.set(id, { ...alarm, end_s: week_s, over_s: week_s });
    }
    for (const [id, alarm] of own) found.set(id, alarm);
  }
  return [...found.values()].toSorted(inOrder);
}
