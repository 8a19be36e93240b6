import fc from 'fast-check';
import type { Dial } from './model.js';

/** A wall time so many seconds after 2025-10-01 00:00:00: a range of some months, all in the past. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2025, 9, 1) + 1_000 * seconds)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
}

const TELEPHONES = [
  '573001234567',
  '+573001234567',
  '0573001234567',
  '91573136137570',
  '=1+1',
  '🙂',
  'ﬀ',
  'a,"b"',
];

/** Seconds at which mistakes show: the edges of days, of months and of windows. */
function momentIn(days: number) {
  const edge = fc
    .tuple(fc.nat({ max: days }), fc.constantFrom(-1, 0, 1, 43_200))
    .map(([day, off]) => Math.min(Math.max(0, day * 86_400 + off), days * 86_400 - 1));
  return fc.oneof(edge, fc.nat({ max: days * 86_400 - 1 }));
}

/** Dials of some days from 2025-10-01 on; many fall on the same telephone and into the same second. */
export function dialsOf(days: number, max: number): fc.Arbitrary<Dial[]> {
  const dial = fc.record(
    {
      campaign: fc.constantFrom(1, 2, 10),
      telephone: fc.oneof(
        fc.constantFrom(...TELEPHONES),
        fc.nat({ max: 40 }).map((nr) => `57300${nr}`),
      ),
      at: momentIn(days).map(at),
      result: fc.constantFrom('no_answer', 'answer_machine', 'busy', 'congestion', 'failed', 'answer'),
      amd: fc.constantFrom('machine', 'human'),
    },
    { requiredKeys: ['campaign', 'telephone', 'at', 'result'] },
  );
  // Small arrays are what fast-check prefers, and few dials never meet.
  return fc.array(dial, { maxLength: max, size: 'max' }) as fc.Arbitrary<Dial[]>;
}

/** Telephones that were all dialed in one second. */
export function crowd(telephones: number, second: string): Dial[] {
  return Array.from({ length: telephones }, (_, nr) => dial({ at: second, telephone: `57310${nr}` }));
}

/** A dial with defaults. */
export function dial(fields: Partial<Dial> = {}): Dial {
  return { campaign: 1, telephone: '573001234567', at: '20251003120000', result: 'no_answer', ...fields };
}
