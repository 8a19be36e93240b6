import { machineCodesQuery, TABLE_LIMITS } from '@recuento/contract';
import { machineCodesPage, machineCodesTable } from '../../reports/tables/machine-codes.js';
import type { Handlers } from '../methods.js';
import { badParameter, readQuery } from '../read-query.js';
import { askFor, selectionOf, sendRows, type TableMeans } from './table-call.js';
import { sendFile } from './table-file.js';

/** `/v1/machine-codes`: the telephones with a machine recognition, page by page as JSON, or all as a file. */
export function machineCodesPath(means: TableMeans): Handlers {
  return {
    GET: means.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const question = readQuery(machineCodesQuery, request.query);
      const selection = selectionOf(operation, question);
      const call = { ...means, request, reply };
      const asked = askFor(call, operation, selection);
      const { format, headings, csv_guard } = question;
      if (format !== 'json') {
        refuseOfFiles(question, 'cursor', 'limit');
        const table = machineCodesTable(selection, question);
        return sendFile(call, asked, { table, name: 'machine-codes', format, headings, csv_guard });
      }
      const limit = question.limit ?? TABLE_LIMITS.page_rows_default;
      const page = await asked.budget.run(() => machineCodesPage(asked, question, limit, question.cursor));
      const tail = `],"next_cursor":${JSON.stringify(page.next_cursor)}}`;
      return sendRows(call, [Buffer.from('{"machine_codes":['), page.rows, Buffer.from(tail)]);
    }),
  };
}

/** A file holds the whole table. @throws RecuentoError bad-parameter */
function refuseOfFiles<Name extends string>(
  question: { readonly [name in Name]?: unknown },
  ...names: readonly Name[]
): void {
  const sent = names.find((name) => question[name] !== undefined);
  if (sent !== undefined) throw badParameter(sent, 'only with format=json, as a file holds all rows');
}
