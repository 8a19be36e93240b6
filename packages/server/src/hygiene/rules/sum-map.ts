/** A key of `sumMap`, and the sums of what came with it. */
export type Summed = readonly [key: unknown, ...sums: number[]];

/** What `sumMap` writes: the keys, and an array of the same length for each sum. */
export function summedOf(map: unknown): Summed[] {
  const [keys, ...columns]: unknown[] = Array.isArray(map) ? map : [];
  if (!Array.isArray(keys)) return [];
  const at = (column: unknown, row: number) => Number(Array.isArray(column) ? column[row] : 0);
  return keys.map((key, row) => [key, ...columns.map((column) => at(column, row))]);
}
