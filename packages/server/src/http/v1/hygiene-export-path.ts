import {
  EXPORT_DAYS_BLOCK,
  EXPORT_PAGE_ROWS_MAX,
  type HygieneExportQuestion,
  hygieneExportQuery,
  isPagedExport,
  LEFT_OUT_HEADER,
  PUT_ASIDE_COLUMNS,
} from '@recuento/contract';
import type { FastifyReply } from 'fastify';
import { addDncPage } from '../../hygiene/export/formats/add-dnc.js';
import { putAsideLines, withVerdictTable } from '../../hygiene/export/formats/csv.js';
import { customerIdsPage } from '../../hygiene/export/formats/customer-ids.js';
import type { LineFormat } from '../../hygiene/export/formats/line-format.js';
import { LINE_FORMATS } from '../../hygiene/export/formats/registry.js';
import { countLeftOut, linesOf } from '../../hygiene/export/lines.js';
import { putAsideList } from '../../hygiene/export/put-aside-list.js';
import type { TelephoneList } from '../../hygiene/export/telephone-list.js';
import { hasOneOf, verdictList } from '../../hygiene/export/verdict-list.js';
import type { Reading } from '../../hygiene/quarantine/read-rows.js';
import { lineSql } from '../../hygiene/spellings/line-sql.js';
import { numberPlanOf } from '../../hygiene/spellings/number-plan.js';
import { verdictsInParts } from '../../hygiene/verdicts-parts.js';
import { verdictsTable } from '../../hygiene/verdicts-table.js';
import { parseCursor, writeCursor } from '../../reports/cursor.js';
import type { ReportRequest } from '../../reports/report.js';
import { csvHead } from '../../reports/tables/files.js';
import { instantText } from '../../time/instant-text.js';
import { keyOfOperation } from '../door.js';
import type { Handlers } from '../methods.js';
import { badParameter, readQuery, refuseMisspelt } from '../read-query.js';
import { sendBody } from '../send-body.js';
import { askAsOf, judgedAsOf, momentOf } from './hygiene-call.js';
import { type HygieneCall, readingOf } from './quarantine-call.js';
import { between, sendChunks } from './send-chunks.js';
import { sendRows, type TableServices } from './table-call.js';
import { describe, headingsOfColumns, sendFile } from './table-file.js';

/** `/v1/hygiene/export`: telephones in the form that a dialer takes. */
export function hygieneExportPath(shared: TableServices): Handlers {
  return {
    GET: shared.calls.ofOperation(
      ['report'],
      (call) => {
        const question = asked(call.request.query);
        const { format } = question;
        const exporting = exportOf(shared, call, question);
        switch (format) {
          case 'csv':
            return question.verdict ? sendVerdictsCsv(exporting) : sendPutAsideCsv(exporting);
          case 'add_dnc':
            return sendAddDnc(exporting);
          case 'customer_ids':
            return sendCustomerIds(exporting);
          default:
            return sendLines(exporting, LINE_FORMATS[format]);
        }
      },
      { settle: ({ query }) => asked(query) },
    ),
  };
}

/** A call, with what it asks. */
interface Export extends HygieneCall, TableServices {
  readonly question: HygieneExportQuestion;
  /** With `verdict`, the moment in seconds since 1970 UTC; else as far as there may be attempts. */
  readonly as_of_s: number;
  readonly statements: ReportRequest;
}

/** @throws RecuentoError bad-parameter */
function asked(query: unknown): HygieneExportQuestion {
  // Who means some telephones must not get others.
  for (const name of ['verdict', 'campaign_id', 'format']) refuseMisspelt(name, query);
  const question = readQuery(hygieneExportQuery, query);
  const { format, campaign_id, verdict, as_of, days_block, cursor, limit } = question;
  if (as_of !== undefined && !verdict) throw badParameter('as_of', 'only with verdict');
  if (days_block !== undefined && !(verdict && format === 'add_dnc'))
    throw badParameter('days_block', 'only with format=add_dnc and verdict');
  if (!isPagedExport(format)) {
    const sent = cursor === undefined ? limit && 'limit' : 'cursor';
    if (sent) throw badParameter(sent, 'only with format=add_dnc or customer_ids, as a file holds all');
  }
  if (format === 'customer_ids' && campaign_id.kind === 'all')
    throw badParameter('campaign_id', 'the number of a campaign: the ids are those of its customers');
  parseCursor(cursor ?? '');
  return question;
}

function exportOf(shared: TableServices, call: HygieneCall, question: HygieneExportQuestion): Export {
  const as_of_s = momentOf(shared, question.as_of);
  // Customers are those of one campaign, and what is known of their telephones comes from all.
  const campaign = question.format === 'customer_ids' ? ({ kind: 'all' } as const) : question.campaign_id;
  const statements = askAsOf({ ...shared, ...call }, call.operation, campaign, as_of_s);
  return { ...shared, ...call, question, as_of_s, statements };
}

