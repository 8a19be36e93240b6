import type { CalibrationDocument } from '@recuento/contract';

export type Bin = CalibrationDocument['bins'][number];

/** The bin with the most attempts: what happened there says the most. */
export function tellingBin(bins: readonly Bin[]): Bin | undefined {
  return [...bins].sort((one, other) => other.attempts - one.attempts)[0];
}

/** The mean distance between what was said and what happened, over all attempts: 0 to 1. */
export function offBy(bins: readonly Bin[]): number {
  const attempts = bins.reduce((sum, bin) => sum + bin.attempts, 0);
  const off = bins.reduce((sum, bin) => sum + bin.attempts * Math.abs(bin.predicted - bin.reached), 0);
  return attempts === 0 ? 0 : off / attempts;
}

/** By how much less the probabilities err than the rates of campaigns do, as a share of that; undefined where nothing was dialed. */
export function fewerMistakes({
  brier,
  brier_base,
}: Pick<CalibrationDocument, 'brier' | 'brier_base'>): number | undefined {
  if (brier === null || brier_base === null || brier_base === 0) return undefined;
  return 1 - brier / brier_base;
}
