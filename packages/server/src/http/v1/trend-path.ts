import { TABLE_LIMITS, type TrendQuestion, trendQuery } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import type { Selection } from '../../reports/selection.js';
import { readTable } from '../../reports/tables/table.js';
import { trendTable } from '../../reports/tables/trend-table.js';
import { matchesEtag } from '../etag.js';
import { etagOf } from '../make-etag.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
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
      const etag = await etagOfTrend(shared.services, operation, selection, question);
      if (matchesEtag(request.headers['if-none-match'], etag)) {
        return reply.code(304).headers(validating(etag)).header('Vary', 'Accept-Encoding').send();
      }
      const { rows, count } = await asked.budget.run(() => readTable(asked, table, limit + 1));
      if (count > limit) throw tooLong(limit);
      reply.headers(validating(etag));
      return sendRows(call, [Buffer.from('{"trend":['), rows, Buffer.from(']}')]);
    }),
  };
}

/**
 * What the reply depends on. It is read before the report runs, so it is right for a window that is not over yet too: see DataVersions.
 * (The documented API has it for windows that are over alone, as its page says.)
 */
async function etagOfTrend(
  { accounts }: Services,
  operation: Operation,
  { campaign, window }: Selection,
  { interval, by }: TrendQuestion,
): Promise<string> {
  const version = await accounts.dataVersions.of({
    operation_id: operation.id,
    campaign_id: campaign.kind === 'one' ? campaign.campaign_id : undefined,
    ...window,
    customers: false,
  });
  return etagOf(operation, version, ['trend', campaign, window, interval, by]);
}

/** Headers with which a browser keeps the reply, and asks each time whether it still holds. */
function validating(etag: string) {
  return { ETag: etag, 'Cache-Control': 'private, no-cache' };
}
