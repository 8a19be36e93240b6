import type { TriedRule } from '@recuento/contract';
import type { Judged } from '../judging/judgement.js';

/** A rule at a moment, with what is known then. */
export interface RuleThen {
  readonly operation_id: number;
  readonly rule: TriedRule;
  readonly judged: Judged;
  /** Seconds since 1970 UTC. Only attempts at or before it decide. */
  readonly as_of_s: number;
}

/** SQL over an attempt's columns: it is of the rule's campaigns. */
export function ofCampaigns({ rule }: RuleThen): string {
  return rule.campaign_id === 'all' ? '1' : 'campaign_id = {campaign_id:UInt32}';
}

/** SQL over an attempt's columns: it is of the rule's campaigns, and was dialed at or before the moment. */
export function knownThen(then: RuleThen): string {
  return `dialed_at <= toDateTime({as_of:UInt32}) AND ${ofCampaigns(then)}`;
}
