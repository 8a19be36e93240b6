/**
 * The engine's JSON rows as bytes: one object a line, a comma at each line's end but the last. That is the inside of
 * a JSON array as it stands, so it goes out as it is.
 */
const LINE_FEED = 0x0a;

/** Has the engine write its JSON rows as one array (`JSONEachRow` with brackets and commas). */
export const AS_ARRAY = { output_format_json_array_of_rows: 1 } as const;

/** The inside of the engine's array: `[`, line feed, rows, line feed, `]`, line feed. */
export function rowsOf(array: Buffer): Buffer {
  const inside = array.subarray(array.indexOf(LINE_FEED) + 1, array.lastIndexOf(LINE_FEED, array.length - 2));
  return inside.length > 0 && inside[0] !== LINE_FEED ? inside : EMPTY;
}

const EMPTY = Buffer.alloc(0);

/** How many rows the bytes hold. Line feeds inside values are escaped in JSON, so each one is between two rows. */
export function countRows(rows: Buffer): number {
  if (rows.length === 0) return 0;
  let count = 1;
  for (let at = rows.indexOf(LINE_FEED); at >= 0; at = rows.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

/** The bytes without their last row, of at least two. */
export function withoutLastRow(rows: Buffer): Buffer {
  return rows.subarray(0, rows.lastIndexOf(LINE_FEED) - 1);
}

/** The last row. */
export function lastRow(rows: Buffer): Buffer {
  return rows.subarray(rows.lastIndexOf(LINE_FEED) + 1);
}
