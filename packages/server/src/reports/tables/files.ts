import { TABLE_LIMITS, type TableColumn } from '@recuento/contract';
import type { EngineSettings, ReadRequest } from '../../attempts/engine/engine.js';
import type { Asked } from '../report.js';
import { laneOf } from '../where.js';
import { plainCell, selectOf, type Table, valueNamed } from './table.js';

/**
 * A table as one of the engine's own formats. The rows of `csv`, `ndjson` and `arrays` are lines, so they can be streamed;
 * `parquet` has a head and an index at its end.
 */
export type FileFormat = 'csv' | 'csv_guarded' | 'ndjson' | 'arrays' | 'parquet';

interface Writing {
  readonly format: string;
  readonly cell: (table: Table, column: TableColumn) => string;
  readonly settings: EngineSettings;
}

const CSV: Writing = {
  format: 'CSV',
  cell: plainCell,
  settings: { output_format_csv_crlf_end_of_line: 1 }, // RFC 4180
};

const WRITINGS: Readonly<Record<FileFormat, Writing>> = {
  csv: CSV,
  csv_guarded: { ...CSV, cell: guardedCell },
  ndjson: { format: 'JSONEachRow', cell: plainCell, settings: {} },
  arrays: { format: 'JSONCompactEachRow', cell: plainCell, settings: {} },
  parquet: {
    format: 'Parquet',
    cell: parquetCell,
    // What every reader of Parquet has.
    settings: {
      output_format_parquet_compression_method: 'snappy',
      output_format_parquet_string_as_string: 1,
    },
  },
};

/** A spreadsheet takes text that begins so for a formula (OWASP, "CSV Injection"); and the mark itself. */
const FORMULA = `'^[=+\\\\-@\\\\t\\\\r\\\\'']'`;
/** A telephone with a sign is a number as a formula, and can do nothing. */
const SIGNED_DIGITS = `'^[+-][0-9]+$'`;

/**
 * An apostrophe before what would be a formula, and before a text that begins with one: whoever takes one apostrophe away
 * from the beginning has every text as it was.
 */
function guardedCell(table: Table, column: TableColumn): string {
  const cell = plainCell(table, column);
  if (column.kind !== 'text') return cell;
  const is_formula = `match(${cell}, ${FORMULA}) AND NOT match(${cell}, ${SIGNED_DIGITS})`;
  return `if(${is_formula}, concat('''', ${cell}), ${cell})`;
}

/** Instants are timestamps of UTC. */
function parquetCell(table: Table, column: TableColumn): string {
  if (column.kind !== 'instant') return plainCell(table, column);
  return `toDateTime64(${valueNamed(column.name)}, 3, 'UTC')`;
}

/** All of a table's bytes, in memory: to be bounded by rows. */
export function readFile(asked: Asked, table: Table, format: FileFormat): Promise<Buffer> {
  const lane = laneOf(asked.selection);
  return asked.engine.read({ ...statementOf(asked, table, format), lane, ...asked.budget.engine() });
}

/**
 * A table's bytes as they come. The call's time is that of the first ones; after it a reader may take as long as a stream
 * may.
 */
export function streamFile(asked: Asked, table: Table, format: FileFormat): AsyncGenerator<Buffer> {
  return asked.engine.stream({
    ...statementOf(asked, table, format),
    ...asked.budget.engine(),
    max_ms: TABLE_LIMITS.stream_max_ms,
  });
}

function statementOf(
  { selection }: Asked,
  table: Table,
  format: FileFormat,
): Omit<ReadRequest, 'lane' | 'max_ms' | 'signal'> {
  const writing = WRITINGS[format];
  return {
    sql: `${selectOf(table, writing.cell)} FORMAT ${writing.format}`,
    params: table.params,
    settings: { ...table.settings, ...writing.settings },
    fair_key: `operation ${selection.operation_id}`,
  };
}

/** What a CSV file begins with: the mark by which Excel knows UTF-8 where people read it, and a line of headings. */
export function csvHead(headings: readonly string[], is_marked: boolean): Buffer {
  const quoted = headings.map((heading) => `"${heading.replaceAll('"', '""')}"`);
  return Buffer.from(`${is_marked ? '\uFEFF' : ''}${quoted.join(',')}\r\n`);
}
