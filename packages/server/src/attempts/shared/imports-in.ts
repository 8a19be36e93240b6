import type { AttemptRows } from '../attempt-rows.js';
import { IMPORT_AT } from '../row-layout.js';

/** Numbers of the imports whose rows these are; what comes call by call, or by upload, is of none. */
export function importsIn({ raw, starts }: Pick<AttemptRows, 'raw' | 'starts'>): number[] {
  const found = new Set<number>();
  for (const start of starts) found.add(raw.readUInt32LE(start + IMPORT_AT));
  found.delete(0);
  return [...found];
}
