import type { Numbering } from '@recuento/contract';
import { ATTEMPTS, type Judged as JudgedSql } from '../src/hygiene/judging/judgement.js';
import { lineSql } from '../src/hygiene/spellings/line-sql.js';
import { numberPlanOf } from '../src/hygiene/spellings/number-plan.js';
import { type Judged, reachesPerson, second, type World } from './model/rules.js';

const KNOWN = 'dialed_at <= toDateTime({as_of:UInt32})';

/** Faults of the tests' world: one trunk, from one second up to, not including, another. */
export interface PlainFault {
  readonly trunk: string;
  readonly from_s: number;
  readonly until_s: number;
}

/** Knowledge made by hand: two strong pieces make a number invalid, and the rest is as simple. */
export function plainKnowledge(
  { trunk, from_s, until_s }: PlainFault,
  as_of_s: number,
  numbering: Numbering | null = null,
): JudgedSql {
  const lines = lineSql(numberPlanOf(numbering));
  const judging = {
    aggregates: [
      `groupArrayIf(result, ${KNOWN}) AS ${ATTEMPTS}`,
      `countIf(${KNOWN}) AS j_attempts`,
      `countIf(${KNOWN} AND evidence = 'number_invalid' AND result = 'failed') AS j_strong`,
      `countIf(${KNOWN} AND result IN ('answer', 'abandon', 'recall', 'do_not_call') AND amd != 'machine') AS j_people`,
      `minIf(dialed_at, ${KNOWN}) AS j_first`,
      `maxIf(dialed_at, ${KNOWN}) AS j_last`,
    ],
    layers: [
      [
        `multiIf(j_strong >= 2, 'invalid', j_people > 0, 'reaches_people', j_strong = 1, 'trunk_fault', 'unproven') AS v_verdict`,
        '(j_people + 1) / (j_attempts + 8) AS v_probability',
        'toUInt32(j_attempts) AS v_attempts',
        'j_first AS v_first_dialed_at',
        'j_last AS v_last_dialed_at',
        "CAST(NULL, 'Nullable(DateTime(''UTC''))') AS v_last_alive_at",
      ],
      [
        "'too_little_known' AS v_reason_code",
        'v_verdict AS v_reason',
        ...['excluded_attempts', 'days', 'trunks', 'people_reached', 'no_answer', 'answer_machine'].map(zero),
        ...['busy', 'congestion', 'failed'].map(zero),
      ],
    ],
  };
  return {
    judgement: {
      ...judging,
      lines,
      verdict_alone: judging,
      needed: {
        invalid: `countIf(${KNOWN} AND evidence = 'number_invalid') >= 2`,
        reaches_people: `countIf(${KNOWN} AND result != 'no_answer') > 0`,
        trunk_fault: `countIf(${KNOWN} AND evidence = 'number_invalid') > 0`,
      },
      params: { ...lines.params, as_of: as_of_s },
    },
    in_fault: {
      sql: `trunk = {f_trunk:String} AND dialed_at >= toDateTime({f_from:UInt32}) AND dialed_at < toDateTime({f_until:UInt32})`,
      params: { f_trunk: trunk, f_from: from_s, f_until: until_s },
    },
  };
}

const zero = (name: string) => `toUInt32(0) AS v_${name}`;

/** The same in plain memory. */
export function plainWorld(
  { trunk, from_s, until_s }: PlainFault,
  hash: (attempt_id: string) => bigint,
  lineOf: (telephone: string) => string = (telephone) => telephone,
): World {
  return {
    hash,
    lineOf,
    in_fault: (one) => one.trunk === trunk && second(one) >= from_s && second(one) < until_s,
    judged: (known): Judged => {
      const strong = known.filter((one) => one.result === 'failed' && one.sip === 404).length;
      const people = known.filter(reachesPerson).length;
      const probability = (people + 1) / (known.length + 8);
      if (strong >= 2) return { verdict: 'invalid', probability };
      if (people > 0) return { verdict: 'reaches_people', probability };
      return { verdict: strong === 1 ? 'trunk_fault' : 'unproven', probability };
    },
  };
}
