import {
  SAYS_CHANGED,
  SAYS_DOUBTFUL,
  SAYS_INVALID,
  SAYS_MALFORMED,
  SAYS_TRUNK,
  SHOWS_LIFE,
} from '../attempt-kinds.js';
import type { FaultSql } from '../faults/fault-sql.js';
import type { Learning } from '../knowledge/learning.js';
import { lineSql } from '../spellings/line-sql.js';
import { LINES_ATTEMPTS_MAX, type Lines, SAID } from './lines.js';
import { readLines } from './read-lines.js';
import { OTHER_SOURCES, SOURCE } from './sources.js';

/**
 * The attempts of as many lines as there may be, chosen by a hash, so that all attempts of a line are there or none.
 * Attempts in faults, and those that say something of their trunk alone, are left out.
 *
 * @param attempts how many the operation has
 */
export async function sampleOfLines(
  learning: Learning,
  sources: readonly string[],
  { in_fault, params: fault_params }: FaultSql,
  attempts: number,
): Promise<Lines> {
  const { sql, params } = learning.where();
  const one_in = Math.max(1, Math.ceil(attempts / LINES_ATTEMPTS_MAX));
  const lines = lineSql(learning.number_plan);
  const list = (element: number) => `arrayStringConcat(arrayMap(one -> toString(one.${element}), list), ' ')`;
  const text = await learning.read(
    `SELECT ${lines.network}, ${list(1)}, ${list(3)}, ${list(4)} FROM (
       SELECT ${lines.key_as}, arraySort(groupArray((
           intDiv(toUInt32(dialed_at), 60),
           attempt_hash,
           transform(${SOURCE}, {sources:Array(String)}, arrayEnumerate({sources:Array(String)}), 0),
           multiIf(${SHOWS_LIFE}, ${SAID.life}, ${SAYS_CHANGED}, ${SAID.changed}, ${SAYS_MALFORMED}, ${SAID.malformed}, ${SAYS_INVALID}, ${SAID.invalid}, ${SAYS_DOUBTFUL}, ${SAID.doubtful}, ${SAID.quiet})
         ))) AS list
       FROM held_by_telephone FINAL PREWHERE ${sql} AND cityHash64(${lines.line}) % {one_in:UInt32} = 0
       WHERE (${SHOWS_LIFE}) OR NOT ((${SAYS_TRUNK}) OR ${in_fault})
       GROUP BY ${lines.key}
     ) FORMAT TSV`,
    { ...params, ...fault_params, ...lines.params, sources, one_in },
    { optimize_aggregation_in_order: 1 },
  );
  return readLines(text, [OTHER_SOURCES, ...sources], learning.give_turn);
}
