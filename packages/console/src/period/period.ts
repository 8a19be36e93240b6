import { TABLE_LIMITS } from '@recuento/contract';
import { Temporal } from 'temporal-polyfill';

/** Periods that end with the present day of the operation, and so move with it. */
export const PRESETS = ['today', 'yesterday', '7d', '30d', '90d'] as const;
export type Preset = (typeof PRESETS)[number];

/** What is shown where the address names no period. */
export const DEFAULT_PRESET: Preset = '30d';

/** Whole days of the operation. */
export interface Period {
  /** Undefined: the days were chosen one by one. */
  readonly preset: Preset | undefined;
  /** As 2026-11-01; the last day is part of it. */
  readonly first_day: string;
  readonly last_day: string;
  readonly days: number;
  /** The first and the last second, RFC 3339 with the offset of then: as the API takes them. */
  readonly from: string;
  readonly to: string;
}

const DAYS_BEFORE: Readonly<Record<Preset, readonly [first: number, last: number]>> = {
  today: [0, 0],
  yesterday: [1, 1],
  '7d': [6, 0],
  '30d': [29, 0],
  '90d': [89, 0],
};

/** The period of an address: `period=7d`, or `from=2026-11-01&to=2026-11-30`. What makes no sense counts as absent. */
export function periodOf(params: URLSearchParams, time_zone: string, now_ms: number): Period {
  const first = plainDate(params.get('from'));
  const last = plainDate(params.get('to'));
  if (first && last && Temporal.PlainDate.compare(first, last) <= 0) {
    const furthest = first.add({ days: TABLE_LIMITS.max_window_days - 1 });
    return between(first, Temporal.PlainDate.compare(last, furthest) > 0 ? furthest : last, time_zone);
  }
  const preset = PRESETS.find((name) => name === params.get('period')) ?? DEFAULT_PRESET;
  const today = Temporal.Instant.fromEpochMilliseconds(now_ms).toZonedDateTimeISO(time_zone).toPlainDate();
  const [first_before, last_before] = DAYS_BEFORE[preset];
  const days = [today.subtract({ days: first_before }), today.subtract({ days: last_before })] as const;
  return { ...between(...days, time_zone), preset };
}

/** The period of the same length that ends where this one begins. */
export function periodBefore({ first_day, days }: Period, time_zone: string): Period {
  const first = Temporal.PlainDate.from(first_day);
  return between(first.subtract({ days }), first.subtract({ days: 1 }), time_zone);
}

/** Whole days, both included. */
export function daysFrom(first_day: string, last_day: string, time_zone: string): Period {
  return between(Temporal.PlainDate.from(first_day), Temporal.PlainDate.from(last_day), time_zone);
}

function between(first: Temporal.PlainDate, last: Temporal.PlainDate, time_zone: string): Period {
  // A day can begin at one o'clock, where clocks change at midnight; its end is a second before the next one's beginning.
  const from = first.toZonedDateTime(time_zone);
  const to = last.add({ days: 1 }).toZonedDateTime(time_zone).subtract({ seconds: 1 });
  return {
    preset: undefined,
    first_day: first.toString(),
    last_day: last.toString(),
    days: first.until(last).days + 1,
    from: from.toString({ timeZoneName: 'never' }),
    to: to.toString({ timeZoneName: 'never' }),
  };
}

function plainDate(text: string | null): Temporal.PlainDate | undefined {
  if (text === null || !/^20\d{2}-\d\d-\d\d$/.test(text)) return undefined; // attempts have no other years
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
