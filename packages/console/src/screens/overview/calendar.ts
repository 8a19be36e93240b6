import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;

/** A day some days after another, both as `2026-11-03`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** All days from one to another, both included. */
export function daysBetween(first: string, last: string): string[] {
  const count = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => dayAfter(first, index));
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}

/** The day of an instant, as a clock of the operation shows it. */
export function wallDayOf(instant: string, time_zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDate().toString();
}
