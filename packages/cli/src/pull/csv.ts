import type { Values } from '@recuento/client/parts';

/** First characters that make a spreadsheet run a cell as a formula (OWASP, "CSV injection"), and the apostrophe itself. */
const DANGEROUS = /^[=+\-@\t\r']/;
/** A telephone with a sign. As a formula it is only a number and harmless, so it stays as it is. */
const SIGNED_DIGITS = /^[+-]\d+$/;
const QUOTED = /[",\r\n]/;

/**
 * A cell of RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front, and so does a text that
 * begins with an apostrophe: removing one apostrophe at the beginning restores every text.
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = DANGEROUS.test(value) && !SIGNED_DIGITS.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** UTF-8 without a byte order mark; lines end with CR LF, as the RFC says. */
export function csvLine(values: Values): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}
