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

/** The diagonal of a matrix's inverse, by its decomposition: the sums of squares of the columns of the triangle's inverse. */
export async function inverseDiagonal(
  half: Float64Array,
  size: number,
  give_turn: GiveTurn,
): Promise<Float64Array> {
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  let multiplications = 0;
  for (let at = 0; at < size; at += 1) {
    let squares = 0;
    for (let row = at; row < size; row += 1) {
      let sum = row === at ? 1 : 0;
      for (let other = at; other < row; other += 1)
        sum -= (half[row * size + other] ?? 0) * (column[other] ?? 0);
      column[row] = sum / (half[row * size + row] ?? 1);
      squares += (column[row] ?? 0) ** 2;
    }
    diagonal[at] = squares;
    multiplications += (size - at) ** 2 / 2;
    if (multiplications < MULTIPLICATIONS_A_TURN) continue;
    multiplications = 0;
    await give_turn();
  }
  return diagonal;
}
