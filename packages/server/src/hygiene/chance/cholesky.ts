import type { GiveTurn } from '../../admission/turns.js';

/** Some milliseconds of work. */
const MULTIPLICATIONS_A_TURN = 2_000_000;

/**
 * Cholesky's decomposition of a symmetric positive definite matrix, in place and in turns.
 *
 * @param half its lower half, row by row; afterwards the lower triangle whose product with its own transpose the matrix is
 */
export async function decompose(half: Float64Array, size: number, give_turn: GiveTurn): Promise<void> {
  let multiplications = 0;
  for (let row = 0; row < size; row += 1) {
    const row_start = row * size;
    for (let column = 0; column <= row; column += 1) {
      const column_start = column * size;
      let sum = half[row_start + column] ?? 0;
      for (let at = 0; at < column; at += 1)
        sum -= (half[row_start + at] ?? 0) * (half[column_start + at] ?? 0);
      half[row_start + column] = column < row ? sum / (half[column_start + column] ?? 1) : Math.sqrt(sum);
    }
    multiplications += (row * row) / 2;
    if (multiplications < MULTIPLICATIONS_A_TURN) continue;
    multiplications = 0;
    await give_turn();
  }
}

/** The solution of a system of equations, by its decomposed matrix. */
export function solve(half: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = solution[row] ?? 0;
    for (let at = 0; at < row; at += 1) sum -= (half[row * size + at] ?? 0) * (solution[at] ?? 0);
    solution[row] = sum / (half[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = solution[row] ?? 0;
    for (let at = row + 1; at < size; at += 1) sum -= (half[at * size + row] ?? 0) * (solution[at] ?? 0);
    solution[row] = sum / (half[row * size + row] ?? 1);
  }
  return solution;
}

/**
 * The diagonal of a matrix's inverse, and beside each place of it the one before it in the same row. By the decomposition: these
 * are products of the columns of the triangle's inverse.
 */
export async function nearDiagonal(
  half: Float64Array,
  size: number,
  give_turn: GiveTurn,
): Promise<{ readonly own: Float64Array; readonly before: Float64Array }> {
  const own = new Float64Array(size);
  const before = new Float64Array(size);
  let column = new Float64Array(size);
  let last = new Float64Array(size);
  let multiplications = 0;
  for (let at = 0; at < size; at += 1) {
    [last, column] = [column, last];
    column.fill(0);
    for (let row = at; row < size; row += 1) {
      let sum = row === at ? 1 : 0;
      for (let other = at; other < row; other += 1)
        sum -= (half[row * size + other] ?? 0) * (column[other] ?? 0);
      column[row] = sum / (half[row * size + row] ?? 1);
      own[at] = (own[at] ?? 0) + (column[row] ?? 0) ** 2;
      before[at] = (before[at] ?? 0) + (column[row] ?? 0) * (last[row] ?? 0);
    }
    multiplications += (size - at) ** 2 / 2;
    if (multiplications < MULTIPLICATIONS_A_TURN) continue;
    multiplications = 0;
    await give_turn();
  }
  return { own, before };
}
