import { TooLargeError } from './errors.js';
import type { ReportShape } from './reports.js';
import { rowOrder, type Values } from './rows.js';

/**
 * The most rows in memory at once: some 200 bytes each, so about 600 MB. `recuento pull` merges on disk and holds only the
 * rows of one day.
 */
export const DEFAULT_MAX_ROWS = 3_000_000;

/** Merges the rows of several replies into one report. */
export class Merger {
  readonly #shape: ReportShape;
  readonly #max_rows: number;
  readonly #counts: readonly number[];
  readonly #key: number;
  readonly #sums = new Map<string, (string | number)[]>();
  #rows: Values[] = [];

  constructor(shape: ReportShape, max_rows: number) {
    this.#shape = shape;
    this.#max_rows = max_rows;
    const columns = Object.entries(shape.columns);
    this.#counts = columns.flatMap(([, kind], at) => (kind === 'count' ? [at] : []));
    this.#key = columns.findIndex(([name]) => name === shape.key);
  }

  /** @throws TooLargeError when there are more rows than may be in memory */
  add(rows: readonly Values[]): void {
    if (this.#shape.merging === 'concatenate') {
      for (const row of rows) this.#rows.push(row);
    } else {
      for (const row of rows) this.#addRow(row);
    }
    const held = this.#rows.length + this.#sums.size;
    if (held > this.#max_rows) {
      throw new TooLargeError(
        `The report has more than ${this.#max_rows} rows, which is what may be held in memory. Ask for a shorter range, raise maxRows, or use "recuento pull", which merges on disk.`,
      );
    }
  }

  /** All rows, in the report's order. */
  rows(): Values[] {
    const rows = this.#shape.merging === 'concatenate' ? this.#rows : [...this.#sums.values()];
    rows.sort(rowOrder(this.#shape));
    return withPercent(this.#shape, rows);
  }

  #addRow(row: Values): void {
    const key = String(row[this.#key]);
    const sum = this.#sums.get(key);
    if (!sum) {
      this.#sums.set(key, [...row]);
      return;
    }
    for (const at of this.#counts) sum[at] = Number(sum[at]) + Number(row[at]);
  }
}

/** Fills in the percentage (`28.81 %`). It is calculated from the whole, so all rows must be there. */
export function withPercent(shape: ReportShape, rows: Values[]): Values[] {
  if (shape.percent === undefined) return rows;
  const names = Object.keys(shape.columns);
  const [part, percent] = [names.indexOf(shape.sum ?? ''), names.indexOf(shape.percent)];
  const whole = rows.reduce((sum, row) => sum + Number(row[part]), 0);
  return rows.map((row) => {
    const hundredths = whole === 0 ? 0 : Math.round((Number(row[part]) * 10_000) / whole);
    return row.with(percent, `${(hundredths / 100).toFixed(2)} %`);
  });
}
