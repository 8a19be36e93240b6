import { WeightedIndex } from './alias.js';
import type { Random } from './random.js';

/**
 * How unequally a campaign dials its telephones. The number of attempts of a telephone is geometric with a tail: most
 * are dialed once or twice, a few of them dozens of times. Draws weighted by an exponentially distributed activity give
 * exactly a geometric number of attempts; a second, busier kind of telephone gives the tail.
 */
const CLASSES = 4_096;
/** Share of busy telephones, and how much busier they are: mean about 2.5 attempts, p99 about 13. */
const BUSY_SHARE = 0.05;
const BUSY_FACTOR = 4.5;

export class Activity {
  readonly #classes = new WeightedIndex(Array.from({ length: CLASSES }, (_, index) => weightOf(index)));

  /** A place in [0, 1) along a campaign's list; neighbours are about as active. */
  draw(random: Random): number {
    return (this.#classes.draw(random) + random.unit()) / CLASSES;
  }
}

/** The activity at the middle of a class, read off the quantile of the exponential distribution. */
function weightOf(index: number): number {
  const place = (index + 0.5) / CLASSES;
  const busy = place >= 1 - BUSY_SHARE;
  const quantile = busy ? (place - (1 - BUSY_SHARE)) / BUSY_SHARE : place / (1 - BUSY_SHARE);
  return -Math.log(1 - quantile) * (busy ? BUSY_FACTOR : 1);
}
