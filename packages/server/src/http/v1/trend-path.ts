import { TABLE_LIMITS, trendQuery } from '@recuento/contract';
import { readTable } from '../../reports/tables/table.js';
import { trendTable } from '../../reports/tables/trend-table.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import { askFor, selectionOf, sendRows, type TableServices, tooLong } from './table-call.js';
import { sendFile } from './table-file.js';

/** `/v1/trend`: counts by interval, as JSON or as a file. */
export function trendPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const question = readQuery(trendQuery, request.query);
      const selection = selectionOf(operation, question);
      const call = { ...shared, request, reply };
      const asked = askFor(call, operation, selection);
      const table = trendTable(selection, question);
      const limit = TABLE_LIMITS.trend_rows_max;
      const { format, headings, csv_guard } = question;
      if (format !== 'json') {
        return sendFile(call, asked, { table, name: 'trend', format, headings, csv_guard, max_rows: limit });
      }
      const { rows, count } = await asked.budget.run(() => readTable(asked, table, limit + 1));
      if (count > limit) throw tooLong(limit);
      return sendRows(call, [Buffer.from('{"trend":['), rows, Buffer.from(']}')]);
    }),
  };
}
