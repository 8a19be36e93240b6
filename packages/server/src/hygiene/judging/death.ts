import type { SqlParams } from '../../attempts/engine/engine.js';
import { EVIDENCE_S, SAYS_DOUBTFUL, SAYS_INVALID, SAYS_TRUNK, SHOWS_LIFE } from '../attempt-kinds.js';
import type { FaultSql } from '../faults/fault-sql.js';
import { EVIDENCE_MAX } from '../trust/dead-odds.js';
import type { TrustModel } from '../trust/model.js';
import { trustSql } from '../trust/trust-sql.js';
import type { Judgement } from './judgement.js';

const DAY_S = 86_400;

/** The attempt is recent enough to be evidence, and known at the moment. */
export const COUNTS = `dialed_at <= toDateTime({as_of:UInt32}) AND dialed_at > toDateTime({evidence_from:UInt32})`;

/** An attempt without a sign of life, as the elements of a tuple. */
const AT = 1;
const EVIDENCE = 3;
const INVALID = 4;
const TRUNK = 5;

/**
 * How likely each line is dead, by what it said since it last showed life: `trust/dead-odds.ts` as SQL. Its values: `dead`, and of the
 * attempts since the last sign of life that say "invalid": `invalid_said`, `invalid_days`, `invalid_trunks`, `invalid_last_at`.
 */
export function deathOf(trust: TrustModel, { in_fault }: FaultSql, as_of_s: number): Judgement {
  const { life, dead_said, dead_at_first, dies_a_day, alive_doubtful } = trust;
  const lies = trustSql(trust);
  const quiet = 1 - dead_said.invalid - dead_said.doubtful;
  const invalid = SAYS_INVALID;
  // By how much likelier a dead line ends so than a living one that does not answer, as a logarithm.
  const evidence = `multiIf(${invalid}, log({dead_invalid:Float64} / ${lies.lie}),
    ${SAYS_DOUBTFUL}, log({dead_doubtful:Float64} / ((1 - ${lies.lie}) * {alive_doubtful:Float64})),
    log({dead_quiet:Float64} / ((1 - ${lies.lie}) * (1 - {alive_doubtful:Float64}))))`;
  const is_silent = `${COUNTS} AND NOT (${SHOWS_LIFE}) AND NOT (${SAYS_TRUNK}) AND NOT ${in_fault}`;
  const silent_answer = `({beta:Float64} + j_before + place - 1 - j_lively) / ({alpha:Float64} + {beta:Float64} + j_before + place - 1)`;
  return {
    aggregates: [
      `arraySort(groupArrayIf((toUInt32(dialed_at), attempt_hash, toFloat64(${evidence}), ${invalid}, toString(trunk)), ${is_silent})) AS j_silent`,
      `countIf(${COUNTS} AND ${SHOWS_LIFE}) AS j_lively`,
      `maxIf((toUInt32(dialed_at), attempt_hash), dialed_at <= toDateTime({as_of:UInt32}) AND ${SHOWS_LIFE}) AS j_alive`,
    ],
    layers: [
      [
        `arrayFilter(one -> (one.${AT}, one.2) > j_alive, j_silent) AS j_silence`,
        `j_lively + length(j_silent) - length(j_silence) AS j_before`,
      ],
      [
        `arrayMap((one, place) -> one.${EVIDENCE} - log(${silent_answer}), j_silence, arrayEnumerate(j_silence)) AS j_evidence`,
        `arrayFilter(one -> one.${INVALID}, j_silence) AS j_invalid`,
        `arrayMap(one -> one.${AT}, j_silence) AS j_times`,
      ],
      [
        `arrayReverse(arrayCumSum(arrayReverse(j_evidence))) AS j_from_here`,
        // How likely it died between the attempt before and this one.
        `arrayMap((at, before) -> if(before = 0, {odds_at_first:Float64}, 1 - exp(-{dies_a_day:Float64} * (at - before) / ${DAY_S})),
          j_times, arrayPushFront(arrayPopBack(j_times), j_alive.1)) AS j_died`,
      ],
      [
        `arraySum((died, evidence) -> died * exp(least(evidence, ${EVIDENCE_MAX})), j_died, j_from_here) AS j_odds`,
        `length(j_invalid) AS invalid_said`,
        `length(arrayDistinct(arrayMap(one -> toDate(toDateTime(one.${AT}, 'UTC'), {time_zone:String}), j_invalid))) AS invalid_days`,
        `length(arrayDistinct(arrayFilter(name -> name != '', arrayMap(one -> one.${TRUNK}, j_invalid)))) AS invalid_trunks`,
        `arrayMax(arrayPushBack(arrayMap(one -> one.${AT}, j_invalid), 0)) AS invalid_last_at`,
      ],
      ['j_odds / (1 + j_odds) AS dead'],
    ],
    params: {
      ...lies.params,
      ...paramsAt(as_of_s),
      dead_invalid: dead_said.invalid,
      dead_doubtful: dead_said.doubtful,
      dead_quiet: quiet,
      alive_doubtful,
      alpha: life.alpha,
      beta: life.beta,
      odds_at_first: dead_at_first / (1 - dead_at_first),
      dies_a_day,
    },
  };
}

function paramsAt(as_of_s: number): SqlParams {
  return { as_of: as_of_s, evidence_from: Math.max(0, as_of_s - EVIDENCE_S) };
}
