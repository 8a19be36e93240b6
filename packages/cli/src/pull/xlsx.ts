import type { ReportShape, Values } from '@recuento/client/parts';
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import { UsageError } from '../usage-error.js';
import { withoutZipTimes } from './zip-times.js';

/** The whole sheet is in memory: 100,000 rows of seven columns take 5 s and 260 MB. Excel's own limit is 1,048,576. */
export const MAX_XLSX_ROWS = 200_000;

/**
 * A workbook with one sheet. Texts are text cells, so telephones keep their zeros and signs, and no cell is a formula.
 *
 * @throws UsageError when there are more rows than fit
 */
export async function xlsx(shape: ReportShape, rows: AsyncIterable<Values>): Promise<Buffer> {
  const names = Object.keys(shape.columns);
  const cells: Cell[][] = [names.map((value) => ({ value, type: String, fontWeight: 'bold' }))];
  for await (const row of rows) {
    if (cells.length > MAX_XLSX_ROWS) {
      throw new UsageError(
        `XLSX takes at most ${MAX_XLSX_ROWS} rows. Use --format csv or ndjson, or a shorter range.`,
      );
    }
    cells.push(row.map(cellOf));
  }
  const book = await writeXlsxFile(cells, { sheet: shape.api, stickyRowsCount: 1 }).toBuffer();
  return withoutZipTimes(book);
}

function cellOf(value: string | number): Cell {
  if (typeof value === 'number') return { value, type: Number };
  return value === '' ? null : { value, type: String };
}
