import { TABLE_LIMITS, type TableColumn } from '@recuento/contract';
import type { EngineSettings, ReadRequest } from '../../attempts/engine/engine.js';
import type { ReportRequest } from '../report.js';
import { laneOf } from '../where.js';
import { isInstant, plainCell, selectOf, type Table, valueNamed } from './table.js';

/** Formats made of lines, which can be streamed. */
export type StreamedFormat = 'csv' | 'csv_guarded' | 'ndjson';

/** Formats that are made whole: `arrays`, from which workbooks are made, and `parquet`, which has an index at its end. */
export type WholeFormat = 'arrays' | 'parquet';

type Cell = (table: Table, column: TableColumn) => string;

interface Streaming {
  readonly cell: Cell;
  /**
   * A row in the engine's format `Template`: its formats `CSV` and `JSONEachRow` leave no room for the marks that show whose
   * output it is.
   */
  readonly line: (columns: readonly TableColumn[]) => string;
}

const csvLine: Streaming['line'] = (columns) =>
  `${columns.map(({ name }) => `\${${name}:CSV}`).join(',')}\r\n`; // RFC 4180

const ndjsonLine: Streaming['line'] = (columns) =>
  `{${columns.map(({ name }) => `"${name}":\${${name}:JSON}`).join(',')}}\n`;

const STREAMINGS: Readonly<Record<StreamedFormat, Streaming>> = {
  csv: { cell: plainCell, line: csvLine },
  csv_guarded: { cell: guardedCell, line: csvLine },
  ndjson: { cell: plainCell, line: ndjsonLine },
};

interface Writing {
  readonly format: string;
  readonly cell: Cell;
  readonly settings: EngineSettings;
}

const WRITINGS: Readonly<Record<WholeFormat, Writing>> = {
  arrays: { format: 'JSONCompactEachRow', cell: plainCell, settings: {} },
  parquet: {
    format: 'Parquet',
    cell: parquetCell,
    // What every reader of Parquet can read.
    settings: {
      output_format_parquet_compression_method: 'snappy',
      output_format_parquet_string_as_string: 1,
    },
  },
};

/**
 * A spreadsheet takes text that begins like this for a formula (OWASP, "CSV Injection"). The apostrophe that marks such text is
 * included.
 */
const FORMULA = `'^[=+\\\\-@\\\\t\\\\r\\\\'']'`;
/** A telephone with a sign is a number as a formula, and can do nothing. */
const SIGNED_DIGITS = `'^[+-][0-9]+$'`;

/**
 * An apostrophe before what would be a formula, and before a text that begins with one: so removing one apostrophe at the
 * beginning gives every text back as it was.
 */
function guardedCell(table: Table, column: TableColumn): string {
  const cell = plainCell(table, column);
  if (column.kind !== 'text') return cell;
  const is_formula = `match(${cell}, ${FORMULA}) AND NOT match(${cell}, ${SIGNED_DIGITS})`;
  return `if(${is_formula}, concat('''', ${cell}), ${cell})`;
}

/** Instants are timestamps of UTC. */
function parquetCell(table: Table, column: TableColumn): string {
  if (!isInstant(column.kind)) return plainCell(table, column);
  return `toDateTime64(${valueNamed(column.name)}, 3, 'UTC')`;
}

/** All of a table's bytes, in memory: to be bounded by rows. */
export function readFile(asked: ReportRequest, table: Table, format: WholeFormat): Promise<Buffer> {
  const { cell, format: name, settings } = WRITINGS[format];
  return asked.engine.read({
    ...statementOf(asked, table),
    sql: `${selectOf(table, cell)} FORMAT ${name}`,
    settings: { ...table.settings, ...settings },
    lane: laneOf(asked.selection),
    ...asked.budget.engine(),
  });
}

/**
 * A table's bytes as they come, of one part after another. The call's time limit holds until the first ones; after that a reader may
 * take as long for each part as a stream may.
 *
 * @param parts tables with the same columns
 */
export async function* streamFile(
  asked: ReportRequest,
  parts: Iterable<Table> | AsyncIterable<Table>,
  format: StreamedFormat,
): AsyncGenerator<Buffer> {
  const { cell, line } = STREAMINGS[format];
  for await (const table of parts) {
    yield* asked.engine.stream({
      ...statementOf(asked, table),
      sql: selectOf(table, cell),
      line: line(table.columns),
      settings: table.settings,
      ...asked.budget.engine(),
      max_ms: TABLE_LIMITS.stream_max_ms,
    });
  }
}

function statementOf(
  { selection }: ReportRequest,
  { params }: Table,
): Pick<ReadRequest, 'params' | 'fair_key'> {
  return { params, fair_key: `operation ${selection.operation_id}` };
}

/**
 * The beginning of a CSV file: for files that people read, the mark by which Excel recognizes UTF-8, and then a line of headings.
 */
export function csvHead(headings: readonly string[], is_marked: boolean): Buffer {
  const quoted = headings.map((heading) => `"${heading.replaceAll('"', '""')}"`);
  return Buffer.from(`${is_marked ? '\uFEFF' : ''}${quoted.join(',')}\r\n`);
}
