import { machineCodesQuery, TABLE_LIMITS } from '@recuento/contract';
import { machineCodesPage } from '../../reports/tables/machine-codes.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { ReplyRoom } from '../reply-room.js';
import type { Services } from '../services.js';
import { actingHolder } from './caller.js';
import { askFor, selectionOf, sendRows } from './table-call.js';

/** `/v1/machine-codes`: the telephones with a machine recognition, page by page as JSON, or all as a file. */
export function machineCodesPath(services: Services, room: ReplyRoom): Handlers {
  return {
    GET: async (request, reply) => {
      const { operation } = await actingHolder(request, services, 'report');
      const question = readQuery(machineCodesQuery, request.query);
      const selection = selectionOf(operation, question);
      const call = { request, reply, services, room };
      const asked = askFor(call, operation, selection);
      const limit = question.limit ?? TABLE_LIMITS.page_rows_default;
      const page = await asked.budget.run(() => machineCodesPage(asked, question, limit, question.cursor));
      const tail = `],"next_cursor":${JSON.stringify(page.next_cursor)}}`;
      return sendRows(call, [Buffer.from('{"machine_codes":['), page.rows, Buffer.from(tail)]);
    },
  };
}
