import { foldSpelling } from '@recuento/contract';
import { parseCsvLine } from './csv-line.js';

/** What stands between the fields of a delimited file. */
export const DELIMITERS = [',', '\t', ';', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The columns of a file whose first line names them. */
export interface Columns {
  readonly delimiter: Delimiter;
  /** As the header writes them. */
  readonly names: readonly string[];
  /**
   * The index, from 0, of the column that bears one of these names: of the first name that is there, and of its first
   * column where a header repeats it. -1 when none is there. Spellings are compared folded: `Start Time` is
   * `start_time`. Ask once a file, not once a line.
   */
  at(...aliases: readonly string[]): number;
  /** Every column of that name: some exports have one name twice. */
  all(name: string): readonly number[];
  /** The fields of a line, as many as there are columns; or, as a string, what is wrong with it. */
  split(line: string): string[] | string;
}

/** Reads a header line. What is wrong with it, as a string, where it is none: a header has two columns at least. */
export function readColumns(line: string): Columns | string {
  let best: { delimiter: Delimiter; names: string[] } | undefined;
  let fault = 'it has a single column';
  for (const delimiter of DELIMITERS) {
    const names = splitDelimited(line, delimiter);
    if (typeof names === 'string') {
      if (line.includes(delimiter)) fault = names;
    } else if (names.length > (best?.names.length ?? 1)) {
      best = { delimiter, names };
    }
  }
  return best === undefined ? fault : columnsOf(best.delimiter, best.names);
}

function columnsOf(delimiter: Delimiter, names: readonly string[]): Columns {
  const indices = new Map<string, number[]>();
  names.forEach((name, index) => {
    const folded = foldSpelling(name.trim());
    const known = indices.get(folded);
    if (known) known.push(index);
    else indices.set(folded, [index]);
  });
  const all = (name: string) => indices.get(foldSpelling(name)) ?? [];
  return {
    delimiter,
    names,
    all,
    at: (...aliases) => aliases.flatMap(all)[0] ?? -1,
    split: (line) => {
      const fields = splitDelimited(line, delimiter);
      if (typeof fields === 'string' || fields.length === names.length) return fields;
      return `it has ${fields.length} fields and the header has ${names.length}`;
    },
  };
}

/**
 * The fields of one line, or, as a string, what is wrong with it. Commas, semicolons and pipes: strictly as
 * `parseCsvLine`. Tabs: what writes them (MySQL's client, Vicidial) mostly knows no quotes, so `"Ana" <1000>` is a
 * field like any other; but a field that begins with a quote which never closes is a fault here too, as it may have
 * swallowed tabs.
 */
export function splitDelimited(line: string, delimiter: Delimiter): string[] | string {
  if (delimiter !== '\t') return parseCsvLine(line, delimiter);
  const fields = line.split('\t');
  if (!line.includes('"')) return fields;
  const strict = parseCsvLine(line, delimiter);
  if (typeof strict !== 'string') return strict;
  return fields.every(isQuoteless) ? fields : strict;
}

/** Whether a field between tabs can be taken as it is: it has no quote, or each one that opens it closes in it. */
function isQuoteless(field: string): boolean {
  return !field.startsWith('"') || (field.split('"').length - 1) % 2 === 0;
}
