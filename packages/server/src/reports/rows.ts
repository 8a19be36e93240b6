/** The engine's JSON rows as bytes: one object a line, a comma and a line feed between them. */
const LINE_FEED = 0x0a;
const COMMA = 0x2c;

/**
 * How many rows the bytes hold. Line feeds inside values are escaped in JSON, so each one ends a row.
 */
export function countRows(rows: Buffer): number {
  let count = 0;
  for (let at = rows.indexOf(LINE_FEED); at >= 0; at = rows.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

/** The bytes without their last row. */
export function withoutLastRow(rows: Buffer): Buffer {
  return rows.subarray(0, lastRowStart(rows));
}

/** The last row, as bytes without its end of line. */
export function lastRow(rows: Buffer): Buffer {
  return rows.subarray(lastRowStart(rows), rows.length - 1);
}

function lastRowStart(rows: Buffer): number {
  return rows.lastIndexOf(LINE_FEED, rows.length - 2) + 1;
}

/** Makes lines (`JSONEachRow`) the inside of a JSON array: commas in place of line feeds, none after the last. */
export function joinRows(rows: Buffer): Buffer {
  const inside = rows.subarray(0, Math.max(0, rows.length - 1));
  for (let at = inside.indexOf(LINE_FEED); at >= 0; at = inside.indexOf(LINE_FEED, at + 1))
    inside[at] = COMMA;
  return inside;
}
