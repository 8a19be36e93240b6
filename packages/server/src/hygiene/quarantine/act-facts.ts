import type { Accounts } from '../../accounts/accounts.js';

/** What is told of the act behind a row. */
export interface ActFacts {
  readonly reason: string;
  readonly by: string;
  readonly rule: Record<string, unknown> | null;
  /** Seconds since 1970 UTC; 0 of act 0, which came before there were acts. */
  readonly act_at_s: number;
}

/** The facts of acts by number, for a page of rows. */
export async function actFacts(
  { hygieneActs }: Pick<Accounts, 'hygieneActs'>,
  operation_id: number,
  numbers: Iterable<number>,
): Promise<(number: number) => ActFacts> {
  const acts = await hygieneActs.named(operation_id, [...new Set(numbers)]);
  const facts = new Map<number, ActFacts>();
  for (const { number, reason, by, rule, at_ms } of acts.values()) {
    const act_at_s = Math.floor(at_ms / 1_000);
    facts.set(number, { reason, by, rule: rule === null ? null : JSON.parse(rule), act_at_s });
  }
  return (number) => {
    const known = facts.get(number);
    if (!known) throw new Error(`act ${number} has events, and is not in the accounts`);
    return known;
  };
}
