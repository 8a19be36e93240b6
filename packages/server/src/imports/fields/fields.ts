import { createHash } from 'node:crypto';
import { FIELD_LIMITS, textFault } from '@recuento/contract';

/** A key for a record that has none of its own: the same line is the same attempt, wherever it is in the file. */
export function lineKey(line: string): string {
  return `line-${createHash('sha256').update(line).digest('hex').slice(0, 32)}`;
}

/** Why a text cannot be stored, beginning with the field's name; undefined when it can. */
export function fieldFault(name: string, value: string, max_chars: number): string | undefined {
  const fault = textFault(value, max_chars);
  return fault === undefined ? undefined : `${name} ${fault}`;
}

/** The text on one line: a quoted field may have line breaks, but stored texts have no control characters. */
export function oneLine(text: string): string {
  return /[\t\n\r]/.test(text) ? text.replace(/[\t\n\r]+/g, ' ') : text;
}

/** Whether an instant can be stored. In seconds since 1970 UTC. */
export function isInRange(at_s: number): boolean {
  return at_s >= FIELD_LIMITS.dialed_at_min_s && at_s <= FIELD_LIMITS.dialed_at_max_s;
}

/** A plain whole number up to `max`, at most ten digits; undefined when the text is not one, or is empty. */
export function wholeNumber(text: string, max: number = FIELD_LIMITS.duration_max_s): number | undefined {
  if (text.length === 0 || text.length > 10) return undefined;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= max ? value : undefined;
}
