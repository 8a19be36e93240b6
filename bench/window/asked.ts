import type { FixtureStore } from '../fixture-store.js';
import { PAGE, type Question } from '../peers/questions.js';
import { askedFrom_s } from './stores.js';

/** Windows of one length. */
export interface Span {
  readonly title: string;
  /** How the first page of `all` grows with the store, and stands beside a bare statement, has goals. */
  readonly has_goals: boolean;
  /** What a page of one campaign may take beside the bare statement: the call and its count on the disk. */
  readonly more_max_ms?: number;
  /** The larger store has the same rows in it. */
  readonly same_rows: boolean;
  /** How often it is measured at most. */
  readonly runs_max: number;
  /** Another window each time, of as many rows, in seconds since 1970 UTC. */
  window(store: FixtureStore, run: number): { from_s: number; until_s: number };
}

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
/** Monday to Friday of the three weeks that are asked: on those as much is dialed from an hour on. */
const WORKDAYS = 15;
/** When most is dialed. */
const BUSY_HOUR = 10;
/** There are so many of five minutes in its busy hour. */
const FIVE_MINUTES_AN_HOUR = 12;
/** Windows of each length that differ: more runs would ask one twice. */
export const WINDOWS_MAX = WORKDAYS * FIVE_MINUTES_AN_HOUR;

/** The `run`th workday's midnight. A round later the same days come again. */
function workday_s(store: FixtureStore, run: number): { midnight_s: number; round: number } {
  const workday = run % WORKDAYS;
  const day = Math.floor(workday / 5) * 7 + (workday % 5);
  return { midnight_s: askedFrom_s(store) + day * DAY_S, round: Math.floor(run / WORKDAYS) };
}

export const FIVE_MINUTES: Span = {
  title: 'five minutes',
  has_goals: true,
  more_max_ms: 8,
  same_rows: true,
  runs_max: WINDOWS_MAX,
  window(store, run) {
    const { midnight_s, round } = workday_s(store, run);
    return since(midnight_s + BUSY_HOUR * HOUR_S + round * 5 * MINUTE_S, 5 * MINUTE_S);
  },
};

export const SPANS: readonly Span[] = [
  FIVE_MINUTES,
  {
    title: 'an hour',
    has_goals: true,
    same_rows: true,
    runs_max: WINDOWS_MAX,
    window(store, run) {
      const { midnight_s, round } = workday_s(store, run);
      return since(midnight_s + BUSY_HOUR * HOUR_S + round * MINUTE_S, HOUR_S);
    },
  },
  {
    title: 'a day',
    has_goals: true,
    same_rows: true,
    runs_max: WINDOWS_MAX,
    window(store, run) {
      const { midnight_s, round } = workday_s(store, run);
      return since(midnight_s + round * MINUTE_S, DAY_S); // nobody dials at night
    },
  },
  {
    title: '31 days',
    has_goals: false,
    same_rows: false,
    runs_max: 5, // it takes some peers ten seconds
    window({ made_of: { until_s, days } }, run) {
      return { from_s: until_s - days * DAY_S + run, until_s };
    },
  },
];

const since = (from_s: number, length_s: number) => ({ from_s, until_s: from_s + length_s });

/** Whose attempts. */
export const WHOSE = ['all', 'one campaign'] as const;
export type Whose = (typeof WHOSE)[number];

export function titleOf({ title }: Span, whose: Whose): string {
  return `${title} of ${whose}`;
}

/** The first page of the window that is asked in a run. */
export function questionOf(store: FixtureStore, span: Span, whose: Whose, run: number): Question {
  return {
    name: 'window',
    title: titleOf(span, whose),
    campaign_id: whose === 'all' ? undefined : store.campaign_id,
    ...span.window(store, run),
    limit: PAGE,
  };
}
