import type { Condition } from '@recuento/contract';
import type { ConditionSql, Ground } from './condition-sql.js';
import { countSql } from './count.js';
import { dialedSql } from './dialed.js';
import { probabilitySql } from './probability.js';
import { silentSql } from './silent.js';
import { streakSql } from './streak.js';
import { verdictSql } from './verdict.js';

/** A condition as SQL. A new kind has its schema in the contract (`hygiene/condition.ts`), a file here, and a line in this list. */
export function sqlOf(condition: Condition, prefix: string, ground: Ground): ConditionSql {
  switch (condition.kind) {
    case 'count':
      return countSql(condition, prefix, ground);
    case 'streak':
      return streakSql(condition, prefix, ground);
    case 'verdict':
      return verdictSql(condition, ground);
    case 'probability':
      return probabilitySql(condition);
    case 'dialed':
      return dialedSql(condition, prefix, ground);
    case 'silent':
      return silentSql(condition, prefix, ground);
  }
}
