import { InvalidReplyError } from './errors.js';
import { Merger } from './merge.js';
import type { Platform, Sha256 } from './platform.js';
import type { WindowReader } from './read-window.js';
import type { ReportShape } from './reports.js';
import { canonicalLine, rowOrder, type Values } from './rows.js';
import type { Window } from './window.js';

/** What a window contained when it was read: enough to find out later whether it changed. */
export interface WindowRecord {
  /** `YYYYmmddHHiiss`, both inclusive. */
  readonly date_ini: string;
  readonly date_end: string;
  readonly rows: number;
  /** The sum of the report's count: machine recognitions, records or detections. For reports by attempt, the rows. */
  readonly sum: number;
  /** Hash of the rows in the report's order, each as a JSON array of its values and a line end. Hexadecimal. */
  readonly sha256: string;
  /** When reading began: RFC 3339, UTC. */
  readonly read_at: string;
}

/**
 * The rows of a window in the report's order, as one list or page by page. Pages are passed on as they arrive, unless a
 * value must be calculated from the whole. Everything else is held in memory until the window is read.
 *
 * @throws InvalidReplyError when pages are not in order: rows could be missing or repeated
 */
export async function* windowRows(
  reader: WindowReader,
  shape: ReportShape,
  window: Window,
  max_rows: number,
): AsyncGenerator<readonly Values[], void, undefined> {
  const asTheyCome = shape.merging === 'add' && shape.percent === undefined;
  const inOrder = orderGuard(shape);
  let merger: Merger | undefined;
  for await (const part of reader.read(window)) {
    if (asTheyCome && part.inOrder) {
      inOrder(part.rows);
      yield part.rows;
    } else {
      merger ??= new Merger(shape, max_rows);
      merger.add(part.rows);
    }
  }
  if (merger) yield merger.rows();
}

/** Calculates the record of a window from its rows as they pass. */
export class WindowDigest {
  readonly #window: Window;
  readonly #hash: Sha256;
  readonly #sum: number | undefined;
  readonly #now_ms: () => number;
  /** When reading began: attempts that came later may be missing. */
  readonly #began_ms: number;
  #rows = 0;
  #total = 0;

  constructor(platform: Platform, shape: ReportShape, window: Window) {
    this.#window = window;
    this.#hash = platform.sha256();
    this.#sum = shape.sum === undefined ? undefined : Object.keys(shape.columns).indexOf(shape.sum);
    this.#now_ms = platform.now_ms;
    this.#began_ms = this.#now_ms();
  }

  add(rows: readonly Values[]): void {
    for (const row of rows) {
      this.#hash.update(canonicalLine(row));
      this.#total += this.#sum === undefined ? 1 : Number(row[this.#sum]);
    }
    this.#rows += rows.length;
  }

  async record(): Promise<WindowRecord> {
    return {
      date_ini: this.#window.date_ini,
      date_end: this.#window.date_end,
      rows: this.#rows,
      sum: this.#total,
      sha256: await this.#hash.digest(),
      read_at: new Date(this.#began_ms).toISOString(),
    };
  }
}

function orderGuard(shape: ReportShape): (rows: readonly Values[]) => void {
  const compare = rowOrder(shape);
  let last: Values | undefined;
  return (rows) => {
    for (const row of rows) {
      if (last && compare(last, row) >= 0) {
        throw new InvalidReplyError(`The pages of ${shape.api} are not in order: rows may be missing.`);
      }
      last = row;
    }
  };
}
