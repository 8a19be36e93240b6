import { z } from 'zod';
import { described, type Text } from './language.js';
import { MACHINE_CODES } from './machine-codes.js';

/**
 * What a column of a table of `/v1` holds. An instant is RFC 3339 text, or a timestamp in formats that have timestamps; a share is a
 * number from 0 to 1.
 */
export type ColumnKind =
  | 'text'
  | 'count'
  | 'number'
  | 'share'
  | 'instant'
  | 'instant_or_null'
  | 'machine_code';

/** A column of a table of `/v1`: its name in the API, and its heading in files that people open. */
export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** All the texts that there may be, where they are few. */
  readonly words?: readonly string[];
  readonly heading: Text;
  readonly description: Text;
}

/** The formats of a table. */
export const TABLE_FORMATS = ['json', 'ndjson', 'csv', 'xlsx', 'parquet'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Media types of the files; `application/vnd.apache.parquet` is registered with IANA, as is that of XLSX. */
export const TABLE_MEDIA_TYPES = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
} as const satisfies Record<Exclude<TableFormat, 'json'>, string>;

const KINDS = {
  text: z.string(),
  count: z.int().min(0),
  number: z.int().min(0),
  share: z.number().min(0).max(1),
  instant: z.iso.datetime({ offset: true }),
  instant_or_null: z.iso.datetime({ offset: true }).nullable(),
  machine_code: z.enum(MACHINE_CODES),
} as const satisfies Record<ColumnKind, z.ZodType>;

/** The schema of a table's cell. */
export function cellSchema({ kind, words, description }: TableColumn): z.ZodType {
  return described(words ? z.enum(words) : KINDS[kind], description);
}

/** The schema of a table's row as JSON: exactly these columns. */
export function tableRowSchema(columns: readonly TableColumn[]) {
  return z.strictObject(Object.fromEntries(columns.map((column) => [column.name, cellSchema(column)])));
}
