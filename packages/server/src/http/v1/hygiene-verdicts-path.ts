import { TABLE_LIMITS, verdictsQuery } from '@recuento/contract';
import { verdictsPage } from '../../hygiene/verdicts-page.js';
import { verdictsInParts } from '../../hygiene/verdicts-parts.js';
import { isByTelephone, orderOfVerdicts, placeOfVerdicts } from '../../hygiene/verdicts-place.js';
import { oneTelephone, verdictsTable } from '../../hygiene/verdicts-table.js';
import { badCursor } from '../../reports/cursor.js';
import { instantText } from '../../time/instant-text.js';
import { preferredLanguage } from '../language.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import { askAsOf, judgedAsOf, momentOf } from './hygiene-call.js';
import { refuseOfFiles, sendRows, type TableServices } from './table-call.js';
import { sendFile } from './table-file.js';

/** `/v1/hygiene/verdicts`: what is known of each telephone, page by page as JSON, or all as a file. */
export function hygieneVerdictsPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const question = readQuery(verdictsQuery, request.query);
      const { campaign_id: campaign, verdict, telephone, sort, format, headings, csv_guard } = question;
      const call = { ...shared, request, reply };
      const after = placeOfVerdicts(question.cursor, sort);
      const as_of_s = momentOf(call, after?.as_of_s ?? question.as_of);
      if (question.as_of !== undefined && momentOf(call, question.as_of) !== as_of_s) throw badCursor();
      reply.header('Content-Language', preferredLanguage(request));
      const asked = askAsOf(call, operation, campaign, as_of_s);
      const moment = await shared.services.quarantine.momentOf(operation.id);
      if (format !== 'json') {
        refuseOfFiles(question, 'cursor', 'limit');
        const judgement = await judgedAsOf(call, operation, asked, as_of_s);
        const only = telephone === undefined ? undefined : oneTelephone(telephone);
        const telephones = { operation_id: operation.id, campaign, verdict, only, moment };
        const table = verdictsTable(telephones, judgement, orderOfVerdicts(sort));
        const is_walked = only === undefined && isByTelephone(sort);
        const parts = () => verdictsInParts(asked, telephones, judgement, { as_of_s, sort });
        return sendFile(call, asked, {
          table,
          ...(is_walked && { parts }),
          name: 'verdicts',
          format,
          headings,
          csv_guard,
        });
      }
      const limit = question.limit ?? TABLE_LIMITS.page_rows_default;
      const page = await asked.budget.run(async () =>
        verdictsPage(asked, await judgedAsOf(call, operation, asked, as_of_s), {
          ...question,
          as_of_s,
          limit,
          after,
          moment,
        }),
      );
      const head = `{"as_of":"${instantText(as_of_s)}","verdicts":[`;
      const tail = `],"next_cursor":${JSON.stringify(page.next_cursor)}}`;
      const parts = [Buffer.from(head), ...page.rows, Buffer.from(tail)];
      return sendRows(call, parts, 'Accept-Language, Accept-Encoding');
    }),
  };
}
