import { dirname, join } from 'node:path';
import { type FixtureStore, fixtureStore } from '../fixture-store.js';

const DAY_S = 86_400;
/** How many days of the month, at its begin and at its end, hold what the larger store has more: 1 to 5 and 27 to 31. */
const OTHER_DAYS = 5;
/** Three whole weeks lie between them, whose first day is a Monday: 6 to 26 October 2025, the same rows in both stores. */
export const ASKED_DAYS = 21;

/** The first second of the asked days, since 1970 UTC: a midnight of Bogota. */
export function askedFrom_s({ made_of: { until_s } }: FixtureStore): number {
  return until_s - (OTHER_DAYS + ASKED_DAYS) * DAY_S;
}

/**
 * A store of `small` attempts in a month, and as many more as make it `attempts`, of the same campaigns: all of these dialed
 * outside of the asked days. So a window within those holds the same rows in either store, and each campaign grows with it.
 */
export function windowStore(small: number, attempts: number): FixtureStore {
  const store = fixtureStore(small);
  if (attempts === small) return store;
  const { until_s, seed } = store.made_of;
  const early = Math.floor((attempts - small) / 2);
  const more = (at: number, count: number, before_s: number) => ({
    ...store.made_of,
    seed: seed + at, // it is in the attempts' ids
    attempts: count,
    until_s: before_s,
    days: OTHER_DAYS,
  });
  return {
    ...store,
    data: join(dirname(store.data), `window-v${VERSION}-${small}-in-${attempts}`),
    attempts,
    beside: [more(1, early, askedFrom_s(store)), more(2, attempts - small - early, until_s)],
  };
}

/** To be raised when what the larger store is made of changes, so that no directory of an older one is used. */
const VERSION = 1;
