/**
 * Why a text is not a telephone: it has none; a spreadsheet destroyed its digits; it has several; it is a date, or
 * something else.
 */
export interface NoTelephone {
  readonly because: 'none' | 'lost' | 'several' | 'date' | 'other';
}

const NONE: NoTelephone = { because: 'none' };
const LOST: NoTelephone = { because: 'lost' };
const SEVERAL: NoTelephone = { because: 'several' };
const A_DATE: NoTelephone = { because: 'date' };
const OTHER: NoTelephone = { because: 'other' };

/**
 * The telephone in a text of any format, or why it is not a telephone. The digits and marks that were dialed stay as they
 * are. What a spreadsheet or a script put around them is removed: `573001234567.0`, `="573001234567"`, a leading `'`,
 * blanks and marks of writing direction; other kinds of blanks inside become plain ones. With several telephones in one
 * field (`3001234567 / 6015550100`) it is unknown which one was dialed, so none is taken; a date (`12/11/2026`) is not a
 * telephone either. `5.73E+11` has lost its digits for good, and `#####` never had them: those are never a telephone.
 */
export function telephoneIn(text: string): string | NoTelephone {
  if (isDigits(text)) return text;
  if (text.length > MAX_CHARS) return OTHER;
  const bare = unwrapped(text);
  if (bare === '') return NONE;
  const float = FLOAT.exec(bare);
  if (float) return float[1] ?? float[2] ?? OTHER;
  if (isSeveral(bare)) return SEVERAL;
  if (isDialable(bare)) return DATE.test(bare) ? A_DATE : bare;
  const power = POWER.exec(bare);
  if (power) return allDigits(power) ?? LOST;
  if (TOO_NARROW.test(bare)) return LOST;
  return PLACEHOLDERS.has(bare.replace(AROUND_WORDS, '').toLowerCase()) ? NONE : OTHER;
}

/** Longer than any telephone with its decoration. Longer texts, such as notes, are not searched. */
const MAX_CHARS = 256;

// The special extensions s, h, i, t and names are not telephones. Prefixes of trunks (`9#57...`) stay.
const DIALABLE = /^[+*#(]*\d[\d*#+(). /\u2010-\u2015-]*$/;

/** Whether a telephone could have been dialed exactly as it is written. */
export function isDialable(number: string): boolean {
  return DIALABLE.test(number);
}

/**
 * A whole number with a fraction: programs for tables turn a column with gaps into fractions. More than two zeros count
 * as a fraction only after a whole telephone, because people write `555.0000` as a telephone.
 */
const FLOAT = /^(\+?\d+)[.,]00?$|^(\+?\d{7,})[.,]0+$/;
const POWER = /^\+?(\d)(?:[.,](\d+))?E\+?(\d{1,3})$/i;
/** What a spreadsheet shows when a number is wider than its column. */
const TOO_NARROW = /^#{3,}$/;
/** Blanks of any kind, and invisible marks: of writing direction, of zero width. */
const UNSEEN = /[\s\p{Cf}\p{Cc}]/u;
/** Blanks inside a number: a spreadsheet separates its groups with no-break spaces. */
const BLANKS = /[^\S ]|\p{Zs}/gu;
const MARKS = /\p{Cf}/gu;
const IS_ASCII = /^[\x20-\x7e]*$/;
/** A formula whose value is a text. A spreadsheet uses it to mark a cell as text. */
const FORMULA = /^="(.*)"$/s;
const QUOTED = /^"(.*)"$/s;
/** RFC 3966. */
const SCHEME = /^tel:/i;
const MARK = /^['’`](?=[\s+*#(\d])/;
const AROUND_WORDS = /^[<([]+|[>)\]]+$/g;

/** Words that stand for an unknown telephone, without the brackets around them. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...[
    "'",
    'nan',
    'none',
    'null',
    'nil',
    'na',
    'n/a',
    'n.a.',
    'nat',
    'undefined',
    '\\n',
    '-',
    '--',
    '—',
    '–',
    '.',
    '?',
  ],
  ...[
    '#n/a',
    '#na',
    '#ref!',
    '#value!',
    '#name?',
    '#null!',
    '#num!',
    '#div/0!',
    '#¡ref!',
    '#¡valor!',
    '#¿nombre?',
  ],
  ...[
    'anonymous',
    'unknown',
    'private',
    'restricted',
    'unavailable',
    'withheld',
    'blocked',
    'anon',
    'no number',
  ],
  ...['anonimo', 'anónimo', 'desconocido', 'privado', 'restringido', 'oculto', 'sin numero', 'sin número'],
]);

function unwrapped(text: string): string {
  let bare = withoutUnseen(text);
  const inner = FORMULA.exec(bare)?.[1] ?? QUOTED.exec(bare)?.[1];
  if (inner !== undefined) bare = withoutUnseen(inner);
  bare = withoutUnseen(bare.replace(SCHEME, '').replace(MARK, ''));
  return IS_ASCII.test(bare) ? bare : bare.replace(BLANKS, ' ').replace(MARKS, '');
}

/**
 * Whether a text has more than one telephone: two runs of digits that are long enough, or two with a mark for "and"
 * between them. After `*` or `#` come further instructions for a switch, not a second telephone (`1234567#573001234567`).
 */
function isSeveral(text: string): boolean {
  if (!NUMBERS.test(text)) return false;
  if ((text.match(LONG_RUN) ?? []).length > 1) return true;
  const parts = text.split(AND);
  return parts.length > 1 && parts.filter((part) => part.replace(/\D/g, '').length >= LONG_DIGITS).length > 1;
}

const LONG_DIGITS = 7;
const LONG_RUN = /\d{7,}/g;
const AND = /[/;,|&<]/;
const NUMBERS = /^[\d\s+()./;,|&<\u2010-\u2015-]+$/;
/** A date with a year of our time at either end. */
const DATE =
  /^(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)$/;

/** Character by character: a regular expression for trailing blanks would start again at every blank of the text. */
function withoutUnseen(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && UNSEEN.test(text.charAt(from))) from += 1;
  while (to > from && UNSEEN.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** `5.73001234567E+11` still has every digit, where `5.73E+11` has three. */
function allDigits([, first = '', decimals = '', power = '']: readonly string[]): string | undefined {
  return decimals !== '' && decimals.length === Number(power) ? first + decimals : undefined;
}

/** A fast check for plain digits, which most telephones are: it takes a few nanoseconds. */
function isDigits(text: string): boolean {
  for (let at = text.charCodeAt(0) === PLUS ? 1 : 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return text.length > 1;
}

const PLUS = 0x2b;
