import { UsageError } from '../usage-error.js';
import type { HygieneApi } from './api.js';

/** A rule of the server. */
export interface NamedRule {
  readonly id: string;
  readonly name: string;
}

/** More than an operation may have, with those that ship. */
const RULES_MAX = 1_000;

/** The rule with this id, or of this name. @throws UsageError where there is none, or several have the name */
export async function namedRule(api: HygieneApi, wanted: string): Promise<NamedRule> {
  const { rules } = await api.get<{ rules: readonly NamedRule[] }>('rules', { limit: RULES_MAX });
  const by_id = rules.find(({ id }) => id === wanted);
  if (by_id) return by_id;
  const [found, another] = rules.filter(({ name }) => name === wanted);
  if (another) throw new UsageError(`Several rules have the name ${wanted}: name one by its id.`);
  if (found) return found;
  throw new UsageError(`There is no rule ${wanted}. There are: ${rules.map(({ id }) => id).join(', ')}.`);
}
