import {
  type Language,
  MACHINE_RECOGNITIONS,
  REASONS,
  type ReasonValue,
  type Verdict,
} from '@recuento/contract';
import type { Judgement } from './judgement.js';
import { dayOf, hasCode, is, secondOf, sourceOf } from './packed.js';

/** A number is called invalid on no fewer words of the network, and on as many different days or trunks. */
export const INVALID_SAID_MIN = 2;
/** However sure its death was: where this or less is left of it by what came later, the number may be somebody else's. */
const STILL_DEAD = 0.3;
/** A number rings out when it rang or was busy so often, on so many days, and more often than anything else happened. */
export const RANG_MIN = 3;
const RANG_DAYS_MIN = 2;

const rings_out = `if(j_rang >= ${RANG_MIN}, if(j_rang_days >= ${RANG_DAYS_MIN}, j_rang * 2 > length(j_recent), 0), 0)`;

/** A condition, the reason that it is, and the verdict that it has. */
type Case = readonly [condition: string, reason: keyof typeof REASONS, verdict: Verdict];

/** The first condition that holds is the reason, and has the verdict. */
const CASES: readonly Case[] = [
  [`if(j_is_invalid, invalid_days >= ${INVALID_SAID_MIN}, 0)`, 'invalid_on_days', 'invalid'],
  ['j_is_invalid', 'invalid_on_trunks', 'invalid'],
  ['j_people > 0', 'person_reached', 'reaches_people'],
  ['j_machines > 0', 'machine_answered', 'reaches_machines'],
  ['j_is_old', 'not_dialed_lately', 'unproven'],
  ['empty(j_recent)', 'only_faults', 'trunk_fault'],
  ['j_rings_out', 'nobody_answered', 'rings_out'],
  ['j_is_proven', 'word_not_trusted', 'unproven'],
  ['invalid_said > 0', 'invalid_not_repeated', 'unproven'],
];
const OTHERWISE: Case = ['', 'too_little_known', 'unproven'];

/** Layers of a judgement. `counts` and `columns` need what the first of `deathOf` has, and `verdict` all of it. */
interface VerdictSql {
  readonly counts: Judgement['layers'];
  readonly verdict: Judgement['layers'];
  /** What else is told beside the verdict: one layer of columns, and the reason, which needs all layers above. */
  readonly columns: readonly string[];
  readonly reason: readonly string[];
  readonly params: Judgement['params'];
}

/**
 * The verdict and its reason, from the telephone's attempts in order (`j_all`, packed), and what `deathOf` found. The verdict
 * looks at the attempts of the last `EVIDENCE_S` outside of faults alone; the columns are of all attempts.
 */
export function verdictOf(sure_from: number, time_zone: string, language: Language): VerdictSql {
  const count = (condition: string, list = 'j_all') => `toUInt32(arrayCount(one -> ${condition}, ${list}))`;
  const at = (packed: string) => `toDateTime(${secondOf(packed)}, 'UTC')`;
  const rang = `if(${hasCode('no_answer')}, 1, ${hasCode('busy')})`;
  return {
    counts: [
      [
        `${at('arrayElement(j_all, -1)')} AS v_last_dialed_at`,
        `${count(is('person'), 'j_recent')} AS j_people`,
        `${count(is('machine'), 'j_recent')} AS j_machines`,
        `arrayFilter(one -> ${rang}, j_recent) AS j_rings`,
      ],
      [
        'length(j_rings) AS j_rang',
        `length(arrayCompact(arrayMap(one -> ${dayOf()}, j_rings))) AS j_rang_days`,
      ],
    ],
    // Conditions are named, and asked once: the engine takes long to read many at once.
    verdict: [
      [
        `if(invalid_said >= ${INVALID_SAID_MIN}, greatest(invalid_days, invalid_trunks) >= ${INVALID_SAID_MIN}, 0) AS j_is_proven`,
        `if(dead >= {sure_from:Float64}, dead_now >= ${STILL_DEAD}, 0) AS j_is_dead`,
        'v_last_dialed_at <= toDateTime({evidence_from:UInt32}) AS j_is_old',
        `${rings_out} AS j_rings_out`,
      ],
      ['if(j_is_proven, j_is_dead, 0) AS j_is_invalid'],
      [
        `multiIf(${CASES.map(([condition], at) => `${condition}, ${at + 1}`).join(', ')}, ${CASES.length + 1}) AS j_case`,
      ],
      [`${inCase(([, , verdict]) => quoted(verdict))} AS v_verdict`],
    ],
    columns: [
      'toUInt32(length(j_all)) AS v_attempts',
      `${count(is('in_fault'))} AS v_excluded_attempts`,
      `toUInt32(length(arrayCompact(arrayMap(one -> ${dayOf()}, j_all)))) AS v_days`,
      `toUInt32(arrayUniq(arrayMap(one -> ${sourceOf()}, arrayFilter(one -> ${is('trunk_told')}, j_all)))) AS v_trunks`,
      ...MACHINE_RECOGNITIONS.map((code) => `${count(hasCode(code))} AS v_${code}`),
      `${count(is('person'))} AS v_people_reached`,
      `${at('arrayElement(j_all, 1)')} AS v_first_dialed_at`,
      `nullIf(${at('j_alive')}, toDateTime(0, 'UTC')) AS v_last_alive_at`,
      `${at(`arrayLast(one -> ${is('person')}, j_all)`)} AS j_person_at`,
      `${at(`arrayLast(one -> ${is('machine')}, j_all)`)} AS j_machine_at`,
    ],
    reason: [`${inCase(([, code]) => quoted(code))} AS v_reason_code`, `${sentence(language)} AS v_reason`],
    params: { sure_from, time_zone },
  };
}

/** What a case has, by its number. */
function inCase(of: (one: Case) => string): string {
  return `arrayElement([${[...CASES, OTHERWISE].map(of).join(', ')}], j_case)`;
}

const on = (instant: string) => `formatDateTime(${instant}, '%Y-%m-%d', {time_zone:String})`;

const VALUES: Readonly<Record<ReasonValue, string>> = {
  attempts: 'toString(v_attempts)',
  days: 'toString(v_days)',
  excluded_attempts: 'toString(v_excluded_attempts)',
  people_reached: 'toString(v_people_reached)',
  machines: 'toString(j_machines)',
  rang: 'toString(j_rang)',
  invalid_said: 'toString(invalid_said)',
  invalid_days: 'toString(invalid_days)',
  invalid_trunks: 'toString(invalid_trunks)',
  invalid_last_on: on(`toDateTime(invalid_last_at, 'UTC')`),
  person_last_on: on('j_person_at'),
  machine_last_on: on('j_machine_at'),
  last_dialed_on: on('v_last_dialed_at'),
};

/** The sentence of the reason, put together by the engine. */
function sentence(language: Language): string {
  const of = ([, code]: Case) => sentenceSql(REASONS[code][language]);
  const cases = CASES.map((one, at) => `j_case = ${at + 1}, ${of(one)}`);
  return `multiIf(${cases.join(', ')}, ${of(OTHERWISE)})`;
}

function sentenceSql(sentence: string): string {
  const parts = sentence.split(/\{(\w+)\}/);
  const pieces = parts.map((part, index) => (index % 2 === 0 ? quoted(part) : VALUES[part as ReasonValue]));
  return `concat(${[...pieces, "''"].join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
