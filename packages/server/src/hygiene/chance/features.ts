/**
 * The features of an attempt, made of the figures of its history (`history.ts`) and of its own time `at`. Each has few levels,
 * so that attempts fall into cells. What carries information is from models of call histories: Durrant, D'Arrigo and Steele
 * (2011), Wagner (2013); trunks that lie and numbers that die are this field's own.
 */
export interface Feature {
  readonly name: string;
  /** SQL of a number from 0 up to, but not including, `levels`. */
  readonly sql: string;
  readonly levels: number;
}

const DAY_S = 86_400;

/** The number of the step that a value has reached: 0 below the first. Steps are ascending. */
function steps(name: string, value: string, edges: readonly number[]): Feature {
  const reached = edges.map((edge) => `(${value} >= ${edge})`);
  return { name, sql: `toUInt8(${reached.join(' + ')})`, levels: edges.length + 1 };
}

/** As `steps`, of a time since something; 0 if it never was. */
function stepsSince(name: string, instant: string, edges_s: readonly number[]): Feature {
  const since = steps(name, `(at - ${instant})`, edges_s);
  return { name, sql: `if(${instant} = 0, 0, 1 + ${since.sql})`, levels: since.levels + 1 };
}

const TRIES = steps('tries', 'tries', [1, 2, 3, 4, 5, 7, 10, 15, 25]);

/** The share of tries that reached a person, drawn a little towards a sixth: with few tries each pair of counts has its own step. */
const RATE = steps(
  'rate',
  '((reached + 0.5) / (tries + 3))',
  [0.02, 0.04, 0.06, 0.08, 0.11, 0.15, 0.2, 0.25, 0.3, 0.37, 0.45, 0.55, 0.65],
);

const LAST: Feature = { name: 'last', sql: 'last_kind', levels: 7 };

/** Where nobody was ever reached, this is the number of tries. */
const STREAK: Feature = (() => {
  const streak = steps('streak', 'streak', [1, 2, 4, 7]);
  return { ...streak, sql: `if(person_at = 0, 0, ${streak.sql})` };
})();

const SINCE_LAST = stepsSince('since_last', 'last_at', [
  DAY_S / 6,
  DAY_S * 0.75,
  DAY_S * 1.5,
  DAY_S * 3.5,
  DAY_S * 8,
  DAY_S * 20,
]);
const SINCE_PERSON = stepsSince('since_person', 'person_at', [
  DAY_S * 0.75,
  DAY_S * 2.5,
  DAY_S * 6,
  DAY_S * 14,
  DAY_S * 30,
]);

/** Attempts of the last three days, up to three: they wear a person out. */
const SHORTLY: Feature = {
  name: 'shortly',
  sql: `toUInt8(${['time_1', 'time_2', 'time_3'].map((time) => `(at < ${time} + ${3 * DAY_S})`).join(' + ')})`,
  levels: 4,
};

const LIFE: Feature = { name: 'life', sql: 'toUInt8(life_at != 0)', levels: 2 };
const INVALID = steps('invalid', 'invalid', [1, 2, 3]);

/** In the order in which they are digits of a cell's number; the campaign comes after them. */
export const FEATURES = [
  TRIES,
  RATE,
  LAST,
  STREAK,
  SINCE_LAST,
  SHORTLY,
  SINCE_PERSON,
  LIFE,
  INVALID,
] as const;

/** Features whose levels together have effects of their own, beside the effect of each. */
export const PAIRS: readonly (readonly [Feature, Feature])[] = [
  [TRIES, RATE],
  [RATE, LAST],
  [TRIES, LAST],
  [LAST, SINCE_LAST],
  [RATE, SINCE_PERSON],
  [INVALID, LIFE],
];

/** The number of a cell: its features as digits, of mixed bases. SQL of a UInt64. */
export const CELL = FEATURES.reduceRight(
  (rest, { name, levels }) => `(${rest}) * ${levels} + f_${name}`,
  'toUInt64(campaign)',
);

/** The features as values `f_name`, over the figures, `at` and `campaign`. */
export const FEATURE_VALUES = FEATURES.map(({ name, sql }) => `${sql} AS f_${name}`);
