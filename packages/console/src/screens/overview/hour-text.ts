import { useMemo } from 'react';
import { localeOf } from '../../language/formats.js';
import { useLanguage } from '../../language/language.js';

const HOUR_MS = 3_600_000;

/** Writes an hour of the day: 6 PM where clocks have twelve hours, 18:00 where they have twenty-four. Short enough for an axis. */
export function useHourText(): (hour: number) => string {
  const { language } = useLanguage();
  return useMemo(() => hourTextIn(localeOf(language, navigator.languages)), [language]);
}

export function hourTextIn(locale: string): (hour: number) => string {
  const hours = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
  const has_twelve = hours.resolvedOptions().hour12 ?? false;
  return (hour) => (has_twelve ? hours.format(hour * HOUR_MS) : `${String(hour).padStart(2, '0')}:00`);
}
