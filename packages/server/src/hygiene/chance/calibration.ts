import type { ChanceRequest } from './asked.js';
import { type NumberedCells, readCells } from './cells.js';
import { campaignOf } from './features.js';
import { chanceOf, logitOf } from './fit-weights.js';
import { train } from './train-chance.js';

/** How probabilities compare with what happened afterwards. */
export interface Calibration {
  /** Mean squared distance between probability and what happened (Brier 1950); null where nothing was dialed afterwards. */
  readonly brier: number | null;
  /** The same if each attempt had the rate of its campaign. */
  readonly brier_base: number | null;
  readonly bins: readonly Bin[];
  /** In seconds since 1970: all that was known is from then or before. */
  readonly trained_until_s: number;
}

/** The attempts whose probability was at least `from` and below `to`. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly attempts: number;
  /** The mean of their probabilities, and the share of them that reached a person. */
  readonly predicted: number;
  readonly reached: number;
}

const JUDGED_S = 7 * 86_400;
/** Narrow where most attempts are. */
const EDGES = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1];

/**
 * Trains with all that was known a week before the moment, and judges it by the week: each attempt by what was known before it.
 *
 * @throws RecuentoError report-timeout
 */
export async function calibrate(asked: ChanceRequest, as_of_s: number): Promise<Calibration> {
  const trained_until_s = as_of_s - JUDGED_S;
  const { chance, cells: known, dialed } = await train(asked, trained_until_s);
  const week = await readCells(asked, dialed, { from_s: trained_until_s, until_s: as_of_s });
  const bases = ratesOf(known, chance.campaigns.length);
  return { ...judge(week, chance.weights, bases), trained_until_s };
}

/** The share of attempts that reached a person, by the place of the campaign; for the campaigns that were not dialed, of all. */
function ratesOf({ numbers, attempts, reached, count }: NumberedCells, campaigns: number): Float64Array {
  const sums = Array.from({ length: campaigns + 1 }, () => ({ attempts: 0, reached: 0 }));
  const all = { attempts: 0, reached: 0 };
  for (let cell = 0; cell < count; cell += 1) {
    for (const sum of [sums[campaignOf(numbers[cell] ?? 0)], all]) {
      if (sum === undefined) continue;
      sum.attempts += attempts[cell] ?? 0;
      sum.reached += reached[cell] ?? 0;
    }
  }
  const rate = (sum: typeof all) => (sum.attempts === 0 ? 0 : sum.reached / sum.attempts);
  return Float64Array.from(sums, (sum) => (sum.attempts === 0 ? rate(all) : rate(sum)));
}

function judge(
  week: NumberedCells,
  weights: Float64Array,
  bases: Float64Array,
): Omit<Calibration, 'trained_until_s'> {
  const sums = EDGES.slice(1).map((to, at) => ({
    from: EDGES[at] ?? 0,
    to,
    attempts: 0,
    predicted: 0,
    reached: 0,
  }));
  let [total, squares, base_squares] = [0, 0, 0];
  for (let cell = 0; cell < week.count; cell += 1) {
    const attempts = week.attempts[cell] ?? 0;
    const reached = week.reached[cell] ?? 0;
    const chance = chanceOf(logitOf(week, cell, weights));
    const squaresOf = (said: number) => attempts * said ** 2 + reached * (1 - 2 * said);
    total += attempts;
    squares += squaresOf(chance);
    base_squares += squaresOf(bases[campaignOf(week.numbers[cell] ?? 0)] ?? 0);
    const sum = sums.find(({ to }) => chance < to);
    if (sum === undefined) continue;
    sum.attempts += attempts;
    sum.predicted += attempts * chance;
    sum.reached += reached;
  }
  const some = sums.filter(({ attempts }) => attempts > 0);
  const bins = some.map((sum) => ({
    ...sum,
    predicted: sum.predicted / sum.attempts,
    reached: sum.reached / sum.attempts,
  }));
  const mean = (sum: number) => (total === 0 ? null : sum / total);
  return { brier: mean(squares), brier_base: mean(base_squares), bins };
}
