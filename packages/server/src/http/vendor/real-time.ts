import {
  apiQuery,
  type CampaignSelector,
  REAL_TIME_CAMPAIGNS,
  RecuentoError,
  realTimeQuery,
} from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Campaign, Campaigns } from '../../accounts/campaigns.js';
import type { Operation } from '../../accounts/operations.js';
import { type GiveTurn, RECORDS_A_TURN, Turns } from '../../attempts/turns.js';
import type { CallBudget } from '../../reports/budget.js';
import { campaignsToday, customersOf, type Today } from '../../reports/campaigns-today.js';
import { badCursor, parseCursor, writeCursor } from '../../reports/cursor.js';
import { today } from '../../time/window.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { readQuery, refuseMisspelt } from '../read-query.js';
import { sendBody } from '../send-body.js';
import type { Services } from '../services.js';
import { acceptCall } from './accept-call.js';
import { renderEmpty, renderEnvelope } from './envelope.js';
import { makeReply } from './make-reply.js';
import { unknownApi } from './not-served.js';

interface Question {
  readonly campaign: CampaignSelector;
  /** The number behind which to go on; undefined: no cursor was sent, so a result above the limit is refused. */
  readonly after: number | undefined;
}

/** `GET /api/v2/real_time.php`: what goes on today. It is of now, so nothing of it is to be kept: no ETag. */
export function realTime(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { holder, question, lease } = await acceptCall(services, request, reply, 'report', readQuestion);
    const { operation } = holder;
    try {
      const give_turn = services.admission.desk.body(keyOf(request), hangUpSignal(reply));
      const parts = await makeReply(services, request, reply, operation.limits, (budget) =>
        answer(services, operation, question, budget, give_turn),
      );
      return sendBody(reply, parts, lease.release);
    } catch (error) {
      await lease.release();
      throw error;
    }
  };
}

function readQuestion(query: unknown): Question {
  const { api } = readQuery(apiQuery, query);
  if (api !== REAL_TIME_CAMPAIGNS.api) throw unknownApi('real_time.php', api);
  refuseMisspelt('campaign_id', query);
  const { campaign_id: campaign, cursor } = readQuery(realTimeQuery, query);
  if (cursor === undefined) return { campaign, after: undefined };
  const key = parseCursor(cursor);
  if (!/^\d{0,10}$/.test(key)) throw badCursor();
  return { campaign, after: Number(key) };
}

async function answer(
  { accounts, engine, now_ms }: Services,
  operation: Operation,
  { campaign, after }: Question,
  budget: CallBudget,
  give_turn: GiveTurn,
): Promise<Buffer[]> {
  const { id: operation_id, limits, reply_profile, time_zone, has_customers } = operation;
  const found = await named(accounts.campaigns, operation_id, campaign, after ?? 0, limits.max_rows + 1);
  const is_more = found.length > limits.max_rows;
  if (is_more && after === undefined) {
    const rows = await accounts.campaigns.count(operation_id);
    throw new RecuentoError('too-many-rows', { values: { rows, limit: limits.max_rows } });
  }
  const page = found.slice(0, limits.max_rows);
  const last = page.at(-1);
  if (last === undefined && !after) return renderEmpty(reply_profile, after === 0 ? null : undefined);
  const window = today(now_ms(), time_zone);
  const asked = {
    engine,
    budget,
    selection: { operation_id, campaign, window, time_zone, has_customers },
  };
  const between = { first: page[0]?.campaign_id ?? 0, last: last?.campaign_id ?? 0 };
  // One behind the other: a call has one session at a time, and when it fails nothing of it goes on.
  const counts = await campaignsToday(asked, between, give_turn);
  const customers = await customersOf(asked, between, give_turn);
  const rows = await rendered(page, counts, customers, give_turn);
  const next_cursor = is_more && last ? writeCursor(String(last.campaign_id)) : null;
  return renderEnvelope(
    { rows, count: page.length, ...(after !== undefined && { next_cursor }) },
    reply_profile,
  );
}

async function named(
  campaigns: Campaigns,
  operation_id: number,
  selector: CampaignSelector,
  after: number,
  limit: number,
): Promise<Campaign[]> {
  if (selector.kind === 'all') return campaigns.page(operation_id, after, limit);
  const one = await campaigns.find(operation_id, selector.campaign_id);
  return one !== undefined && one.campaign_id > after ? [one] : [];
}

async function rendered(
  campaigns: readonly Campaign[],
  counts: ReadonlyMap<number, Today>,
  customers: ReadonlyMap<number, number>,
  give_turn: GiveTurn,
): Promise<Buffer> {
  const turns = new Turns(RECORDS_A_TURN, give_turn);
  const rows: string[] = [];
  for (const campaign of campaigns) {
    const row = rowOf(campaign, counts.get(campaign.campaign_id), customers.get(campaign.campaign_id));
    if (turns.isOver(row.length)) await turns.give();
    rows.push(row);
  }
  return Buffer.from(rows.join(',\n'));
}

/** What only a dialer knows is empty, as programs expect every column. */
function rowOf(
  { campaign_id, name }: Campaign,
  counts: Today | undefined,
  records: number | undefined,
): string {
  const known: Readonly<Record<string, string | number | undefined>> = {
    campaign: `${campaign_id} - ${name ?? ''}`,
    records,
    dial: counts?.attempts ?? 0,
    answer: counts?.answer ?? 0,
    no_answer: counts?.no_answer ?? 0,
    'busy/congestion/failed': counts?.not_through ?? 0,
    answer_machine: counts?.answer_machine ?? 0,
  };
  return JSON.stringify(Object.fromEntries(COLUMNS.map((column) => [column, String(known[column] ?? '')])));
}

const COLUMNS = REAL_TIME_CAMPAIGNS.columns.map(({ name }) => name);
