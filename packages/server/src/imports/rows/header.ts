import { type Rejected, type Skipped, skipped, WrongFile } from '../reading/reading.js';
import { type Columns, readColumns } from './columns.js';
import { NOT_CLOSED } from './csv-line.js';
import { DELIMITERS, type Delimiter } from './delimiter.js';
import { noRow } from './rows.js';

/** Lines before a header at most: a title, dates, who made it. Issabel writes one, reports of spreadsheets some five. */
export const LINES_BEFORE_MAX = 20;
/** What is shown of a line that is no header: enough to see which it is. */
const SHOWN_CHARS = 200;

export const HEADER = skipped('header');

/** Rows have a telephone or a time, and names of columns have neither: a look that most lines do not pass. */
const HAS_NUMBER = /\d{5}|\d{4}\D\d/;
/** So many names of the header before make a header of a line that has not what is needed. */
const NAMES_AGAIN = 2;

/** Where a format finds in a header what it reads; or, as a string, what it misses. */
export type Settle<At> = (header: Columns) => At | string;

export interface Table<At> {
  readonly header: Columns;
  readonly at: At;
}

/**
 * Looks for a file's header: the first line that has the columns that are needed. Before it there may be lines of other
 * programs: `sep=;`, a title, a line of empty fields. They are skipped as the header is.
 */
export class HeaderSearch<At> {
  readonly #settle: Settle<At>;
  #lines = 0;
  #declared: Delimiter | undefined;
  #found: Table<At> | undefined;
  /** Of the line that looks most like one, for those who read why there is none. */
  #best: { readonly columns: number; readonly why: string } | undefined;

  constructor(settle: Settle<At>) {
    this.#settle = settle;
  }

  /** The table, once its header was met. */
  get found(): Table<At> | undefined {
    return this.#found;
  }

  /** Takes the next line; to be asked until `found`. @throws WrongFile when too many are no header */
  take(line: string): Skipped | Rejected {
    const declared = declaredDelimiter(line);
    if (this.#lines === 0 && declared !== undefined) {
      this.#declared = declared;
      return HEADER;
    }
    this.#lines += 1;
    const header = readColumns(line, this.#declared);
    if (typeof header === 'string') {
      // The names of columns may have line breaks too.
      this.#miss(line, 1, header);
      return header === NOT_CLOSED ? noRow({ fault: header, is_open: true }) : HEADER;
    }
    const at = this.#settle(header);
    if (typeof at === 'string') this.#miss(line, header.names.length, at);
    else this.#found = { header, at };
    return HEADER;
  }

  /**
   * Whether a line behind the header is one again, of files that were put together: its columns hold from there on, as those
   * of the second file may be in another order.
   *
   * @throws WrongFile where it is one without the columns that are needed: the rows behind it would be read by other columns
   */
  again(line: string): boolean {
    if (this.#found === undefined || HAS_NUMBER.test(line)) return false;
    const declared = declaredDelimiter(line);
    if (declared !== undefined) {
      this.#declared = declared;
      return true;
    }
    const header = readColumns(line, this.#declared);
    const at = typeof header === 'string' ? header : this.#settle(header);
    if (typeof header === 'string') return false;
    if (typeof at === 'string') {
      endAtOther(header, this.#found.header, at);
      return false;
    }
    this.#found = { header, at };
    return true;
  }

  /** @throws WrongFile when no header was met */
  end(): void {
    if (this.#found === undefined && this.#best !== undefined) throw new WrongFile(this.#best.why);
  }

  #miss(line: string, columns: number, why: string): void {
    if (this.#best === undefined || columns > this.#best.columns) {
      const shown = line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS)}…` : line;
      this.#best = {
        columns,
        why: `${why}; the line that looks most like a header is number ${this.#lines}: ${shown}`,
      };
    }
    if (this.#lines > LINES_BEFORE_MAX) this.end();
  }
}

/**
 * Of rows with another number of columns each is rejected by itself, as those of a table of totals are.
 *
 * @throws WrongFile where a line that misses something (`why`) is a header by its names, with as many columns
 */
export function endAtOther(line: Columns, before: Columns, why: string): void {
  if (line.names.length !== before.names.length) return;
  const known = line.names.filter((name) => name.trim() !== '' && before.at(name.trim()) >= 0);
  if (known.length < NAMES_AGAIN) return;
  const shown = line.names.join(line.delimiter).slice(0, SHOWN_CHARS);
  throw new WrongFile(`a second file begins in it, which is to be imported by itself: ${why}: ${shown}`);
}

/** The header among a file's first lines, where one has what is needed. */
export function headerOf<At>(lines: readonly string[], settle: Settle<At>): Table<At> | undefined {
  const search = new HeaderSearch(settle);
  for (const line of lines.slice(0, LINES_BEFORE_MAX)) {
    search.take(line);
    if (search.found) return search.found;
  }
  return undefined;
}

const SEP = /^"?sep=(.|\\t)"?[,;\t|]*$/i;

/** `sep=;`, which tells a spreadsheet what stands between the fields. */
export function declaredDelimiter(line: string): Delimiter | undefined {
  const text = SEP.exec(line)?.[1];
  const delimiter = text === '\\t' ? '\t' : text;
  return DELIMITERS.find((known) => known === delimiter);
}

/** What is missing of the columns that a format needs, for its message; undefined when nothing is. */
export function missingColumns(
  header: Columns,
  needed: readonly (string | readonly string[])[],
): string | undefined {
  const missing = needed.flatMap((names) => {
    const aliases = typeof names === 'string' ? [names] : names;
    return header.at(...aliases) < 0 ? [aliases.join(' or ')] : [];
  });
  return missing.length === 0 ? undefined : `it has no header with the columns ${missing.join(', ')}`;
}
