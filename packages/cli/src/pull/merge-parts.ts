import { type ReportShape, rowOrder, type Values, withPercent } from '@recuento/client/parts';
import TinyQueue from 'tinyqueue';
import { PartReader } from './part-reader.js';

/** Memory for all pieces that are read ahead, and the bounds of one piece. */
const AHEAD_BYTES = 32 * 1024 * 1024;
const PIECE_BYTES = { least: 4 * 1024, most: 256 * 1024 };

/**
 * The rows of all parts as one report. The parts are in the report's order, so they are merged while they are read, and
 * memory does not grow with the rows.
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
  // Reports with a percentage have one row for each result, some ten in all.
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

/** Adds up the counts of rows with the same key. */
async function* inOrder(
  shape: ReportShape,
  paths: readonly string[],
  piece_bytes: number,
): AsyncGenerator<Values> {
  const compare = rowOrder(shape);
  const counts = Object.values(shape.columns).flatMap((kind, at) => (kind === 'count' ? [at] : []));
  /** The parts that still have rows. The part with the first row is at the top. */
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

/** A part with its reader and its current row. */
interface Reading {
  readonly reader: PartReader;
  readonly row: Values;
}
