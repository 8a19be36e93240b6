import { apiQuery, CAMPAIGNS, campaignsQuery, TOKEN_INFO } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenHolder } from '../../accounts/tokens.js';
import type { GiveTurn } from '../../admission/turns.js';
import {
  type CampaignsAsked,
  campaignsAsked,
  readCampaigns,
  renderRows,
  turnsOfList,
} from '../campaign-list.js';
import { readQuery } from '../read-query.js';
import { sendBody } from '../send-body.js';
import type { Services } from '../services.js';
import { acceptCall, madeAndCounted } from './accept-call.js';
import { type Envelope, renderEmpty, renderEnvelope } from './envelope.js';
import { makeReply } from './make-reply.js';
import { unknownApi } from './not-served.js';

/** The parsed parameters of a call. */
type Question = ({ readonly api: 'campaigns' } & CampaignsAsked) | { readonly api: 'token_info' };

/** `GET /api/v2/information.php`: lists from the accounts. Each call counts. */
export function information(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { holder, question, lease } = await acceptCall(services, request, reply, 'report', readQuestion);
    const { limits, reply_profile } = holder.operation;
    const parts = await madeAndCounted(reply, lease, async () => {
      const give_turn = turnsOfList(services, request, reply);
      return makeReply(services, request, reply, limits, async () => {
        const answer = await answerTo(question, services, holder, give_turn);
        const is_empty = answer.count === 0 && !isFurther(question);
        return is_empty
          ? renderEmpty(reply_profile, answer.next_cursor === null ? null : undefined)
          : renderEnvelope(answer, reply_profile);
      });
    });
    return sendBody(reply, parts, lease.release);
  };
}

function readQuestion(query: unknown): Question {
  const { api } = readQuery(apiQuery, query);
  if (api === TOKEN_INFO.api) return { api };
  if (api !== CAMPAIGNS.api) throw unknownApi('information.php', api);
  const { campaign: campaign_id, cursor } = readQuery(campaignsQuery, query);
  const campaign =
    campaign_id === undefined ? ({ kind: 'all' } as const) : ({ kind: 'one', campaign_id } as const);
  return { api, ...campaignsAsked(campaign, cursor) };
}

/** Whether the call asks for a page after the first. Such a page may be empty although the whole list is not. */
function isFurther(question: Question): boolean {
  return question.api === CAMPAIGNS.api && (question.after ?? 0) > 0;
}

async function answerTo(
  question: Question,
  { accounts }: Services,
  holder: TokenHolder,
  give_turn: GiveTurn,
): Promise<Envelope> {
  if (question.api === TOKEN_INFO.api) {
    const rows = Buffer.from(JSON.stringify(rowOf(TOKEN_COLUMNS, await tokenInfo(accounts, holder))));
    return { rows, count: 1 };
  }
  const { operation } = holder;
  const { campaigns, next_cursor } = await readCampaigns(accounts.campaigns, operation, question, give_turn);
  const rows = await renderRows(
    campaigns,
    ({ campaign_id, name, type }) =>
      rowOf(CAMPAIGN_COLUMNS, { campaign_id, campaign_name: name, type_campaign: type }),
    give_turn,
  );
  return { rows, count: campaigns.length, ...(next_cursor !== undefined && { next_cursor }) };
}

const CAMPAIGN_COLUMNS = CAMPAIGNS.columns.map(({ name }) => name);
const TOKEN_COLUMNS = TOKEN_INFO.columns.map(({ name }) => name);

/** The known values of a row, by column. Other columns are empty, because the vendor's programs expect every column. */
type Known = Readonly<Record<string, string | number | null>>;

function rowOf(columns: readonly string[], known: Known): object {
  return Object.fromEntries(columns.map((name) => [name, String(known[name] ?? '')]));
}

async function tokenInfo({ calls }: Services['accounts'], { operation, token }: TokenHolder): Promise<Known> {
  const { quota, tokens } = await calls.today(operation);
  return {
    description: token.name,
    token_limit: quota.limit,
    token_use_today: tokens.get(token.id) ?? 0,
    all_token_today: quota.limit - quota.left,
    available_consumption_options: quota.left,
  };
}
