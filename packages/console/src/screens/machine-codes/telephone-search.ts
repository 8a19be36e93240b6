import { FIELD_LIMITS } from '@recuento/contract';

/** What the search box asks for. */
export type TelephoneSearch =
  | { readonly kind: 'all' }
  /** How telephones begin, how they end, or both. */
  | { readonly kind: 'part'; readonly prefix?: string; readonly suffix?: string }
  /** This one alone. */
  | { readonly kind: 'whole'; readonly telephone: string }
  /** It has more than one `*`. */
  | { readonly kind: 'unclear' };

/** A telephone and a `*`. */
export const SEARCH_MAX_CHARS = FIELD_LIMITS.telephone_chars + 1;

/** Reads what was typed: `57300*`, `*1234567`, `573*67`, or one whole telephone. Blanks around it are not part of it. */
export function readSearch(text: string): TelephoneSearch {
  const typed = text.trim();
  const [prefix = '', suffix, ...more] = typed.split('*');
  if (more.length > 0) return { kind: 'unclear' };
  if (suffix === undefined) return prefix === '' ? { kind: 'all' } : { kind: 'whole', telephone: prefix };
  if (prefix === '' && suffix === '') return { kind: 'all' };
  return { kind: 'part', ...(prefix !== '' && { prefix }), ...(suffix !== '' && { suffix }) };
}

/** Other searches that may find what a whole telephone did not: it may be one part of it, or be written with blanks. */
export function otherSearches(telephone: string): readonly string[] {
  const plain = telephone.replace(/[\s().-]/g, '');
  const without_marks = plain === telephone || plain === '' ? [] : [plain];
  return [...without_marks, `${telephone}*`, `*${telephone}`];
}
