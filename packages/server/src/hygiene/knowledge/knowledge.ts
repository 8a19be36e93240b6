import type { Chance } from '../chance/chance.js';
import { trainChance } from '../chance/train-chance.js';
import type { Fault } from '../faults/fault.js';
import { faultSql } from '../faults/fault-sql.js';
import { FaultFinder } from '../faults/find-faults.js';
import { countsOf, slicesOf } from '../faults/minutes.js';
import type { NumberPlan } from '../spellings/number-plan.js';
import { estimateTrust } from '../trust/estimate.js';
import type { TrustModel } from '../trust/model.js';
import { sampleOfLines } from '../trust/sample.js';
import { sourceNames } from '../trust/sources.js';
import type { Learning } from './learning.js';

/**
 * What an operation's attempts before a moment say as a whole. It depends on nothing else but the numbering that is declared, so
 * the same attempts always give the same.
 */
export interface Knowledge {
  /** Seconds since 1970 UTC; only attempts before it were looked at. */
  readonly until_s: number;
  readonly faults: readonly Fault[];
  readonly trust: TrustModel;
  readonly chance: Chance;
  /** How its telephones are brought to lines; undefined: each is a line of its own. */
  readonly number_plan: NumberPlan | undefined;
}

export async function learn(learning: Learning): Promise<Knowledge> {
  const slices = await slicesOf(learning);
  const finder = new FaultFinder();
  let attempts = 0;
  for (const slice of slices) {
    for await (const counts of countsOf(learning, slice, 3_600)) {
      finder.learn(counts);
      attempts += counts.attempts;
    }
  }
  for (const slice of slices) {
    for await (const counts of countsOf(learning, slice, 60)) finder.watch(counts);
  }
  const faults = finder.faults();
  const lines = await sampleOfLines(learning, await sourceNames(learning), faultSql(faults), attempts);
  const trust = await estimateTrust(lines, learning.give_turn);
  const chance = await trainChance(learning.chance, learning.until_s - 1);
  return { until_s: learning.until_s, faults, trust, chance, number_plan: learning.number_plan };
}
