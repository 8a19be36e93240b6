import { apiQuery, operationReportQuery, RecuentoError, reportQuery } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Read } from '../../accounts/data-versions.js';
import type { Operation } from '../../accounts/operations.js';
import type { CallBudget } from '../../reports/budget.js';
import { badCursor, parseCursor, writeCursor } from '../../reports/cursor.js';
import { REPORTS } from '../../reports/registry.js';
import type { Report } from '../../reports/report.js';
import type { Selection } from '../../reports/selection.js';
import { parseWindow } from '../../time/window.js';
import { matchesEtag } from '../etag.js';
import { etagOf } from '../make-etag.js';
import { readQuery, refuseMisspelt } from '../read-query.js';
import { sendBody } from '../send-body.js';
import type { Services } from '../services.js';
import { acceptCall, madeAndCounted } from './accept-call.js';
import { renderEmpty, renderEnvelope } from './envelope.js';
import { keptReply, makeReply, VARY } from './make-reply.js';
import { unknownApi } from './not-served.js';

/** The parameters of a call, all parsed before anything is counted or run. */
interface Question {
  readonly report: Report;
  readonly selection: Selection;
  /** undefined: no cursor was sent, so a result above the limit is refused. */
  readonly after: string | undefined;
  /** The parameters as they were sent; part of the ETag. */
  readonly sent: readonly unknown[];
}

/** `GET /api/v2/reports_manager.php`. */
export function reportsManager(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { holder, question, lease } = await acceptCall(services, request, reply, 'report', readQuestion);
    const parts = await madeAndCounted(reply, lease, () =>
      answer(services, request, reply, holder.operation, question),
    );
    if (parts) return sendBody(reply, parts, lease.release);
    await lease.release();
    return reply.send();
  };
}

function readQuestion(query: unknown, operation: Operation): Question {
  const { api } = readQuery(apiQuery, query);
  const report = REPORTS.get(api);
  if (!report) throw unknownApi('reports_manager.php', api);
  if (report.description.is_of_all) refuseMisspelt('campaign_id', query);
  const {
    campaign_id: campaign,
    date_ini,
    date_end,
    cursor,
  } = report.description.is_of_all ? readQuery(operationReportQuery, query) : readQuery(reportQuery, query);
  const window = parseWindow(date_ini, date_end, operation.time_zone, operation.limits.max_window_days);
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  if (after && !report.isKey(after)) throw badCursor();
  return {
    report,
    selection: {
      operation_id: operation.id,
      campaign,
      window,
      time_zone: operation.time_zone,
      has_customers: operation.has_customers,
    },
    after,
    sent: [api, campaign, date_ini, date_end, cursor],
  };
}

async function answer(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation,
  question: Question,
): Promise<readonly Buffer[] | undefined> {
  // Versions are read before the report runs: see DataVersions for why this order is safe.
  const etag = isClosed(question, services.now_ms())
    ? etagOf(operation, await services.accounts.dataVersions.of(readBy(question)), question.sent)
    : undefined;
  if (etag && matchesEtag(request.headers['if-none-match'], etag)) {
    reply.code(304).header('ETag', etag).header('Cache-Control', 'private, no-cache').header('Vary', VARY);
    return undefined;
  }
  const make = (budget: CallBudget) => runReport(services, operation, question, budget);
  const parts = etag
    ? await keptReply(services, request, reply, etag, operation.limits, make)
    : await makeReply(services, request, reply, operation.limits, make);
  if (etag) reply.header('ETag', etag).header('Cache-Control', 'private, no-cache');
  return parts;
}

function isClosed({ selection }: Question, now_ms: number): boolean {
  return selection.window.until_s * 1_000 <= now_ms;
}

function readBy({ report, selection: { operation_id, campaign, window } }: Question): Read {
  return {
    operation_id,
    campaign_id: campaign.kind === 'one' ? campaign.campaign_id : undefined,
    ...window,
    customers: report.reads_customers,
  };
}

async function runReport(
  services: Services,
  operation: Operation,
  question: Question,
  budget: CallBudget,
): Promise<Buffer[]> {
  const { report, selection, after } = question;
  const { max_rows } = operation.limits;
  const asked = { engine: services.engine, selection, budget };
  const page = await report.page(asked, after ?? '', max_rows);
  if (after === undefined && page.next !== undefined) {
    const rows = await report.count(asked);
    throw new RecuentoError('too-many-rows', { values: { rows, limit: max_rows } });
  }
  if (page.count === 0 && !after)
    return renderEmpty(operation.reply_profile, after === '' ? null : undefined);
  const next_cursor = page.next === undefined ? null : writeCursor(page.next);
  return renderEnvelope({ ...page, ...(after !== undefined && { next_cursor }) }, operation.reply_profile);
}
