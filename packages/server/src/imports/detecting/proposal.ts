import { foldSpelling } from '@recuento/contract';
import { outcomeOf } from '../../outcomes/outcome-table.js';
import { Dates, looksLikeDateTime } from '../fields/dates.js';
import { telephoneIn } from '../fields/telephones.js';
import { byDirection } from '../formats/direction-words.js';
import { type Columns, readColumns } from '../rows/columns.js';
import { type Field, NAMES } from './column-names.js';

/** Rows whose values are examined: enough to tell a date from a name. */
const ROWS_LOOKED_AT = 20;
/** How many column names the user is shown, and characters of each. */
const SHOWN = { columns: 30, chars: 40 };
/** Exports of dialers have at most fifty columns; examining more takes time. */
export const COLUMNS_MAX = 200;
/** The first lines, in which a header is searched for. */
const LINES_MAX = 20;

/** The advice for a file of JSON or XML records that no format reads. */
const AS_TABLE = 'export it as CSV, and declare its columns by csv and --map';
const NEEDED: readonly Field[] = ['telephone', 'dialed_at', 'result'];

/** What the beginning of a file shows of its columns. */
export interface SeenTable {
  /** Where the header is among the lines that were examined, from 0; without a header, the first row. */
  readonly at: number;
  readonly has_header: boolean;
  /** Of a header, or of the first row. */
  readonly columns: Columns;
  /** The first rows, split. */
  readonly rows: readonly (readonly string[])[];
  /** The columns, from 0, that seem to hold these fields. */
  readonly fields: ReadonlyMap<Field, number>;
}

/** The columns of a file, where its lines have any; undefined of JSON, XML, and lines without a separator. */
export function seenTable(lines: readonly string[]): SeenTable | undefined {
  if (RECORDS.test(lines[0] ?? '')) return undefined;
  const table = tableIn(lines.slice(0, LINES_MAX));
  if (table === undefined) return undefined;
  const { columns, at } = table;
  const has_header = !columns.names.some((name) => looksLikeDateTime(name));
  if (columns.names.length > COLUMNS_MAX) return { at, has_header, columns, rows: [], fields: new Map() };
  const split = lines.slice(at + 1, at + 1 + ROWS_LOOKED_AT).flatMap((line) => {
    const fields = columns.split(line);
    return Array.isArray(fields) ? [fields] : [];
  });
  const rows = has_header ? split : [[...columns.names], ...split];
  return { at, has_header, columns, rows, fields: has_header ? byName(columns, rows) : byValue(rows) };
}

