import { type ReportShape, rowOrder, type Values, withPercent } from '@recuento/client/parts';
import TinyQueue from 'tinyqueue';
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
  /** Those that have a row; the one whose row comes first is at the top. */
  const readers = new TinyQueue<Reading>([], (left, right) => compare(left.row, right.row));
  const add = (reader: PartReader) => {
    if (reader.row) readers.push({ reader, row: reader.row });
  };
  for (const path of paths) add(await PartReader.open(path, piece_bytes));
  let sum: (string | number)[] | undefined;
  for (let first = readers.pop(); first; first = readers.pop()) {
    const { reader, row } = first;
    if (sum && compare(sum, row) === 0) {
      for (const at of counts) sum[at] = Number(sum[at]) + Number(row[at]);
    } else {
      if (sum) yield sum;
      sum = [...row];
    }
    const reading = reader.advance();
    if (reading) await reading;
    add(reader);
  }
  if (sum) yield sum;
}

/** A part that is read, and the row at which it is. */
interface Reading {
  readonly reader: PartReader;
  readonly row: Values;
}
