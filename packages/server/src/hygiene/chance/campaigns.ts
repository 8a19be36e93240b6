import { type ChanceRequest, eachLine, readLines } from './asked.js';

/** More campaigns than this are dialed by few operations; those dialed less share one effect. */
const CAMPAIGNS_MAX = 200;

/** What an operation dialed up to a moment. */
export interface Dialed {
  readonly attempts: number;
  /** Its campaigns, the most dialed ones first: the place of the first is 1. */
  readonly campaigns: readonly number[];
}

/** What was dialed at or before the moment, in seconds since 1970. */
export async function readDialed(asked: ChanceRequest, until_s: number): Promise<Dialed> {
  const written = await readLines(
    asked,
    `SELECT campaign_id, count() FROM held_by_campaign FINAL
     PREWHERE operation_id = {operation_id:UInt32} AND dialed_at <= toDateTime({as_of:UInt32})
     GROUP BY campaign_id ORDER BY count() DESC, campaign_id`,
    { as_of: until_s },
  );
  let attempts = 0;
  const campaigns: number[] = [];
  await eachLine(written, 2, asked.give_turn, ([campaign = 0, of_campaign = 0]) => {
    attempts += of_campaign;
    if (campaigns.length < CAMPAIGNS_MAX) campaigns.push(campaign);
  });
  return { attempts, campaigns };
}
