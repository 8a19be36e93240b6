import type { quarantineSchema, TriedRule } from '@recuento/contract';
import type { z } from 'zod';
import type { Selected } from '../../hygiene/quarantine/telephones.js';
import { telephonesTaken } from '../../hygiene/rules/taken.js';
import { preferredLanguage } from '../language.js';
import type { Services } from '../services.js';
import { ruleById } from './hygiene-rules-path.js';
import type { HygieneCall } from './quarantine-call.js';
import { ruleThen } from './rule-then.js';

const DAY_S = 86_400;

/** What a rule takes now, until when, and the rule itself, as it is kept with the act. */
interface Chosen {
  readonly rule: TriedRule;
  readonly selected: Selected;
  /** Seconds since 1970 UTC; null is until somebody restores them. */
  readonly until_s: number | null;
}

/**
 * The telephones that the rule of a body takes now; undefined where it has none, but a list.
 *
 * @throws RecuentoError unknown-resource
 */
export async function chosenBy(
  services: Services,
  { request, operation }: HygieneCall,
  { rule: sent, rule_id }: z.output<typeof quarantineSchema>,
): Promise<Chosen | undefined> {
  if (sent === undefined && rule_id === undefined) return undefined;
  const language = preferredLanguage(request);
  const rule =
    sent ?? (await ruleById(services.accounts.hygieneRules, operation.id, rule_id ?? '', language));
  const as_of_s = Math.floor(services.now_ms() / 1_000);
  const { quarantine_days: days } = rule;
  return {
    rule,
    selected: telephonesTaken(await ruleThen(services, request, operation, rule, as_of_s)),
    until_s: days === null ? null : as_of_s + days * DAY_S,
  };
}
