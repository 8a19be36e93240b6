import { z } from 'zod';
import { textFault } from './text.js';

/**
 * A telephone or an id as programs that upload lists send it. A number counts as its digits, and blanks around it are
 * dropped. null, '' and blanks alone count as absent. `undefined`: there is none.
 */
export function textOrNumber(max_chars: number) {
  return sent.optional().transform((value, ctx) => textOf(value, max_chars, ctx));
}

/** The same for free text: control characters (a line end in an address, for example) become blanks. */
export function freeTextOrNumber(max_chars: number) {
  return sent.optional().transform((value, ctx) => textOf(value, max_chars, ctx, withBlanks));
}

function withBlanks(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}

/** The same for a field that is required. */
export function requiredTextOrNumber(max_chars: number) {
  return required(max_chars);
}

/** The same for free text that is required; blanks around it are dropped. */
export function requiredFreeTextOrNumber(max_chars: number) {
  return required(max_chars, (text) => withBlanks(text).trim());
}

function required(max_chars: number, tidy?: (text: string) => string) {
  return sent.transform((value, ctx): string => {
    const text = textOf(value, max_chars, ctx, tidy);
    if (text !== undefined) return text;
    ctx.addIssue({ code: 'custom', message: MISSING });
    return z.NEVER;
  });
}

const MISSING = 'is missing';

const sent = z.union([z.string(), z.number(), z.null()], {
  error: ({ input }) => (input === undefined ? MISSING : 'is neither a string nor a number'),
});

function textOf(
  value: z.output<typeof sent> | undefined,
  max_chars: number,
  ctx: z.RefinementCtx,
  tidy = (text: string) => text.trim(),
): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = tidy(String(value));
  if (text.trim() === '') return undefined;
  const lost = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  // Beyond that, JavaScript rounds a number to one near it: the id or telephone would be somebody else's.
  const fault = lost ? 'is a number that has lost digits' : textFault(text, max_chars);
  if (fault === undefined) return text;
  ctx.addIssue({ code: 'custom', message: fault });
  return z.NEVER;
}
