import { z } from 'zod';
import { textFault } from './text.js';

/**
 * A text as programs that fill in a list send it: a number counts as its digits, and null, '' and spaces alone say
 * that there is none. `undefined`: not told.
 */
export function textOrNumber(max_chars: number) {
  return z
    .union([z.string(), z.number(), z.null()], { error: 'is neither a string nor a number' })
    .optional()
    .transform((value, ctx): string | undefined => {
      if (value === undefined || value === null) return undefined;
      const told = String(value);
      if (told.trim() === '') return undefined;
      const fault =
        typeof value === 'number' && !isExact(value)
          ? 'is a number that has lost digits'
          : textFault(told, max_chars);
      if (fault === undefined) return told;
      ctx.addIssue({ code: 'custom', message: fault });
      return z.NEVER;
    });
}

/** Beyond this a JSON number is read as one near it: an id or a telephone would be another's. */
function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** The same of a field that must be there. */
export function requiredTextOrNumber(max_chars: number) {
  return textOrNumber(max_chars).transform((value, ctx): string => {
    if (value !== undefined) return value;
    ctx.addIssue({ code: 'custom', message: 'is missing' });
    return z.NEVER;
  });
}
