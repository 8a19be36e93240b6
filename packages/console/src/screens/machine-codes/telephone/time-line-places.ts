import { MACHINE_CODES, type MachineCode, type TelephoneAttemptDocument } from '@recuento/contract';
import { Temporal } from 'temporal-polyfill';

/** A place on a time line: 0 at its beginning, 1 at its end. */
type Place = number;

export interface Dot {
  readonly attempt: TelephoneAttemptDocument;
  readonly place: Place;
}

/** The attempts with one code. */
export interface Lane {
  readonly code: MachineCode;
  readonly dots: readonly Dot[];
}

export interface Tick {
  readonly place: Place;
  /** RFC 3339 */
  readonly instant: string;
  /** As 2026-11-01, in the operation's zone. */
  readonly day: string;
}

/** Attempts as a time line has them: whole days of the operation, and a lane for each code that there is. */
export interface TimeLine {
  readonly lanes: readonly Lane[];
  readonly ticks: readonly Tick[];
  /** Whether ticks are hours of one day; else each begins a day. */
  readonly is_one_day: boolean;
  readonly placeOf: (instant: string) => Place;
}

/** Hours of the day at which a single day has ticks. */
const HOURS = [0, 6, 12, 18];

/**
 * @param attempts at least one, in any order
 * @param ticks_max as many as there is room for; at least 2
 */
export function timeLineOf(
  attempts: readonly TelephoneAttemptDocument[],
  time_zone: string,
  ticks_max: number,
): TimeLine {
  const times_ms = attempts.map(({ dialed_at }) => Date.parse(dialed_at));
  const first = dayOf(Math.min(...times_ms), time_zone);
  const days = first.until(dayOf(Math.max(...times_ms), time_zone)).days + 1;
  const from_ms = beginningOf(first, time_zone);
  const span_ms = beginningOf(first.add({ days }), time_zone) - from_ms;
  const placeOf = (instant: string) => (Date.parse(instant) - from_ms) / span_ms;
  const dots = attempts.map((attempt) => ({ attempt, place: placeOf(attempt.dialed_at) }));
  const lanes = MACHINE_CODES.map((code) => ({
    code,
    dots: dots.filter(({ attempt }) => attempt.result === code),
  }));
  const at = days === 1 ? hoursOf(first, time_zone) : daysOf(first, days, time_zone, ticks_max);
  return {
    lanes: lanes.filter((lane) => lane.dots.length > 0),
    ticks: at.map((tick) => ({ ...tick, place: placeOf(tick.instant) })),
    is_one_day: days === 1,
    placeOf,
  };
}

function hoursOf(day: Temporal.PlainDate, time_zone: string): Omit<Tick, 'place'>[] {
  return HOURS.map((hour) => {
    const at = day.toZonedDateTime({ timeZone: time_zone, plainTime: Temporal.PlainTime.from({ hour }) });
    return { instant: at.toInstant().toString(), day: day.toString() };
  });
}

function daysOf(
  first: Temporal.PlainDate,
  days: number,
  time_zone: string,
  ticks_max: number,
): Omit<Tick, 'place'>[] {
  const step = Math.ceil(days / ticks_max);
  return Array.from({ length: Math.ceil(days / step) }, (_, index) => {
    const day = first.add({ days: index * step });
    return { instant: day.toZonedDateTime(time_zone).toInstant().toString(), day: day.toString() };
  });
}

function dayOf(instant_ms: number, time_zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant_ms).toZonedDateTimeISO(time_zone).toPlainDate();
}

function beginningOf(day: Temporal.PlainDate, time_zone: string): number {
  return day.toZonedDateTime(time_zone).epochMilliseconds;
}
