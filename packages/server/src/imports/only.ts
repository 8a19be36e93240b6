import { foldSpelling } from '@recuento/contract';
import { skipped, WrongFile } from './formats/format.js';

/** A condition on a column: that its field is one of the values, or none of them. */
export interface Condition {
  /** As it was asked for: a name, or a number from 1. */
  readonly column: string;
  readonly is_not: boolean;
  /** In lower case; one that ends with `*` is a beginning. '' is an empty field. */
  readonly values: readonly string[];
}

/** All of them have to hold. */
export type Only = readonly Condition[];

/** More than anybody writes; each costs something a row. */
const ONLY_MAX = { conditions: 20, values: 1_000 };

/** The form of `only`, for those who got it wrong. */
export const ONLY_FORM = 'column=value[,value] or column!=value, several with semicolons between';

/** Reads `dcontext=from-internal;dst!=600,601`. Undefined when it has not that form. */
export function parseOnly(text: string): Only | undefined {
  const conditions = text.split(';').map(conditionOf);
  if (conditions.length > ONLY_MAX.conditions) return undefined;
  const known = conditions.filter((condition) => condition !== undefined);
  return known.length === conditions.length ? known : undefined;
}

function conditionOf(text: string): Condition | undefined {
  const equals = text.indexOf('=');
  if (equals < 0) return undefined;
  const is_not = text.charAt(equals - 1) === '!';
  const column = text.slice(0, is_not ? equals - 1 : equals).trim();
  const values = text
    .slice(equals + 1)
    .split(',')
    .map((value) => value.trim().toLowerCase());
  return column === '' || values.length > ONLY_MAX.values ? undefined : { column, is_not, values };
}

/** Of a file of JSON records in a format that also has files of lines. */
export const ONLY_OF_LINES = 'only is about columns, and it is a file of JSON records';

/** What becomes of a row that does not meet them. */
export const FILTERED = skipped('filtered');

/** The conditions of one file: they know its columns once its header, or its first row, is met. */
export class RowFilter {
  readonly #tests: readonly ColumnTest[];

  private constructor(tests: readonly ColumnTest[]) {
    this.#tests = tests;
  }

  /**
   * @param names of the columns, in their order
   * @throws WrongFile when a condition is on a column that is not there, or on a name that several have
   */
  static of(only: Only | undefined, names: readonly string[]): RowFilter | undefined {
    if (only === undefined) return undefined;
    return new RowFilter(
      only.map((condition) => new ColumnTest(condition, columnIn(names, condition.column))),
    );
  }

  /** For rows that are unlike the first of their file: a column that they do not have is an empty field. */
  static ofOthers(only: Only, names: readonly string[]): RowFilter {
    return new RowFilter(
      only.map((condition) => new ColumnTest(condition, indexIn(names, condition.column) ?? -1)),
    );
  }

  /** Of those that are read. */
  get columns(): readonly number[] {
    return this.#tests.map(({ index }) => index);
  }

  passes(fields: readonly string[]): boolean {
    for (const test of this.#tests) if (!test.passes(fields)) return false;
    return true;
  }
}

class ColumnTest {
  readonly index: number;
  readonly #is_not: boolean;
  readonly #values: ReadonlySet<string>;
  readonly #beginnings: readonly string[];

  constructor({ is_not, values }: Condition, index: number) {
    this.index = index;
    this.#is_not = is_not;
    const is_beginning = (value: string) => value.length > 1 && value.endsWith('*');
    this.#values = new Set(values.filter((value) => !is_beginning(value)));
    this.#beginnings = values.filter(is_beginning).map((value) => value.slice(0, -1));
  }

  passes(fields: readonly string[]): boolean {
    const field = (fields[this.index] ?? '').trim().toLowerCase();
    const is_one =
      this.#values.has(field) || this.#beginnings.some((beginning) => field.startsWith(beginning));
    return is_one !== this.#is_not;
  }
}

/** Columns that are named to whoever asked for another. */
const SHOWN_MAX = 60;

/** @throws WrongFile */
function columnIn(names: readonly string[], asked: string): number {
  const index = indexIn(names, asked);
  if (index !== undefined) return index;
  const seen = names.slice(0, SHOWN_MAX).map((name, at) => (name === '' ? `#${at + 1}` : name.trim()));
  throw new WrongFile(
    `only names the column ${asked}, which it does not have: its columns are ${seen.join(', ')}${names.length > SHOWN_MAX ? ' …' : ''}`,
  );
}

/** @throws WrongFile where several columns have the name */
function indexIn(names: readonly string[], asked: string): number | undefined {
  const folded = foldSpelling(asked);
  const found = names.flatMap((name, index) =>
    name !== '' && foldSpelling(name.trim()) === folded ? [index] : [],
  );
  if (found.length > 1) {
    const numbers = found.map((at) => `#${at + 1}`).join(' and ');
    throw new WrongFile(`only names the column ${asked}, which it has more than once: name it as ${numbers}`);
  }
  if (found[0] !== undefined) return found[0];
  const number = Number(/^#?([1-9]\d{0,3})$/.exec(asked)?.[1] ?? 0);
  return number > 0 && number <= names.length ? number - 1 : undefined;
}

/** The conditions of a file without a header, whose rows may have one number of columns or another. */
export class RowFilters {
  readonly #only: Only | undefined;
  readonly #by_count = new Map<number, RowFilter>();

  constructor(only: Only | undefined) {
    this.#only = only;
  }

  /** @throws WrongFile when the file's first row has not the columns that are named */
  of(names: readonly string[]): RowFilter | undefined {
    if (this.#only === undefined) return undefined;
    const known = this.#by_count.get(names.length);
    if (known !== undefined) return known;
    const is_first = this.#by_count.size === 0;
    const filter = is_first ? RowFilter.of(this.#only, names) : RowFilter.ofOthers(this.#only, names);
    if (filter) this.#by_count.set(names.length, filter);
    return filter;
  }
}
