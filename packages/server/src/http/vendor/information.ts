import { apiQuery, CAMPAIGNS, campaignsQuery, type ReportDescription, TOKEN_INFO } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Holder } from '../../accounts/tokens.js';
import { readQuery } from '../read-query.js';
import { sendBody } from '../send-body.js';
import type { Services } from '../services.js';
import { acceptCall } from './accept-call.js';
import { ENVELOPE_TYPE, renderEmpty, renderEnvelope } from './envelope.js';
import { unknownApi } from './not-served.js';

/** What is known of a row, by column; the rest is empty, as the vendor's programs expect every column. */
type Known = Readonly<Record<string, string | number | null>>;

interface Information {
  readonly description: ReportDescription;
  rows(services: Services, holder: Holder, campaign_id: number | undefined): Promise<readonly Known[]>;
}

const INFORMATION: ReadonlyMap<string, Information> = new Map([
  [CAMPAIGNS.api, { description: CAMPAIGNS, rows: campaigns }],
  [TOKEN_INFO.api, { description: TOKEN_INFO, rows: tokenInfo }],
]);

/** `GET /api/v2/information.php`: short lists of what the accounts know. Each call counts. */
export function information(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { holder, question, lease } = await acceptCall(services, request, reply, 'report', readQuestion);
    try {
      const known = await question.information.rows(services, holder, question.campaign_id);
      const names = question.information.description.columns.map(({ name }) => name);
      const rows = known.map((row) =>
        JSON.stringify(Object.fromEntries(names.map((name) => [name, String(row[name] ?? '')]))),
      );
      const { reply_profile } = holder.operation;
      const body =
        rows.length === 0
          ? renderEmpty(reply_profile, undefined)
          : renderEnvelope({ rows: Buffer.from(rows.join(',\n')), count: rows.length }, reply_profile);
      return sendBody(reply.type(ENVELOPE_TYPE), body, lease.release);
    } catch (error) {
      await lease.release();
      throw error;
    }
  };
}

function readQuestion(query: unknown): { information: Information; campaign_id: number | undefined } {
  const { api } = readQuery(apiQuery, query);
  const found = INFORMATION.get(api);
  if (!found) throw unknownApi('information.php', api);
  return { information: found, campaign_id: readQuery(campaignsQuery, query).campaign };
}

async function campaigns(
  { accounts }: Services,
  { operation }: Holder,
  campaign_id: number | undefined,
): Promise<Known[]> {
  const all = await accounts.campaigns.list(operation.id);
  return all
    .filter((campaign) => campaign_id === undefined || campaign.campaign_id === campaign_id)
    .map(({ campaign_id, name, type }) => ({ campaign_id, campaign_name: name, type_campaign: type }));
}

async function tokenInfo({ accounts }: Services, { operation, token }: Holder): Promise<Known[]> {
  const { quota, tokens } = await accounts.calls.today(operation);
  return [
    {
      description: token.name,
      token_limit: quota.limit,
      token_use_today: tokens.get(token.id) ?? 0,
      all_token_today: quota.limit - quota.left,
      available_consumption_options: quota.left,
    },
  ];
}
