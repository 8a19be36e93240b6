import { type ReportShape, rowOrder, type Values, withPercent } from '@recuento/client/parts';
import { PartReader } from './part-reader.js';

/** Memory of all pieces that are read ahead together, and the bounds of one. */
const AHEAD_BYTES = 32 * 1024 * 1024;
const PIECE_BYTES = { least: 4 * 1024, most: 256 * 1024 };

/**
 * The rows of all parts as one report. Parts are in the report's order, so they are merged as they are read: memory does not
 * grow with the rows.
 */
export async function* mergeParts(shape: ReportShape, paths: readonly string[]): AsyncGenerator<Values> {
  const piece_bytes = Math.min(PIECE_BYTES.most, Math.max(PIECE_BYTES.least, AHEAD_BYTES / paths.length));
  const merged = (shape.merging === 'concatenate' ? oneByOne : inOrder)(
    shape,
    paths,
    Math.floor(piece_bytes),
  );
  if (shape.percent === undefined) {
    yield* merged;
    return;
  }
  // Reports with a percent have a row for each result, some ten in all.
  const rows: Values[] = [];
  for await (const row of merged) rows.push(row);
  yield* withPercent(shape, rows);
}

async function* oneByOne(
  _: ReportShape,
  paths: readonly string[],
  piece_bytes: number,
): AsyncGenerator<Values> {
  for (const path of paths) {
    const reader = await PartReader.open(path, piece_bytes);
    while (reader.row) {
      yield reader.row;
      await reader.advance();
    }
  }
}

/** Of equal keys the counts are added up. */
async function* inOrder(
  shape: ReportShape,
  paths: readonly string[],
  piece_bytes: number,
): AsyncGenerator<Values> {
  const compare = rowOrder(shape);
  const counts = Object.values(shape.columns).flatMap((kind, at) => (kind === 'count' ? [at] : []));
  const readers = new Readers(compare);
  for (const path of paths) readers.add(await PartReader.open(path, piece_bytes));
  let sum: (string | number)[] | undefined;
  for (let first = readers.first; first?.row; first = readers.first) {
    if (sum && compare(sum, first.row) === 0) {
      for (const at of counts) sum[at] = Number(sum[at]) + Number(first.row[at]);
    } else {
      if (sum) yield sum;
      sum = [...first.row];
    }
    const reading = first.advance();
    if (reading) await reading;
    readers.sink();
  }
  if (sum) yield sum;
}

/** A heap of readers: the one whose row comes first is at its top. */
class Readers {
  readonly #compare: (left: Values, right: Values) => number;
  readonly #heap: PartReader[] = [];

  constructor(compare: (left: Values, right: Values) => number) {
    this.#compare = compare;
  }

  get first(): PartReader | undefined {
    return this.#heap[0];
  }

  add(reader: PartReader): void {
    if (!reader.row) return;
    let at = this.#heap.length;
    this.#heap.push(reader);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#comesBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  /** Puts the top where it belongs after its row has changed, or takes it out when it has none. */
  sink(): void {
    if (!this.#heap[0]?.row) {
      const last = this.#heap.pop();
      if (last && this.#heap.length > 0) this.#heap[0] = last;
    }
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      let next = at;
      if (left < this.#heap.length && this.#comesBefore(left, next)) next = left;
      if (left + 1 < this.#heap.length && this.#comesBefore(left + 1, next)) next = left + 1;
      if (next === at) return;
      this.#swap(at, next);
      at = next;
    }
  }

  #comesBefore(one: number, other: number): boolean {
    const [left, right] = [this.#heap[one]?.row, this.#heap[other]?.row];
    return left !== undefined && right !== undefined && this.#compare(left, right) < 0;
  }

  #swap(one: number, other: number): void {
    const [left, right] = [this.#heap[one], this.#heap[other]];
    if (!left || !right) return;
    this.#heap[one] = right;
    this.#heap[other] = left;
  }
}
