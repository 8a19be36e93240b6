/** Characters of a line where no terminal says how many it has room for. */
export const WIDTH_CHARS = 120;

/** A table for people: columns are as wide as their widest cell, with two spaces between them. Without rows: the headings alone. */
export function table(headings: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const lines = [headings, ...rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
