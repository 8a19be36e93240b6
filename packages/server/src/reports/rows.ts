import type { EngineSettings } from '../attempts/engine/engine.js';

/**
 * The engine's JSON rows as bytes: one object a line, a comma at each line's end but the last. That is the inside of
 * a JSON array as it stands, so it goes out as it is.
 */
export interface Rows {
  readonly rows: Buffer;
  readonly count: number;
}

const LINE_FEED = 0x0a;

/**
 * How a statement with `FORMAT Template` writes such rows, and after them, on a line of its own, how many they are. The engine's
 * `JSONEachRow` has the same bytes, but writes the names of a row one by one, which takes longer.
 */
export function asRows(columns: readonly { readonly name: string }[]): EngineSettings {
  const fields = columns.map(({ name }) => `"${name}":\${${name}:JSON}`);
  return {
    format_template_row_format: `{${fields.join(',')}}`,
    format_template_rows_between_delimiter: ',\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the engine's blanks
    format_template_resultset_format: '${data}\n${rows:Escaped}\n',
  };
}

/** The same for plain lines: values without control characters, with tabs between them. */
export function asLines(...columns: readonly string[]): EngineSettings {
  return {
    ...asRows([]),
    format_template_row_format: columns.map((name) => `\${${name}:Raw}`).join('\t'),
    format_template_rows_between_delimiter: '\n',
  };
}

/** What a statement wrote with `asRows` or `asLines`. */
export function rowsOf(written: Buffer): Rows {
  const end = written.lastIndexOf(LINE_FEED, written.length - 2);
  const count = Number(written.toString('latin1', end + 1));
  return { rows: written.subarray(0, end), count };
}

/** The rows without the last one, of at least two. */
export function withoutLastRow({ rows, count }: Rows): Rows {
  return { rows: rows.subarray(0, rows.lastIndexOf(LINE_FEED) - 1), count: count - 1 };
}

/** The last row. Line feeds inside values are escaped in JSON, so each one is between two rows. */
export function lastRow({ rows }: Rows): Buffer {
  return rows.subarray(rows.lastIndexOf(LINE_FEED) + 1);
}

/** The bytes of all rows, one after another; none of them is copied. */
export function joinedRows(all: readonly Rows[]): Buffer[] {
  const some = all.filter(({ count }) => count > 0);
  return some.flatMap(({ rows }, at) => (at === 0 ? [rows] : [Buffer.from(',\n'), rows]));
}
