import { InvalidArgumentError } from 'commander';

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** One day. A timer of Node cannot be longer than 24 days. */
const LONGEST_MS = 86_400_000;
const LEAST_MS = 1_000;

/** Reads `5m`, `90s`, `1h`. The default is the API's advice, five minutes; a shorter interval must be given. */
export function interval(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,5})(s|m|h)$/.exec(text) ?? [];
  const every_ms = Number(digits) * (UNITS_MS[unit as keyof typeof UNITS_MS] ?? 0);
  if (every_ms >= LEAST_MS && every_ms <= LONGEST_MS) return every_ms;
  throw new InvalidArgumentError('an interval is a number with s, m or h, from 1s to 24h: 5m');
}
