import { machineCodesQuery, TABLE_LIMITS } from '@recuento/contract';
import type { Selection } from '../../reports/selection.js';
import { type KeptTelephones, machineCodesPage } from '../../reports/tables/machine-codes-page.js';
import { type MachineCodesAsked, machineCodesTable } from '../../reports/tables/machine-codes-table.js';
import { firstOf } from '../../reports/tables/sorted-telephones.js';
import { keyOf } from '../door.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import {
  askFor,
  refuseOfFiles,
  selectionOf,
  sendRows,
  type TableCall,
  type TableServices,
} from './table-call.js';
import { sendFile } from './table-file.js';

/** `/v1/machine-codes`: the telephones with a machine recognition, page by page as JSON, or all as a file. */
export function machineCodesPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const question = readQuery(machineCodesQuery, request.query);
      const selection = selectionOf(operation, question);
      const call = { ...shared, request, reply };
      const asked = askFor(call, operation, selection);
      const { format, headings, csv_guard } = question;
      if (format !== 'json') {
        refuseOfFiles(question, 'cursor', 'limit');
        const table = machineCodesTable(selection, question);
        return sendFile(call, asked, { table, name: 'machine-codes', format, headings, csv_guard });
      }
      const limit = question.limit ?? TABLE_LIMITS.page_rows_default;
      const openKept = () => keptTelephones(call, selection, question);
      const page = await asked.budget.run(() =>
        machineCodesPage(asked, question, limit, question.cursor, openKept),
      );
      const tail = `],"next_cursor":${JSON.stringify(page.next_cursor)}}`;
      return sendRows(call, [Buffer.from('{"machine_codes":['), ...page.rows, Buffer.from(tail)]);
    }),
  };
}

/**
 * Kept telephones depend on the attempts of the selection, so the version is read before they are. @throws
 * AccountsUnavailable
 */
async function keptTelephones(
  { services, request }: TableCall,
  { operation_id, campaign, window }: Selection,
  question: MachineCodesAsked,
): Promise<KeptTelephones> {
  const { accounts, kept_telephones } = services;
  const campaign_id = campaign.kind === 'one' ? campaign.campaign_id : undefined;
  const version = await accounts.dataVersions.of({ operation_id, campaign_id, ...window, customers: false });
  const { min_total, min_dialed, max_answered, last_result, telephone_prefix, telephone_suffix, sort } =
    question;
  const filters = [min_total, min_dialed, max_answered, last_result, telephone_prefix, telephone_suffix];
  const name = JSON.stringify([operation_id, version, campaign_id, window, filters, sort]);
  const key = keyOf(request);
  return {
    get: () => kept_telephones.get(key, name),
    keep: (telephones) => kept_telephones.keep(key, name, firstOf(telephones, kept_telephones.largest_bytes)),
  };
}
