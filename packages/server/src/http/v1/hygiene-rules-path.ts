import {
  type Language,
  RecuentoError,
  type Rule,
  type RuleDocument,
  ruleListQuery,
  rulePathParameters,
  ruleSchema,
  SHIPPED_RULES,
  type ShippedRule,
} from '@recuento/contract';
import type { HygieneRules, KeptRule } from '../../accounts/hygiene-rules.js';
import { preferredLanguage } from '../language.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/hygiene/rules`: those that ship, and then those of the operation. */
export function hygieneRulesPath(services: Services, calls: NativeCalls): Handlers {
  const { hygieneRules } = services.accounts;
  return {
    GET: calls.ofOperation(['report'], async ({ request, operation }) => {
      const { cursor, limit } = readQuery(ruleListQuery, request.query);
      const found = await rulesAfter(hygieneRules, operation.id, cursor, limit + 1);
      const page = found.slice(0, limit);
      const language = preferredLanguage(request);
      return {
        rules: page.map((rule) => shown(rule, language)),
        next_cursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    }),
    POST: calls.ofOperation(['admin'], async ({ request, reply, operation }) => {
      const rule = await bodyAs(request, ruleSchema);
      const kept = await hygieneRules.create(operation.id, rule);
      return reply.code(201).send(shown(kept, preferredLanguage(request)));
    }),
  };
}

/** `/v1/hygiene/rules/{id}` */
export function hygieneRulePath(services: Services, calls: NativeCalls): Handlers {
  const { hygieneRules } = services.accounts;
  return {
    GET: calls.ofOperation(['report'], async ({ request, operation }) => {
      const { id } = readQuery(rulePathParameters, request.params);
      const rule = shippedRule(id) ?? (await hygieneRules.find(operation.id, id));
      return shown(rule, preferredLanguage(request));
    }),
    PUT: calls.ofOperation(['admin'], async ({ request, operation }) => {
      const id = ownId(request.params);
      const rule = await bodyAs(request, ruleSchema);
      return shown(await hygieneRules.replace(operation.id, id, rule), preferredLanguage(request));
    }),
    DELETE: calls.ofOperation(['admin'], async ({ request, reply, operation }) => {
      await hygieneRules.delete(operation.id, ownId(request.params));
      return reply.code(204).send();
    }),
  };
}

/** A rule by its id. @throws RecuentoError unknown-resource */
export async function ruleById(
  rules: HygieneRules,
  operation_id: number,
  id: string,
  language: Language,
): Promise<Rule> {
  const shipped = shippedRule(id);
  if (shipped) return { ...shipped.rule, name: shipped.name[language] };
  const { rule } = await rules.find(operation_id, id);
  return rule;
}

function shippedRule(id: string): ShippedRule | undefined {
  return SHIPPED_RULES.find((rule) => rule.id === id);
}

/** @throws RecuentoError conflict */
function ownId(params: unknown): string {
  const { id } = readQuery(rulePathParameters, params);
  if (!shippedRule(id)) return id;
  const reason = `RULE ${id} SHIPS WITH THE SERVICE AND STAYS AS IT IS: CREATE A RULE OF YOUR OWN`;
  throw new RecuentoError('conflict', { values: { reason } });
}

/** The rules behind the one with the id `cursor`, `limit` at most. */
async function rulesAfter(
  rules: HygieneRules,
  operation_id: number,
  cursor: string | undefined,
  limit: number,
): Promise<(ShippedRule | KeptRule)[]> {
  const at = SHIPPED_RULES.findIndex(({ id }) => id === cursor);
  const is_own = cursor !== undefined && at < 0;
  const shipped = is_own ? [] : SHIPPED_RULES.slice(at + 1, at + 1 + limit);
  if (shipped.length === limit) return shipped;
  const own = await rules.list(operation_id, is_own ? cursor : undefined, limit - shipped.length);
  return [...shipped, ...own];
}

function shown(rule: ShippedRule | KeptRule, language: Language): RuleDocument {
  if (!('purpose' in rule)) {
    const { created_at_ms, updated_at_ms } = rule;
    return {
      id: rule.id,
      ...rule.rule,
      purpose: null,
      ships: false,
      created_at: new Date(created_at_ms).toISOString(),
      updated_at: new Date(updated_at_ms).toISOString(),
    };
  }
  return {
    id: rule.id,
    name: rule.name[language],
    ...rule.rule,
    purpose: rule.purpose[language],
    ships: true,
    created_at: null,
    updated_at: null,
  };
}
