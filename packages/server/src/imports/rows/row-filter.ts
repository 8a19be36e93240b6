import { foldSpelling } from '@recuento/contract';
import { skipped, WrongFile } from '../reading/reading.js';
import type { Columns } from './columns.js';
import type { Condition, Only } from './only.js';

/** The refusal for a file of JSON records, in a format that also has files of lines. */
export const ONLY_OF_LINES = 'only is about columns, and it is a file of JSON records';

/** The result of a row that does not meet the conditions. */
export const FILTERED = skipped('filtered');

/** The columns of a file, as far as they have names. */
type Named = Pick<Columns, 'names' | 'all'>;

/** The conditions of one file, resolved to its columns once its header, or its first row, was read. */
export class RowFilter {
  readonly #tests: readonly ColumnTest[];

  private constructor(tests: readonly ColumnTest[]) {
    this.#tests = tests;
  }

  /** @throws WrongFile when a condition names a column that is not there, or a name that several columns have */
  static of(only: Only | undefined, columns: Named): RowFilter | undefined {
    return only && new RowFilter(only.map((one) => new ColumnTest(one, columnIn(columns, one.column))));
  }

  /** For rows with other columns than the first row of their file: a missing column counts as an empty field. */
  static ofOthers(only: Only, columns: Named): RowFilter {
    return new RowFilter(only.map((one) => new ColumnTest(one, indexIn(columns, one.column) ?? -1)));
  }

  /** The columns that the conditions read. */
  get columns(): readonly number[] {
    return this.#tests.map(({ index }) => index);
  }

  passes(fields: readonly string[]): boolean {
    for (const test of this.#tests) if (!test.passes(fields)) return false;
    return true;
  }
}

/** The columns of a file without a header, by the names that their format has for them; '' is no name. */
export function columnsCalled(names: readonly string[]): Named {
  return {
    names,
    all: (asked) => {
      const folded = foldSpelling(asked);
      return names.flatMap((name, index) => (name !== '' && foldSpelling(name) === folded ? [index] : []));
    },
  };
}

class ColumnTest {
  readonly index: number;
  readonly #is_not: boolean;
  readonly #values: ReadonlySet<string>;
  readonly #beginnings: ReadonlySet<string>;
  /** Lengths of the prefixes. Prefixes of one length are looked up together, as there may be a thousand. */
  readonly #lengths: readonly number[];

  constructor({ is_not, values }: Condition, index: number) {
    this.index = index;
    this.#is_not = is_not;
    const is_beginning = (value: string) => value.endsWith('*');
    this.#values = new Set(values.filter((value) => !is_beginning(value)));
    this.#beginnings = new Set(values.filter(is_beginning).map((value) => value.slice(0, -1)));
    this.#lengths = [...new Set([...this.#beginnings].map(({ length }) => length))];
  }

  passes(fields: readonly string[]): boolean {
    const field = (fields[this.index] ?? '').trim().toLowerCase();
    const is_one =
      this.#values.has(field) || this.#lengths.some((length) => this.#beginnings.has(field.slice(0, length)));
    return is_one !== this.#is_not;
  }
}

/** How many column names an error lists, as many as an export has, and characters of each. */
const SHOWN = { columns: 60, chars: 40 };

/** @throws WrongFile */
function columnIn(columns: Named, asked: string): number {
  const index = indexIn(columns, asked);
  if (index !== undefined) return index;
  const shown = columns.names
    .slice(0, SHOWN.columns)
    .map((name, at) => name.trim().slice(0, SHOWN.chars) || `#${at + 1}`);
  const more = columns.names.length > SHOWN.columns ? ' …' : '';
  throw new WrongFile(
    `only names the column ${asked}, which it does not have: its columns are ${shown.join(', ')}${more}`,
  );
}

/** @throws WrongFile where several columns have the name */
function indexIn({ names, all }: Named, asked: string): number | undefined {
  const [index, second] = all(asked);
  if (second !== undefined) {
    const numbers = `#${(index ?? 0) + 1} or #${second + 1}`;
    throw new WrongFile(`only names the column ${asked}, which it has more than once: name it as ${numbers}`);
  }
  if (index !== undefined) return index;
  const number = Number(/^#?([1-9]\d{0,3})$/.exec(asked)?.[1] ?? 0);
  return number > 0 && number <= names.length ? number - 1 : undefined;
}

/** The conditions of a file without a header, whose rows may differ in their number of columns. */
export class RowFilters {
  readonly #only: Only | undefined;
  readonly #by_count = new Map<number, RowFilter>();

  constructor(only: Only | undefined) {
    this.#only = only;
  }

  /** @throws WrongFile when the file's first row lacks a column that is named */
  of(names: readonly string[]): RowFilter | undefined {
    if (this.#only === undefined) return undefined;
    const known = this.#by_count.get(names.length);
    if (known !== undefined) return known;
    const columns = columnsCalled(names);
    const filter =
      this.#by_count.size === 0 ? RowFilter.of(this.#only, columns) : RowFilter.ofOthers(this.#only, columns);
    if (filter) this.#by_count.set(names.length, filter);
    return filter;
  }
}
