import { type Rejected, type Skipped, skipped, WrongFile } from '../reading/reading.js';
import { type Columns, readColumns } from './columns.js';
import { NOT_CLOSED } from './csv-line.js';
import { DELIMITERS, type Delimiter } from './delimiter.js';
import { noRow } from './rows.js';

/** Most lines before a header: a title, dates, the author. Issabel writes one, spreadsheet reports about five. */
export const LINES_BEFORE_MAX = 20;
/** Characters that are shown of a line that is not a header: enough to recognise it. */
const SHOWN_CHARS = 200;

export const HEADER = skipped('header');

/** Rows have a telephone or a time, and column names have neither: a quick check that rules out most lines. */
const HAS_NUMBER = /\d{5}|\d{4}\D\d/;
/** A line without the required columns is still a header if it has so many names of the header before. */
const NAMES_AGAIN = 2;

/** Finds in a header the columns that a format reads; or returns, as a string, what is missing. */
export type Settle<At> = (header: Columns) => At | string;

export interface Table<At> {
  readonly header: Columns;
  readonly at: At;
}

/**
 * Searches for a file's header: the first line that has the required columns. Lines of other programs may come before it:
 * `sep=;`, a title, a line of empty fields. They are skipped, as the header is.
 */
export class HeaderSearch<At> {
  readonly #settle: Settle<At>;
  #lines = 0;
  #declared: Delimiter | undefined;
  #found: Table<At> | undefined;
  /** The line that looks most like a header, for the error when there is none. */
  #best: { readonly columns: number; readonly why: string } | undefined;

  constructor(settle: Settle<At>) {
    this.#settle = settle;
  }

  /** The table, once its header was found. */
  get found(): Table<At> | undefined {
    return this.#found;
  }

  /** Handles the next line; to be called until there is a `found`. @throws WrongFile when too many lines are not a header */
  take(line: string): Skipped | Rejected {
    const declared = declaredDelimiter(line);
    if (this.#lines === 0 && declared !== undefined) {
      this.#declared = declared;
      return HEADER;
    }
    this.#lines += 1;
    const header = readColumns(line, this.#declared);
    if (typeof header === 'string') {
      // Column names may have line breaks too.
      this.#miss(line, 1, header);
      return header === NOT_CLOSED ? noRow({ fault: header, is_open: true }) : HEADER;
    }
    const at = this.#settle(header);
    if (typeof at === 'string') this.#miss(line, header.names.length, at);
    else this.#found = { header, at };
    return HEADER;
  }

  /**
   * Whether a line after the header is a header again, as in concatenated files. Its columns apply from there on, because
   * the second file may have them in another order.
   *
   * @throws WrongFile where it is a header without the required columns: the rows after it would be read by the wrong
   * columns
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

  /** @throws WrongFile when no header was found */
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
 * Ends the import at a header of another table. Rows with another number of columns, such as a table of totals, do not
 * end it: they are rejected one by one.
 *
 * @throws WrongFile where a line without the required columns (`why`) is a header by its names, with as many columns as
 * before
 */
export function endAtOther(line: Columns, before: Columns, why: string): void {
  if (line.names.length !== before.names.length) return;
  const known = line.names.filter((name) => name.trim() !== '' && before.at(name.trim()) >= 0);
  if (known.length < NAMES_AGAIN) return;
  const shown = line.names.join(line.delimiter).slice(0, SHOWN_CHARS);
  throw new WrongFile(`a second file begins in it, which is to be imported by itself: ${why}: ${shown}`);
}

/** The header among a file's first lines, if one has the required columns. */
export function headerOf<At>(lines: readonly string[], settle: Settle<At>): Table<At> | undefined {
  const search = new HeaderSearch(settle);
  for (const line of lines.slice(0, LINES_BEFORE_MAX)) {
    search.take(line);
    if (search.found) return search.found;
  }
  return undefined;
}

const SEP = /^"?sep=(.|\\t)"?[,;\t|]*$/i;

/** `sep=;`, which declares the delimiter to a spreadsheet. */
export function declaredDelimiter(line: string): Delimiter | undefined {
  const text = SEP.exec(line)?.[1];
  const delimiter = text === '\\t' ? '\t' : text;
  return DELIMITERS.find((known) => known === delimiter);
}

/** Which of a format's required columns are missing, for its message; undefined when none is. */
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
