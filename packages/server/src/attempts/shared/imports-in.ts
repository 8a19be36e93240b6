import type { AttemptRows } from '../attempt-rows.js';
import { IMPORT_AT } from '../row-layout.js';

/** Numbers of the imports that these rows come from. Rows of hooks and uploads come from none. */
export function importsIn({ raw, starts }: Pick<AttemptRows, 'raw' | 'starts'>): number[] {
  const found = new Set<number>();
  for (const start of starts) found.add(raw.readUInt32LE(start + IMPORT_AT));
  found.delete(0);
  return [...found];
}
