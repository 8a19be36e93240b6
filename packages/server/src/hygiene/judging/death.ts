import { ODDS_MAX } from '../trust/dead-odds.js';
import type { TrustModel } from '../trust/model.js';
import { trustSql } from '../trust/trust-sql.js';
import type { Judgement } from './judgement.js';
import { dayOf, fromSecond, is, knownSourceOf, secondOf, sourceOf } from './packed.js';

const DAY_S = 86_400;

/**
 * The latest attempts since a line last showed life that are weighed one by one. The engine takes some 10 KB for each place of the
 * longest list that it folds (measured). So many attempts leave no doubt.
 */
const SUSPECT_MAX = 2_000;

/**
 * How likely each line is dead, by what it said since it last showed life: `trust/dead-odds.ts` as SQL. Its values: `dead`, when the
 * attempts were made, and `dead_now`, with what may have happened since; both are 0 where nobody said that the number is invalid. Of the
 * attempts since the last sign of life that say so: `invalid_said`, `invalid_days`, `invalid_trunks`, `invalid_last_at` (seconds).
 * Verdicts also use `j_recent`, the attempts that are evidence, and `j_alive`, the last sign of life.
 *
 * It needs the line's attempts in order, packed: `j_all`.
 *
 * @param network SQL whose first characters tell the line's network
 */
export function deathOf(trust: TrustModel, network: string): Pick<Judgement, 'layers' | 'params'> {
  const { life, dead_said, dead_at_first, dies_a_day, revives_a_day, alive_doubtful } = trust;
  const lies = trustSql(trust, network);
  const lie = `(1 - (1 - ${lies.sourceLies(knownSourceOf(), secondOf())}) * (1 - j_network))`;
  // By how much likelier a dead line ends so than a living one that does not answer.
  const word = `${is('changed')} + 2 * ${is('malformed')}`;
  const evidence = `multiIf(${is('invalid')}, {dead_invalid:Float64} / (${lie} * ${lies.wordRatio(knownSourceOf(), word)}),
    ${is('doubtful')}, {dead_doubtful:Float64} / ((1 - ${lie}) * {alive_doubtful:Float64}),
    {dead_quiet:Float64} / ((1 - ${lie}) * (1 - {alive_doubtful:Float64})))`;
  const at = 'j_before + place - 1';
  const silent = `({beta:Float64} + ${at} - j_lively) / ({alpha:Float64} + {beta:Float64} + ${at})`;
  return {
    layers: [
      [
        `arrayFilter(one -> if(${is('excluded')}, 0, one >= ${fromSecond('{evidence_from:UInt32} + 1')}), j_all) AS j_recent`,
        `arrayLast(one -> ${is('alive')}, j_all) AS j_alive`,
      ],
      [
        // Nobody knows the order within a second: life in the same second came after what denies it.
        `arrayFilter(one -> ${secondOf()} > ${secondOf('j_alive')}, j_recent) AS j_silence`,
        `arrayFilter(one -> ${is('invalid')}, j_silence) AS j_invalid`,
        `arrayCount(one -> ${is('alive')}, j_recent) AS j_lively`,
      ],
      [
        // Most lines were never said to be invalid, and cost nothing here.
        `if(empty(j_invalid), [], arraySlice(j_silence, -${SUSPECT_MAX})) AS j_suspect`,
        `if(empty(j_invalid), 0, ${lies.network_lies}) AS j_network`,
        `length(j_invalid) AS invalid_said`,
        `length(arrayCompact(arrayMap(one -> ${dayOf()}, j_invalid))) AS invalid_days`,
        `arrayUniq(arrayMap(one -> ${sourceOf()}, arrayFilter(one -> ${is('trunk_told')}, j_invalid))) AS invalid_trunks`,
        `toUInt32(${secondOf('arrayElement(j_invalid, -1)')}) AS invalid_last_at`,
      ],
      [
        'length(j_recent) - length(j_suspect) AS j_before',
        `arrayMap((one, place) -> (${evidence}) / (${silent}), j_suspect, arrayEnumerate(j_suspect)) AS j_evidence`,
        `arrayMap(one -> toInt64(${secondOf()}), j_suspect) AS j_times`,
        `toInt64(${secondOf('j_alive')}) AS j_alive_at`,
        'if(j_alive = 0, {odds_at_first:Float64}, toFloat64(0)) AS j_odds_before',
      ],
      [
        // Days since the attempt before; 0 where there was none.
        `arrayMap((at, before) -> if(before = 0, 0, (at - before) / ${DAY_S}), j_times,
          arraySlice(arrayPushFront(j_times, j_alive_at), 1, length(j_times))) AS j_days`,
      ],
      [
        `arrayMap(days -> exp(-{revives_a_day:Float64} * days), j_days) AS j_stays_dead`,
        `arrayMap(days -> exp(-{dies_a_day:Float64} * days), j_days) AS j_stays_alive`,
      ],
      [
        // The odds now, and then: `oddsOfDeath`.
        `arrayFold((odds, evidence, stays_dead, stays_alive) -> (
            least((odds.1 * stays_dead + 1 - stays_alive) / (odds.1 * (1 - stays_dead) + stays_alive) * evidence, toFloat64(${ODDS_MAX})),
            least((odds.2 + 1 - stays_alive) / stays_alive * evidence, toFloat64(${ODDS_MAX}))),
          j_evidence, j_stays_dead, j_stays_alive, (j_odds_before, j_odds_before)) AS j_odds`,
      ],
      [
        'if(empty(j_suspect), 0, j_odds.1 / (1 + j_odds.1)) AS dead_now',
        'if(empty(j_suspect), 0, j_odds.2 / (1 + j_odds.2)) AS dead',
      ],
    ],
    params: {
      ...lies.params,
      dead_invalid: dead_said.invalid,
      dead_doubtful: dead_said.doubtful,
      dead_quiet: 1 - dead_said.invalid - dead_said.doubtful,
      alive_doubtful,
      alpha: life.alpha,
      beta: life.beta,
      odds_at_first: dead_at_first / (1 - dead_at_first),
      dies_a_day,
      revives_a_day,
    },
  };
}
