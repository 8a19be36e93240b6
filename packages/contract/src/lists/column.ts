import type { ReportColumn } from '../report-description.js';

/** A column with its description in English and Spanish. */
export function column<Name extends string>(
  name: Name,
  en: string,
  es: string,
): ReportColumn & { name: Name } {
  return { name, description: { en, es } };
}