async function listOf(exporting: Export): Promise<TelephoneList> {
  const { services, operation, question, as_of_s, statements } = exporting;
  const { verdict: verdicts, days_block = EXPORT_DAYS_BLOCK } = question;
  if (!verdicts) {
    const moment = await services.quarantine.momentOf(operation.id);
    return putAsideList(moment, statements.selection.campaign);
  }
  const judgement = await judgedAsOf(exporting, operation, statements, as_of_s);
  return verdictList(statements, { verdicts, judgement, as_of_s, days_block });
}

async function sendLines(exporting: Export, format: LineFormat): Promise<FastifyReply> {
  const { reply, statements } = exporting;
  const list = await listOf(exporting);
  let left_out = 0;
  return sendChunks(exporting, statements, {
    before: async () => {
      left_out = await countLeftOut(statements, list, format);
    },
    chunks: between(Buffer.from(format.head), linesOf(statements, list, format), () => format.tail(left_out)),
    describe: () =>
      reply
        .type(`${format.media}; charset=utf-8`)
        .header('Content-Disposition', `attachment; filename="${format.file}"`)
        .header(LEFT_OUT_HEADER, left_out),
  });
}

async function sendPutAsideCsv(exporting: Export): Promise<FastifyReply> {
  const { services, request, reply, operation, question, statements } = exporting;
  const { campaign_id: campaign, headings, csv_guard } = question;
  const moment = await services.quarantine.momentOf(operation.id);
  const lines = putAsideLines(
    {
      stores: services,
      moment,
      reading: admittedOnce(readingOf(services, exporting)),
      give_turn: services.admission.desk.stream(keyOfOperation(operation)),
    },
    campaign.kind === 'one' ? campaign.campaign_id : undefined,
    csv_guard === 'on',
  );
  const head = csvHead(headingsOfColumns(request, PUT_ASIDE_COLUMNS, headings), headings === 'words');
  return sendChunks(exporting, statements, {
    chunks: between(head, lines),
    describe: () => {
      describe({ request, reply }, { name: 'put-aside', format: 'csv', headings });
      reply.header(LEFT_OUT_HEADER, 0);
    },
  });
}

/** A file that has begun goes on, whatever else the operation leaves unread meanwhile. */
function admittedOnce(reading: Reading): Reading {
  let is_begun = false;
  return {
    ...reading,
    admit: () => {
      if (!is_begun) reading.admit();
      is_begun = true;
    },
  };
}

async function sendVerdictsCsv(exporting: Export): Promise<FastifyReply> {
  const { services, reply, operation, question, as_of_s, statements } = exporting;
  const { campaign_id: campaign, verdict = [], headings, csv_guard } = question;
  const moment = await services.quarantine.momentOf(operation.id);
  const telephones = { operation_id: operation.id, campaign, behind: hasOneOf(verdict), moment };
  const judgement = await judgedAsOf(exporting, operation, statements, as_of_s);
  const table = withVerdictTable(verdictsTable(telephones, judgement));
  reply.header(LEFT_OUT_HEADER, 0);
  return sendFile(exporting, statements, {
    table,
    async *parts() {
      const asked = { as_of_s, sort: 'telephone' };
      for await (const part of verdictsInParts(statements, telephones, judgement, asked))
        yield withVerdictTable(part);
    },
    name: 'verdicts',
    format: 'csv',
    headings,
    csv_guard,
  });
}

async function sendAddDnc(exporting: Export): Promise<FastifyReply> {
  const { question, reply, statements } = exporting;
  const { cursor = '', limit = EXPORT_PAGE_ROWS_MAX } = question;
  const page = await statements.budget.run(async () =>
    addDncPage(statements, await listOf(exporting), { after: parseCursor(cursor), limit }),
  );
  linkNext(exporting, page.next);
  reply.header(LEFT_OUT_HEADER, 0);
  return sendRows(exporting, [Buffer.from('['), ...page.rows, Buffer.from(']')]);
}

async function sendCustomerIds(exporting: Export): Promise<FastifyReply> {
  const { operation, question, reply, statements } = exporting;
  const { campaign_id: campaign, cursor = '', limit = EXPORT_PAGE_ROWS_MAX } = question;
  const campaign_id = campaign.kind === 'one' ? campaign.campaign_id : 0;
  const asked = {
    campaign_id,
    after: parseCursor(cursor),
    limit,
    lines: lineSql(numberPlanOf(operation.numbering)),
  };
  const page = await statements.budget.run(async () =>
    customerIdsPage(statements, await listOf(exporting), asked),
  );
  linkNext(exporting, page.next);
  reply.header(LEFT_OUT_HEADER, page.left_out).type('text/plain; charset=utf-8');
  return sendBody(reply, [Buffer.from(page.ids)], async () => undefined);
}

/** Names the page after this one, at the same moment. */
function linkNext({ request, reply, question, as_of_s }: Export, last: string | undefined): void {
  if (last === undefined) return;
  const sent = request.query as Readonly<Record<string, string>>;
  const next = new URLSearchParams(sent);
  next.set('cursor', writeCursor(last));
  if (question.verdict) next.set('as_of', instantText(as_of_s));
  reply.header('Link', `<?${next}>; rel="next"`);
}
