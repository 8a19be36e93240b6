import type { BestHoursDocument } from '@recuento/contract';
import { RATE_ATTEMPTS_LEAST } from './heat.js';

type Hour = BestHoursDocument['hours'][number];

/** As many as are kept in mind. */
const BEST = 5;

/** The best hours, the best one first, and the mean of all by their attempts. Hours that are hardly dialed are not recommended. */
export function bestOf(hours: readonly Hour[]): { readonly best: readonly Hour[]; readonly mean: number } {
  const attempts = hours.reduce((sum, hour) => sum + hour.attempts, 0);
  const weighed = hours.reduce((sum, hour) => sum + hour.attempts * hour.probability, 0);
  return {
    best: hours
      .filter((hour) => hour.attempts >= RATE_ATTEMPTS_LEAST)
      .toSorted((one, other) => other.probability - one.probability)
      .slice(0, BEST),
    mean: attempts === 0 ? 0 : weighed / attempts,
  };
}
