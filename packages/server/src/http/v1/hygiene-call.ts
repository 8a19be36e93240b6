import { type CampaignSelector, FIELD_LIMITS } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import { type Judging, judgementOf } from '../../hygiene/judging/judge.js';
import type { Judgement } from '../../hygiene/judging/judgement.js';
import type { Knowledge } from '../../hygiene/knowledge/knowledge.js';
import type { ReportRequest } from '../../reports/report.js';
import { preferredLanguage } from '../language.js';
import { askFor, type TableCall } from './table-call.js';

/** The call's statements, with the time that one call of the operation has. Everything up to the moment may be read. */
export function askAsOf(
  call: TableCall,
  operation: Operation,
  campaign: CampaignSelector,
  as_of_s: number,
): ReportRequest {
  return askFor(call, operation, {
    operation_id: operation.id,
    campaign,
    window: { from_s: 0, until_s: as_of_s + 1 },
    time_zone: operation.time_zone,
    has_customers: false,
  });
}

/** What is known of the operation at a moment. It may have to be learned first, which is waited for as long as a call may take. */
export function knownAsOf(
  { services }: TableCall,
  operation: Operation,
  { budget }: ReportRequest,
  as_of_s: number,
): Promise<Knowledge> {
  return budget.wait(services.knowledge.at(operation, as_of_s));
}

/** What is said of the operation's telephones at a moment; of one campaign, for its next attempts. */
export async function judgedAsOf(
  call: TableCall,
  operation: Operation,
  asked: ReportRequest,
  as_of_s: number,
): Promise<Judgement> {
  const { time_zone, campaign } = asked.selection;
  const campaign_id = campaign.kind === 'one' ? campaign.campaign_id : undefined;
  const judging: Judging = { as_of_s, time_zone, language: preferredLanguage(call.request), campaign_id };
  return judgementOf(await knownAsOf(call, operation, asked, as_of_s), judging);
}

/** The moment that is asked about, in seconds since 1970 UTC: as far as there may be attempts. Absent: now. */
export function momentOf(call: Pick<TableCall, 'services'>, as_of_s: number | undefined): number {
  return Math.min(
    FIELD_LIMITS.dialed_at_max_s,
    Math.max(FIELD_LIMITS.dialed_at_min_s, as_of_s ?? nowOf(call)),
  );
}

/** The second that has begun. */
export function nowOf({ services }: Pick<TableCall, 'services'>): number {
  return Math.floor(services.now_ms() / 1_000);
}
