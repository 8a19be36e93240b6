import { HYGIENE_LIMITS } from '@recuento/contract';
import type { Threshold } from './conditions/condition-sql.js';

const SIDE = HYGIENE_LIMITS.curve_side;

/**
 * The values of a threshold that a curve shows, ascending: the chosen one and the whole numbers next to it, or, of a probability,
 * the chosen one and its tenths up to twice as much. All of them are within its bounds.
 */
export function valuesAround({ chosen, type, bounds: [least, most] }: Threshold): number[] {
  const steps = Array.from({ length: 2 * SIDE + 1 }, (_, at) => at - SIDE);
  if (type === 'UInt32') {
    return steps.map((step) => chosen + step).filter((value) => value >= least && value <= most);
  }
  return steps
    .map((step) => (step === 0 ? chosen : tidy(chosen * (1 + step / SIDE))))
    .filter((value) => value > least && value <= most);
}

/** Without the digits that a multiplication adds: 0.018, not 0.018000000000000002. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
