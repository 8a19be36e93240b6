import type { Dial } from './model.js';

/** A wall time so many seconds after 2025-10-01 00:00:00: a range of some months, all in the past. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2025, 9, 1) + 1_000 * seconds)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
}

/** A dial with defaults. */
export function dial(fields: Partial<Dial> = {}): Dial {
  return { campaign: 1, telephone: '573001234567', at: '20251003120000', result: 'no_answer', ...fields };
}
