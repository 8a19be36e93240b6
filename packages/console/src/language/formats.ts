import type { Language } from '@recuento/contract';
import { useMemo } from 'react';
import { useLanguage } from './language.js';

/** Numbers and dates as the reader's region writes them. Instants are shown by a clock of the operation. */
export interface Formats {
  /** 1,234,567 */
  readonly count: (count: number) => string;
  /** Of a share from 0 to 1: 12.3 % */
  readonly share: (share: number) => string;
  /** A number with at most two decimals. */
  readonly decimal: (number: number) => string;
  /** Of a day as `2026-11-29`: Nov 29, 2026 */
  readonly day: (iso_day: string) => string;
  /** The same without the year, for axes: Nov 29 */
  readonly shortDay: (iso_day: string) => string;
  /** Of an instant (RFC 3339): day and time */
  readonly moment: (instant: string) => string;
  /** Of an instant: the time alone */
  readonly time: (instant: string) => string;
  /** Of 1 (Monday) to 7 (Sunday) */
  readonly weekday: (weekday: number) => string;
  readonly megabytes: (bytes: number) => string;
}

/** @param time_zone IANA name: whose clock shows instants */
export function useFormats(time_zone: string): Formats {
  const { language } = useLanguage();
  return useMemo(() => formatsOf(localeOf(language, navigator.languages), time_zone), [language, time_zone]);
}

/** The browser's own variant of the language, where it has one: it writes numbers as the reader's country does. */
export function localeOf(language: Language, wished: readonly string[]): string {
  return wished.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function formatsOf(locale: string, timeZone: string): Formats {
  const numbers = new Intl.NumberFormat(locale);
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const megabytes = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  });
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const day = dates({ dateStyle: 'medium', timeZone: 'UTC' });
  const short_day = dates({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const moment = dates({ dateStyle: 'medium', timeStyle: 'medium', timeZone });
  const time = dates({ timeStyle: 'short', timeZone });
  const weekday = dates({ weekday: 'long', timeZone: 'UTC' });
  return {
    count: (count) => numbers.format(count),
    share: (share) => shares.format(share),
    decimal: (number) => decimals.format(number),
    day: (iso_day) => day.format(Date.parse(iso_day)),
    shortDay: (iso_day) => short_day.format(Date.parse(iso_day)),
    moment: (instant) => moment.format(Date.parse(instant)),
    time: (instant) => time.format(Date.parse(instant)),
    weekday: (number) => weekday.format(MONDAY_MS + (number - 1) * DAY_MS),
    megabytes: (bytes) => megabytes.format(bytes / 1e6),
  };
}
