import type { TriedRule } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import { judgedBy } from '../../hygiene/judging/judge.js';
import type { RuleThen } from '../../hygiene/rules/rule-then.js';
import { preferredLanguage } from '../language.js';
import type { Services } from '../services.js';

/** A rule at a moment. The next attempt, which its probabilities are of, is one of the rule's campaign. */
export async function ruleThen(
  { knowledge }: Services,
  request: FastifyRequest,
  operation: Operation,
  rule: TriedRule,
  as_of_s: number,
): Promise<RuleThen> {
  const { id: operation_id, time_zone } = operation;
  const campaign_id = rule.campaign_id === 'all' ? undefined : rule.campaign_id;
  const judging = { as_of_s, time_zone, language: preferredLanguage(request), campaign_id };
  const judged = judgedBy(await knowledge.at(operation, as_of_s), judging);
  return { operation_id, rule, judged, as_of_s };
}
