import type { Delimiter } from './delimiter.js';

/** Longest line that is read a second time. Dialers' lines are a tenth of it; it bounds the work. */
const LINE_MAX_CHARS = 8 * 1024;
/** Most delimiters between quotes of one line: a dial string has two or three. */
const SWALLOWED_MAX = 16;
const QUOTE = '"';

/** A possible field: from one place where a field may begin to another, and its text. */
interface Field {
  readonly from: number;
  /** The place of the next field; the number of places stands for the line's end. */
  readonly to: number;
  readonly text: string;
}

/**
 * The fields of a line whose quotes are not doubled, if there is exactly one way to read it as so many fields. undefined
 * where there is none, or where several differ in a column that is `used` (absent: any column). Nothing is guessed.
 *
 * Programs paste values between quotes (`""Ana" <101>",`), or quote some values and not others (`"Ana" <101>,`). So a
 * field that begins with a quote ends where a quote closes as in CSV, or at the first quote before a delimiter; or, where
 * text follows the closing quote, at the next delimiter. Blanks around quotes are ignored.
 */
export function onlyReading(
  line: string,
  delimiter: Delimiter,
  columns: number,
  used?: ReadonlySet<number>,
): string[] | undefined {
  if (line.length > LINE_MAX_CHARS) return undefined;
  const places = placesOf(line, delimiter, columns + SWALLOWED_MAX);
  const swallowed = places.length - columns;
  if (swallowed < 0 || swallowed > SWALLOWED_MAX) return undefined;
  const fields = places.map((_, from) => fieldsAt(line, places, from));
  return agreed(fields, columns, swallowed, used);
}

/** Where fields may begin; the search stops one after `max`. */
function placesOf(line: string, delimiter: string, max: number): number[] {
  const places = [0];
  let at = line.indexOf(delimiter);
  while (at >= 0 && places.length <= max) {
    places.push(at + 1);
    at = line.indexOf(delimiter, at + 1);
  }
  return places;
}

/** The possible fields that begin at a place: one or two, seldom three. */
function fieldsAt(line: string, places: readonly number[], from: number): Field[] {
  const start = places[from] ?? 0;
  const end = (places[from + 1] ?? line.length + 1) - 1;
  const bare: Field = { from, to: from + 1, text: unquoted(line.slice(start, end)) };
  const open = afterBlanks(line, start, end);
  if (line[open] !== QUOTE) return [bare];
  const fields: Field[] = [];
  const closing = closingQuote(line, open + 1);
  const after = closing < 0 ? undefined : placeAfter(line, places, from, closing);
  if (after !== undefined) {
    fields.push({ from, to: after, text: line.slice(open + 1, closing).replaceAll('""', '"') });
  }
  const raw = firstBeforeDelimiter(line, places, from, open + 1);
  if (raw !== undefined && raw.closing !== closing) {
    fields.push({ from, to: raw.to, text: line.slice(open + 1, raw.closing) });
  }
  // A quote that never closes may have swallowed delimiters.
  const text_follows = closing >= 0 && after === undefined;
  if (text_follows && !fields.some(({ to }) => to === bare.to)) fields.push(bare);
  return fields;
}

/** A value that was pasted between quotes is the same whether or not they are seen as part of it. */
function unquoted(text: string): string {
  const bare = text.trim();
  return bare.length > 1 && bare.startsWith(QUOTE) && bare.endsWith(QUOTE) ? bare.slice(1, -1) : text;
}

function afterBlanks(line: string, start: number, end: number): number {
  let at = start;
  while (at < end && line[at] === ' ') at += 1;
  return at;
}

function closingQuote(line: string, from: number): number {
  let at = line.indexOf(QUOTE, from);
  while (at >= 0 && line[at + 1] === QUOTE) at = line.indexOf(QUOTE, at + 2);
  return at;
}

/** The place after a quote, if only blanks separate the quote from a delimiter or the line's end. */
function placeAfter(
  line: string,
  places: readonly number[],
  from: number,
  quote: number,
): number | undefined {
  let to = from + 1;
  while (to < places.length && (places[to] ?? 0) <= quote) to += 1;
  const end = (places[to] ?? line.length + 1) - 1;
  return afterBlanks(line, quote + 1, end) === end ? to : undefined;
}

/** The first quote, from `at` on, before a delimiter or the line's end; and the place after it. */
function firstBeforeDelimiter(
  line: string,
  places: readonly number[],
  from: number,
  at: number,
): { readonly closing: number; readonly to: number } | undefined {
  for (let to = from + 1; to <= places.length && to <= from + 1 + SWALLOWED_MAX; to += 1) {
    let closing = (places[to] ?? line.length + 1) - 2;
    while (closing >= at && line[closing] === ' ') closing -= 1;
    if (closing >= at && line[closing] === QUOTE) return { closing, to };
  }
  return undefined;
}

/** Searches all readings at once. A step is a field; a state is the place and the number of delimiters in quotes so far. */
function agreed(
  fields: readonly (readonly Field[])[],
  columns: number,
  swallowed: number,
  used: ReadonlySet<number> | undefined,
): string[] | undefined {
  const width = swallowed + 1;
  const places = fields.length;
  const leads_on = new Uint8Array((places + 1) * width);
  leads_on[places * width + swallowed] = 1;
  const next = ({ from, to }: Field, inside: number) => to * width + inside + (to - from - 1);
  const fits = (field: Field, inside: number) =>
    inside + (field.to - field.from - 1) <= swallowed && leads_on[next(field, inside)] === 1;
  for (let from = places - 1; from >= 0; from -= 1) {
    for (let inside = 0; inside <= swallowed; inside += 1) {
      if (fields[from]?.some((field) => fits(field, inside))) leads_on[from * width + inside] = 1;
    }
  }
  const texts: (string | undefined)[] = new Array(columns).fill(undefined);
  const reached = new Uint8Array((places + 1) * width);
  reached[0] = leads_on[0] ?? 0;
  for (let from = 0; from < places; from += 1) {
    for (let inside = 0; inside <= swallowed; inside += 1) {
      if (reached[from * width + inside] !== 1) continue;
      const column = from - inside;
      for (const field of fields[from] ?? []) {
        if (!fits(field, inside)) continue;
        reached[next(field, inside)] = 1;
        const known = texts[column];
        if (known === undefined) texts[column] = field.text;
        else if (known !== field.text && (used === undefined || used.has(column))) return undefined;
      }
    }
  }
  return texts.every((text): text is string => text !== undefined) ? texts : undefined;
}
