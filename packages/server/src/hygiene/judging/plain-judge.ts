import { REACHES_PERSON, SHOWS_LIFE } from '../attempt-kinds.js';
import type { Judge, Judgement, Knowledge } from './judgement.js';

const KNOWN = 'dialed_at <= toDateTime({as_of:UInt32})';

/** Attempts that the probability of a telephone without any is made of: one in eight reaches a person. */
const PRIOR = { reached: 1, attempts: 8 };

const JUDGEMENT: Judgement = {
  aggregates: [
    `countIf(${KNOWN}) AS j_attempts`,
    `uniqExactIf(toDate(dialed_at), ${KNOWN}) AS j_days`,
    `uniqExactIf(trunk, ${KNOWN}) AS j_trunks`,
    ...['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'].map(
      (code) => `countIf(${KNOWN} AND result = '${code}') AS j_${code}`,
    ),
    `countIf(${KNOWN} AND ${REACHES_PERSON}) AS j_people`,
    `minIf(dialed_at, ${KNOWN}) AS j_first`,
    `maxIf(dialed_at, ${KNOWN}) AS j_last`,
    `maxIf(dialed_at, ${KNOWN} AND ${SHOWS_LIFE}) AS j_alive`,
    `groupArrayIf((dialed_at, trunk), ${KNOWN} AND evidence = 'number_invalid' AND NOT (${SHOWS_LIFE})) AS j_strong`,
  ],
  layers: [
    ['arrayFilter(piece -> piece.1 > j_alive, j_strong) AS j_since'],
    [
      `length(j_since) >= 2 AND (length(arrayDistinct(arrayMap(piece -> toDate(piece.1), j_since))) >= 2
        OR length(arrayDistinct(arrayMap(piece -> piece.2, j_since))) >= 2) AS j_invalid`,
    ],
    [
      `multiIf(j_invalid, 'invalid', j_people > 0, 'reaches_people', j_answer_machine > 0, 'reaches_machines',
        j_no_answer >= 3 AND j_days >= 2, 'rings_out', 'unproven') AS verdict`,
      `(j_people + ${PRIOR.reached}) / (j_attempts + ${PRIOR.attempts}) AS probability`,
    ],
    [
      'verdict AS reason_code',
      'j_attempts AS attempts',
      '0 AS excluded_attempts',
      'j_days AS days',
      'j_trunks AS trunks',
      ...['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'].map(
        (code) => `j_${code} AS ${code}`,
      ),
      'j_people AS people_reached',
      'j_first AS first_dialed_at',
      'j_last AS last_dialed_at',
      'j_alive AS last_alive_at',
    ],
  ],
  params: {},
};

const KNOWLEDGE: Knowledge = {
  judgement: JUDGEMENT,
  in_fault: { sql: '0', params: {} },
  reasonOf: ({ verdict }) => verdict,
};

/** Judges by what each telephone's own attempts say, and knows of no faults. */
export const PLAIN_JUDGE: Judge = { knowledgeAt: async () => KNOWLEDGE };