/** How a file of JSON or XML records begins. */
const RECORDS = /^\s*(?:([[{])|<)/;

/**
 * Describes a file whose format is not recognised, in the words of an error. Where the names or the values of its columns
 * show what they hold, it proposes a `--map`. The proposal is never applied unless the user asks for it.
 */
export function proposalFor(lines: readonly string[]): string {
  const kind = RECORDS.exec(lines[0] ?? '');
  if (kind) return `it is ${kind[1] ? 'JSON' : 'XML'} of no program that is known here; ${AS_TABLE}`;
  const table = seenTable(lines);
  if (table === undefined) {
    const first = (lines[0] ?? '').slice(0, SHOWN.columns * 2);
    return `its lines have no columns with a comma, tab, semicolon or pipe between (the first is ${JSON.stringify(first)})`;
  }
  const { columns, at, has_header, fields } = table;
  if (columns.names.length > COLUMNS_MAX) return `line ${at + 1} has ${columns.names.length} columns`;
  const seen = has_header
    ? `line ${at + 1} has the columns ${columns.names.slice(0, SHOWN.columns).map(shown).join(', ')}`
    : `line ${at + 1} is no header, and has ${columns.names.length} columns`;
  const missing = NEEDED.filter((field) => !fields.has(field));
  const map = [...fields].map(([field, index]) => {
    return `${field}=${has_header ? columns.names[index]?.trim() : index + 1}`;
  });
  if (missing.length === NEEDED.length) return `${seen}; declare which of them are what by csv and --map`;
  const rest = missing.map((field) => `${field}=…`);
  const order = needsDateOrder(table) ? ' --date-order dmy (or mdy)' : '';
  return `${seen}; if these are calls that were dialed, try: csv --map '${[...map, ...rest].join(',')}'${order}`;
}

/** The line that splits into the most columns; of several, the first. */
function tableIn(lines: readonly string[]): { columns: Columns; at: number } | undefined {
  let best: { columns: Columns; at: number } | undefined;
  lines.forEach((line, at) => {
    const columns = readColumns(line);
    if (typeof columns === 'string') return;
    if (best === undefined || columns.names.length > best.columns.names.length) best = { columns, at };
  });
  return best;
}

function byName(columns: Columns, rows: readonly (readonly string[])[]): Map<Field, number> {
  const folded = columns.names.map((name) => foldSpelling(name.trim()));
  const found = new Map<Field, number>();
  for (const field of fieldsInOrder()) {
    const index = NAMES[field].map((name) => folded.indexOf(foldSpelling(name))).find((at) => at >= 0);
    if (index === undefined || !isNameable(columns, index)) continue;
    // Lines with other words than the known directions would be rejected.
    if (field !== 'direction' || saysDirection(rows, index)) found.set(field, index);
  }
  for (const [field, index] of byValue(rows)) {
    if (!found.has(field) && isNameable(columns, index) && ![...found.values()].includes(index))
      found.set(field, index);
  }
  return found;
}

/** Whether a column has only words for a call's direction. Without it, incoming calls would count as dialed. */
function saysDirection(rows: readonly (readonly string[])[], index: number): boolean {
  const words = rows.map((row) => (row[index] ?? '').trim()).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => byDirection(word)?.kind !== 'rejected');
}

/**
 * Whether a map can name the column. A comma would end the name there, and a repeated name is ambiguous. The name must
 * also be safe inside the quotes of a command that people copy into a terminal.
 */
export function isNameable(columns: Columns, index: number): boolean {
  const name = (columns.names[index] ?? '').trim();
  return name !== '' && !/[,'\p{Cc}\p{Cf}]/u.test(name) && columns.all(name).length === 1;
}

/** Finds the required fields by the columns' values: most of them are dates, telephones, or words for how a call ended. */
function byValue(rows: readonly (readonly string[])[]): Map<Field, number> {
  const looks: readonly [Field, (text: string) => boolean][] = [
    ['dialed_at', looksLikeDateTime],
    ['result', (text) => text !== '' && outcomeOf('any', text) !== undefined],
    ['telephone', isLongNumber],
  ];
  const found = new Map<Field, number>();
  for (const [field, look] of looks) {
    const index = (rows[0] ?? []).findIndex((_, at) => {
      const values = rows.map((row) => (row[at] ?? '').trim()).filter((text) => text !== '');
      return values.length > 0 && values.filter(look).length * 2 > values.length;
    });
    if (index >= 0) found.set(field, index);
  }
  return new Map(
    fieldsInOrder().flatMap((field) => {
      const index = found.get(field);
      return index === undefined ? [] : [[field, index] as const];
    }),
  );
}

function fieldsInOrder(): Field[] {
  const needed_first = ['telephone', 'dialed_at', 'result', 'attempt_id'] as const;
  return [...needed_first, 'duration_seconds', 'trunk', 'agent_id', 'direction'];
}

function isLongNumber(text: string): boolean {
  const telephone = telephoneIn(text);
  return (
    typeof telephone === 'string' && telephone.replace(/\D/g, '').length >= 7 && !looksLikeDateTime(text)
  );
}

/** Whether the order of day and month has to be declared, because the dates themselves do not show it. */
export function needsDateOrder({ fields, rows }: Pick<SeenTable, 'fields' | 'rows'>): boolean {
  const index = fields.get('dialed_at');
  const dates = new Dates('UTC');
  return rows.some((row) => {
    const text = row[index ?? -1] ?? '';
    return looksLikeDateTime(text) && dates.parse(text) === undefined;
  });
}

function shown(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, SHOWN.chars);
}
