import type { Values } from '@recuento/client/parts';

/** What a spreadsheet takes for a formula when a cell begins with it (OWASP, "CSV injection"); and the mark itself. */
const DANGEROUS = /^[=+\-@\t\r']/;
/** A telephone with a sign: as a formula it is a number and can do nothing, so it stays as it is. */
const SIGNED_DIGITS = /^[+-]\d+$/;
const QUOTED = /[",\r\n]/;

/**
 * A cell of RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it, and so does a text that
 * begins with one: whoever takes one apostrophe away from the beginning has every text as it was.
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
