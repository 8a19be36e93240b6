import type { GenerateOptions } from './options.js';

/** An hour, or the part of it in the window, and its number of attempts. */
export interface Slot {
  readonly from_s: number;
  readonly length_s: number;
  readonly attempts: number;
  /** Whole days since 1970, by Bogota time. */
  readonly day: number;
}

/** Bogota has had no clock change since 1993. */
export const BOGOTA_OFFSET_S = -5 * 3_600;

/** Weights of the hours, Monday to Friday 7–19 and Saturday 8–15: two peaks and a lunch break. */
const WEEKDAY: readonly number[] = hours(7, [3, 7, 9, 10, 9, 6, 5, 8, 9, 9, 7, 5]);
const SATURDAY: readonly number[] = hours(8, [3, 5, 6, 6, 5, 3, 2]);
const NOTHING: readonly number[] = hours(0, []);

/** The slots with attempts, in order. Their attempts add up to `options.attempts`. */
export function* slotsOf(options: GenerateOptions): Generator<Slot> {
  const { attempts, until_s, days } = options;
  const start_s = until_s - days * 86_400;
  let total = 0;
  for (const part of parts(start_s, until_s)) total += weightOf(part);
  // A window with no working hour in it (one Sunday) is dialed evenly.
  const weigh = total > 0 ? weightOf : (part: Part) => part.length_s;
  total ||= until_s - start_s;
  let passed = 0;
  let given = 0;
  for (const part of parts(start_s, until_s)) {
    passed += weigh(part);
    const upTo = Math.round((attempts * passed) / total);
    if (upTo > given) yield { ...part, attempts: upTo - given, day: dayOf(part.from_s) };
    given = upTo;
  }
}

interface Part {
  readonly from_s: number;
  readonly length_s: number;
}

/** The window cut at whole hours. */
function* parts(start_s: number, until_s: number): Generator<Part> {
  for (let from_s = start_s; from_s < until_s; ) {
    const end_s = Math.min(until_s, from_s - (from_s % 3_600) + 3_600);
    yield { from_s, length_s: end_s - from_s };
    from_s = end_s;
  }
}

function weightOf({ from_s, length_s }: Part): number {
  return ((shapeOf(dayOf(from_s))[hourOf(from_s)] ?? 0) * length_s) / 3_600;
}

function shapeOf(day: number): readonly number[] {
  const weekday = (day + 4) % 7; // 1970-01-01 was a Thursday; 0 is Sunday
  if (weekday === 0) return NOTHING;
  return weekday === 6 ? SATURDAY : WEEKDAY;
}

/** Whether the day is a Monday to Friday. On Saturdays there are calls too. */
export function isWorkday(day: number): boolean {
  return shapeOf(day) === WEEKDAY;
}

export function dayOf(instant_s: number): number {
  return Math.floor((instant_s + BOGOTA_OFFSET_S) / 86_400);
}

/** The hour of the day in Bogota. */
export function hourOf(instant_s: number): number {
  return Math.floor((instant_s + BOGOTA_OFFSET_S) / 3_600) % 24;
}

function hours(first: number, weights: readonly number[]): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => weights[hour - first] ?? 0);
}
