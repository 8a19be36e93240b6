import { InvalidReplyError } from './errors.js';
import { Merger } from './merge.js';
import type { Platform, Sha256 } from './platform.js';
import type { WindowReader } from './read-window.js';
import type { ReportShape } from './reports.js';
import { canonicalLine, rowOrder, type Values } from './rows.js';
import type { Window } from './window.js';

/** What a window held when it was read: enough to tell later whether it changed. */
export interface WindowRecord {
  /** `YYYYmmddHHiiss`, both inclusive. */
  readonly date_ini: string;
  readonly date_end: string;
  readonly rows: number;
  /** Of the report's count: machine recognitions, records or detections; of reports by attempt, the rows. */
  readonly sum: number;
  /** Of the rows in the report's order, each a JSON array of its values and a line end. Hexadecimal. */
  readonly sha256: string;
  /** When it was read: RFC 3339, UTC. */
  readonly read_at: string;
}

/**
 * The rows of a window in the report's order, as one list or page by page. Pages are passed on as they come where nothing
 * has to be reckoned from the whole; everything else is held in memory until the window is read.
 *
 * @throws InvalidReplyError when pages are not in order: rows could be missing or come twice
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

/** Reckons a window's record while its rows go by. */
export class WindowDigest {
  readonly #window: Window;
  readonly #hash: Sha256;
  readonly #sum: number | undefined;
  readonly #now_ms: () => number;
  /** When reading began: what came later may be missing. */
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
