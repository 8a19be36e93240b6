/**
 * Words for a missing value: of databases (`NULL`, `\N`), scripts (`None`, `null`, `nil`, `NaN`) and spreadsheets
 * (`#N/A`). The spelling must be exact, because `Null` is a surname. `NA` is not among them: it is a status of Vicidial.
 */
const WORDS: ReadonlySet<string> = new Set([
  ...[
    'NULL',
    'null',
    '(null)',
    '(NULL)',
    '<null>',
    '[NULL]',
    '\\N',
    'nil',
    'None',
    'none',
    'NaN',
    'nan',
    'NaT',
    '<NA>',
  ],
  ...['undefined', '#N/A', '#NA', '#VALUE!', '#REF!', '#NAME?', '#NULL!', '#NUM!', '#DIV/0!', 'N/A', 'n/a'],
]);
const LONGEST = 9;
const BLANK = 0x20;
const FIRST_CHARS = new Uint8Array(0x80);
for (const first of ['=', ...WORDS]) FIRST_CHARS[first.charCodeAt(0)] = 1;

/** Whether a text is a word for a missing value. */
export function isNothing(text: string): boolean {
  return text.length <= LONGEST && WORDS.has(text);
}

/** The text of a field: '' for a missing value, and without the formula with which a spreadsheet marks a text: `="0042"`. */
export function toldBy(text: string): string {
  if (text.length < 2) return text;
  if (text.startsWith('="') && text.endsWith('"') && text.length > 2) return text.slice(2, -1);
  return isNothing(text) ? '' : text;
}

/** Replaces each field by what `toldBy` makes of it, after trimming the blanks that pad columns in tables for people. */
export function withoutNothing(fields: string[]): void {
  for (let at = 0; at < fields.length; at += 1) {
    let field = fields[at] ?? '';
    if (field.charCodeAt(0) === BLANK || field.charCodeAt(field.length - 1) === BLANK) {
      field = field.trim();
      fields[at] = field;
    }
    if (field.length > 1 && mayBeNothing(field.charCodeAt(0))) fields[at] = toldBy(field);
  }
}

/** A quick check: the first character rules out these words for most fields. */
function mayBeNothing(first: number): boolean {
  return first < FIRST_CHARS.length && FIRST_CHARS[first] === 1;
}
