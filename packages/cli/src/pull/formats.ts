import { asRow, type ReportShape, type Values } from '@recuento/client/parts';
import { csvLine } from './csv.js';
import { xlsx } from './xlsx.js';

export const FORMATS = ['csv', 'ndjson', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** Rows of one piece. */
const BLOCK_ROWS = 1_000;

/** A file of this format, piece by piece. Columns have the API's names. */
export async function* asFile(
  format: Format,
  shape: ReportShape,
  rows: AsyncIterable<Values>,
): AsyncGenerator<string | Buffer> {
  if (format === 'xlsx') {
    yield await xlsx(shape, rows);
    return;
  }
  if (format === 'csv') yield csvLine(Object.keys(shape.columns));
  const lineOf = format === 'csv' ? csvLine : (row: Values) => `${JSON.stringify(asRow(shape, row))}\n`;
  let block: string[] = [];
  for await (const row of rows) {
    block.push(lineOf(row));
    if (block.length < BLOCK_ROWS) continue;
    yield block.join('');
    block = [];
  }
  yield block.join('');
}
