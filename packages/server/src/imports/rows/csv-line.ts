/**
 * Splits one line of comma-separated values (or with another delimiter, one character) strictly, as Asterisk's cdr_csv.c
 * writes them: a field is bare, or in double quotes with inner quotes doubled. Anything else is a fault of the line;
 * `readRow` decides what to make of it.
 *
 * Returns the fields; or, as a string, the fault.
 */
export function parseCsvLine(line: string, delimiter = ','): string[] | string {
  const fields: string[] = [];
  const stop = delimiter.charCodeAt(0);
  const { length } = line;
  let at = 0;
  for (;;) {
    if (line.charCodeAt(at) === QUOTE) {
      const first = line.indexOf('"', at + 1);
      const doubled = first >= 0 && line.charCodeAt(first + 1) === QUOTE;
      const end = doubled ? closingQuote(line, first + 2) : first;
      if (end < 0) return NOT_CLOSED;
      const inner = line.slice(at + 1, end);
      fields.push(doubled ? inner.replaceAll('""', '"') : inner);
      at = end + 1;
      if (at === length) return fields;
      if (line.charCodeAt(at) !== stop) return 'text follows a closing quote';
    } else {
      const start = at;
      let code = line.charCodeAt(at);
      while (code !== stop && at < length) {
        if (code === QUOTE) return 'a quote stands inside a bare field';
        at += 1;
        code = line.charCodeAt(at);
      }
      fields.push(line.slice(start, at));
      if (at >= length) return fields;
    }
    at += 1; // past the delimiter
  }
}

const QUOTE = 0x22;

/** The fault of a line with an open quote at its end. */
export const NOT_CLOSED = 'a quote is not closed';

/** Where a quote closes, searching from `from`; a doubled quote is a character. -1 when it does not close. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line.charCodeAt(at + 1) === QUOTE) at = line.indexOf('"', at + 2);
  return at;
}
