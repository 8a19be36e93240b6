import type { CampaignSelector } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import { type Judging, judgementOf } from '../../hygiene/judging/judge.js';
import type { Judgement } from '../../hygiene/judging/judgement.js';
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

/** What is said of the operation's telephones at a moment. */
export async function judgedAsOf(
  { services, request }: TableCall,
  { id, time_zone }: Operation,
  as_of_s: number,
): Promise<Judgement> {
  const knowledge = await services.knowledge.at(id, as_of_s);
  const judging: Judging = { as_of_s, time_zone, language: preferredLanguage(request) };
  return judgementOf(knowledge, judging);
}

/** The second that has begun. */
export function nowOf({ services }: TableCall): number {
  return Math.floor(services.now_ms() / 1_000);
}

/** As RFC 3339 in UTC. */
export function instantText(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}
