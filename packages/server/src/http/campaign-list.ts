import { type CampaignSelector, RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Campaign, Campaigns } from '../accounts/campaigns.js';
import type { Operation } from '../accounts/operations.js';
import { type GiveTurn, RECORDS_A_TURN, Turns } from '../admission/turns.js';
import { badCursor, parseCursor, writeCursor } from '../reports/cursor.js';
import { keyOf } from './door.js';
import { hangUpSignal } from './hang-up.js';
import type { Services } from './services.js';

/** Campaigns that a reply is to list. */
export interface CampaignsAsked {
  readonly campaign: CampaignSelector;
  /** List the campaigns after this number. undefined: no cursor was sent, so a list above the limit is refused. */
  readonly after: number | undefined;
}

interface CampaignsFound {
  readonly campaigns: readonly Campaign[];
  /** undefined: no cursor was sent; null: these are the last ones. */
  readonly next_cursor: string | null | undefined;
}

/** @throws RecuentoError bad-parameter */
export function campaignsAsked(campaign: CampaignSelector, cursor: string | undefined): CampaignsAsked {
  if (cursor === undefined) return { campaign, after: undefined };
  const key = parseCursor(cursor);
  if (!/^\d{0,10}$/.test(key)) throw badCursor();
  return { campaign, after: Number(key) };
}

/**
 * The turns for making a reply that lists campaigns. Each turn also checks how much of the operation's earlier replies is
 * still unread: many requests may have arrived together, before any reply was made.
 */
export function turnsOfList(
  { admission }: Pick<Services, 'admission'>,
  request: FastifyRequest,
  reply: FastifyReply,
): GiveTurn {
  const key = keyOf(request);
  const turn = admission.desk.body(key, hangUpSignal(reply));
  return async () => {
    await turn();
    admission.replies.admit(key);
  };
}

/**
 * Campaigns of an operation in the order of their numbers, at most as many as one reply may have rows. Uploads create
 * campaigns, so there may be any number of them; other requests get their turn before each page is read.
 *
 * @throws RecuentoError too-many-rows
 */
export async function readCampaigns(
  campaigns: Campaigns,
  { id, limits: { max_rows } }: Operation,
  { campaign, after }: CampaignsAsked,
  give_turn: GiveTurn,
): Promise<CampaignsFound> {
  await give_turn();
  if (campaign.kind === 'one') {
    const one = await campaigns.find(id, campaign.campaign_id);
    const is_asked = one !== undefined && one.campaign_id > (after ?? 0);
    return { campaigns: is_asked ? [one] : [], next_cursor: after === undefined ? undefined : null };
  }
  const found: Campaign[] = [];
  for await (const page of campaigns.pages(id, after ?? 0)) {
    found.push(...page);
    if (found.length > max_rows) break;
    await give_turn();
  }
  const is_more = found.length > max_rows;
  if (after === undefined) {
    if (!is_more) return { campaigns: found, next_cursor: undefined };
    const rows = await countAll(campaigns, id, give_turn);
    throw new RecuentoError('too-many-rows', { values: { rows, limit: max_rows } });
  }
  const shown = is_more ? found.slice(0, max_rows) : found;
  const last = shown.at(-1)?.campaign_id;
  return { campaigns: shown, next_cursor: is_more ? writeCursor(String(last)) : null };
}

async function countAll(campaigns: Campaigns, operation_id: number, give_turn: GiveTurn): Promise<number> {
  let all = 0;
  for await (const part of campaigns.counts(operation_id)) {
    all += part;
    await give_turn();
  }
  return all;
}

/** The rows of a reply, each as JSON. Other requests get their turn while many rows are written. */
export async function renderRows<Row>(
  rows: readonly Row[],
  rowOf: (row: Row) => object,
  give_turn: GiveTurn,
): Promise<Buffer> {
  const turns = new Turns(RECORDS_A_TURN, give_turn);
  const texts: string[] = [];
  for (const row of rows) {
    const text = JSON.stringify(rowOf(row));
    if (turns.isOver(text.length)) await turns.give();
    texts.push(text);
  }
  return Buffer.from(texts.join(',\n'));
}
