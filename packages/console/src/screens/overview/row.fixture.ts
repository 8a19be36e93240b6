import type { MachineCode } from '@recuento/contract';
import { summed, type TrendRow } from './counts.js';

/** A row of a trend for tests: its total is the sum of its codes. */
export function row(interval_start: string, codes: Partial<Record<MachineCode, number>>): TrendRow {
  const total = Object.values(codes).reduce((sum, count) => sum + count, 0);
  return { ...summed([]), ...codes, total, interval_start };
}
