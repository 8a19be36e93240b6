import { apiQuery, REAL_TIME_CAMPAIGNS, realTimeQuery } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Campaign } from '../../accounts/campaigns.js';
import type { Operation } from '../../accounts/operations.js';
import type { GiveTurn } from '../../admission/turns.js';
import type { CallBudget } from '../../reports/budget.js';
import { campaignsToday, customersOf, type Today } from '../../reports/campaigns-today.js';
import { today } from '../../time/window.js';
import {
  type CampaignsAsked,
  campaignsAsked,
  readCampaigns,
  renderRows,
  turnsOfList,
} from '../campaign-list.js';
import { readQuery, refuseMisspelt } from '../read-query.js';
import { sendBody } from '../send-body.js';
import type { Services } from '../services.js';
import { acceptCall, madeAndCounted } from './accept-call.js';
import { renderEmpty, renderEnvelope } from './envelope.js';
import { makeReply } from './make-reply.js';
import { unknownApi } from './not-served.js';

/** `GET /api/v2/real_time.php`: the counts of today. They change all the time, so the reply has no ETag. */
export function realTime(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { holder, question, lease } = await acceptCall(services, request, reply, 'report', readQuestion);
    const { operation } = holder;
    const parts = await madeAndCounted(reply, lease, async () => {
      const give_turn = turnsOfList(services, request, reply);
      return makeReply(services, request, reply, operation.limits, (budget) =>
        answer(services, operation, question, budget, give_turn),
      );
    });
    return sendBody(reply, parts, lease.release);
  };
}

function readQuestion(query: unknown): CampaignsAsked {
  const { api } = readQuery(apiQuery, query);
  if (api !== REAL_TIME_CAMPAIGNS.api) throw unknownApi('real_time.php', api);
  refuseMisspelt('campaign_id', query);
  const { campaign_id, cursor } = readQuery(realTimeQuery, query);
  return campaignsAsked(campaign_id, cursor);
}

async function answer(
  { accounts, engine, now_ms }: Services,
  operation: Operation,
  question: CampaignsAsked,
  budget: CallBudget,
  give_turn: GiveTurn,
): Promise<Buffer[]> {
  const { id: operation_id, reply_profile, time_zone, has_customers } = operation;
  const { campaign, after } = question;
  const { campaigns, next_cursor } = await readCampaigns(accounts.campaigns, operation, question, give_turn);
  const [first, last] = [campaigns[0], campaigns.at(-1)];
  if (last === undefined && !after) return renderEmpty(reply_profile, after === 0 ? null : undefined);
  const window = today(now_ms(), time_zone);
  const asked = {
    engine,
    budget,
    selection: { operation_id, campaign, window, time_zone, has_customers },
  };
  const between = { first: first?.campaign_id ?? 0, last: last?.campaign_id ?? 0 };
  // One after the other: a call has one session at a time, and when it fails no statement of it is left running.
  const counts = await campaignsToday(asked, between, give_turn);
  const customers = await customersOf(asked, between, give_turn);
  const rows = await renderRows(
    campaigns,
    (one) => rowOf(one, counts.get(one.campaign_id), customers.get(one.campaign_id)),
    give_turn,
  );
  return renderEnvelope(
    { rows, count: campaigns.length, ...(next_cursor !== undefined && { next_cursor }) },
    reply_profile,
  );
}

/** Columns that only a dialer knows are empty, because programs expect every column. */
function rowOf(
  { campaign_id, name }: Campaign,
  counts: Today | undefined,
  records: number | undefined,
): object {
  const known: Readonly<Record<string, string | number | undefined>> = {
    campaign: `${campaign_id} - ${name ?? ''}`,
    records,
    dial: counts?.attempts ?? 0,
    answer: counts?.answer ?? 0,
    no_answer: counts?.no_answer ?? 0,
    'busy/congestion/failed': counts?.not_through ?? 0,
    answer_machine: counts?.answer_machine ?? 0,
  };
  return Object.fromEntries(COLUMNS.map((column) => [column, String(known[column] ?? '')]));
}

const COLUMNS = REAL_TIME_CAMPAIGNS.columns.map(({ name }) => name);
