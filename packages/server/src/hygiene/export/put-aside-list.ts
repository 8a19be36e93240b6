import { type CampaignSelector, FIELD_LIMITS } from '@recuento/contract';
import { type Moment, momentParams, NEVER_S, putAsideSql } from '../quarantine/standing.js';
import type { Only } from '../verdicts-table.js';
import type { TelephoneList } from './telephone-list.js';

const DAY_S = 86_400;
const { days_block_max: DAYS_MAX } = FIELD_LIMITS;

/**
 * The rest of a quarantine in days, begun ones included. One whose time has come lasts until its re-test: for a day, then. What only
 * a person ends is blocked for as long as may be.
 */
const DAYS_LEFT = `if(quarantined_until = ${NEVER_S}, ${DAYS_MAX},
  least(${DAYS_MAX}, greatest(1, intDiv(toInt64(quarantined_until) - {act_at:UInt32} + ${DAY_S - 1}, ${DAY_S}))))`;

/** The telephones that are put aside at a moment; with a campaign those that it dialed. */
export function putAsideList(moment: Moment, campaign: CampaignSelector): TelephoneList {
  const dialed =
    campaign.kind === 'all'
      ? undefined
      : (where: string) => `telephone IN (SELECT telephone FROM held_by_campaign
          WHERE operation_id = {act_operation:UInt32} AND campaign_id = {campaign_id:UInt32} AND ${where})`;
  return {
    select(columns: string, { sql, params }: Only) {
      const where = dialed ? `${sql} AND ${dialed(sql)}` : sql;
      return {
        sql: `SELECT ${columns} FROM (SELECT telephone, ${DAYS_LEFT} AS days_block FROM (${putAsideSql(where)}))`,
        params: {
          ...params,
          ...momentParams(moment),
          ...(campaign.kind === 'one' && { campaign_id: campaign.campaign_id }),
        },
        settings: {},
      };
    },
    // They are walked in their order, no further than they are taken: one part has all.
    async *parts(after: string) {
      yield { sql: 'telephone > {after:String}', params: { after } };
    },
  };
}
