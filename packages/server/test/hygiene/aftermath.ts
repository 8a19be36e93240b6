import { type GenerateOptions, oracleOf } from '@recuento/generator';
import { attemptsOf, reachesPerson, truthOf } from './truth.js';

/** What came after a moment in a generated operation, and what of it fell into a quarantine that began then. */
export interface Aftermath {
  readonly dials_after: number;
  readonly dials_saved: number;
  readonly people_reached_after: number;
  readonly people_lost: number;
  /** Dials to lines that were out of service when they were dialed. */
  readonly dials_to_dead: number;
  /** Those of them that were saved; */
  readonly dead_saved: number;
  /** and that went to numbers whose death was proven at the moment, to somebody who knows which trunks lie. */
  readonly dead_provable: number;
}

/**
 * The truth of a backtest, from the generator's own attempts.
 *
 * @param taken the telephones that are put aside
 * @param days for how many days of 24 hours
 */
export function aftermathOf(
  options: GenerateOptions,
  as_of_s: number,
  taken: ReadonlySet<string>,
  days: number,
): Aftermath {
  const oracle = oracleOf(options);
  const { truths } = truthOf(options, as_of_s);
  const sums = {
    dials_after: 0,
    dials_saved: 0,
    people_reached_after: 0,
    people_lost: 0,
    dials_to_dead: 0,
    dead_saved: 0,
    dead_provable: 0,
  };
  for (const [telephone, all] of attemptsOf(options)) {
    const after = all.filter(({ dialed_at }) => dialed_at > as_of_s);
    const spellings = oracle.spellingsOf(telephone);
    const is_taken = spellings.some((spelling) => taken.has(spelling));
    const isAside = ({ dialed_at }: { dialed_at: number }) =>
      is_taken && dialed_at <= as_of_s + days * 86_400;
    const dead = after.filter(({ dialed_at }) => oracle.lineAt(telephone, dialed_at)?.out_of_service);
    const reached = after.filter(reachesPerson);
    sums.dials_after += after.length;
    sums.dials_saved += after.filter(isAside).length;
    sums.dials_to_dead += dead.length;
    sums.dead_saved += dead.filter(isAside).length;
    if (spellings.some((spelling) => truths.get(spelling)?.provable)) sums.dead_provable += dead.length;
    if (reached.length > 0) sums.people_reached_after += 1;
    if (reached.length > 0 && reached.every(isAside)) sums.people_lost += 1;
  }
  return sums;
}
