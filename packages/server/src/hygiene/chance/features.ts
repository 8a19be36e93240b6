/**
 * The features of an attempt, made of the figures of its history (`history.ts`) and of its own time `c_at`. Each has few levels,
 * so that attempts fall into cells. What carries information is from models of call histories: Durrant, D'Arrigo and Steele
 * (2011), Wagner (2013). That trunks lie and numbers die is this field's own.
 */
export interface Feature {
  readonly name: string;
  /** SQL of a number from 0 up to, but not including, `levels`. */
  readonly sql: string;
  readonly levels: number;
  /** Whether neighbouring levels are alike. */
  readonly ordered: boolean;
}

const DAY_S = 86_400;

/** The number of the step that a value has reached: 0 below the first. Steps are ascending. */
export function steps(name: string, value: string, edges: readonly number[]): Feature {
  const reached = edges.map((edge) => `(${value} >= ${edge})`);
  return { name, sql: `toUInt8(${reached.join(' + ')})`, levels: edges.length + 1, ordered: true };
}

/** As `steps`, of the time since an instant; 0 if it never was. */
function stepsSince(name: string, instant: string, edges_s: readonly number[]): Feature {
  const since = steps(name, `(c_at - ${instant})`, edges_s);
  return { ...since, sql: `if(${instant} = 0, 0, 1 + ${since.sql})`, levels: since.levels + 1 };
}

const TRIES = steps('tries', 'c_tries', [1, 2, 3, 4, 5, 7, 10, 15, 25]);

/**
 * The share of tries that reached a person, drawn a little towards a sixth. With few tries each pair of counts has a step of its
 * own.
 */
export const SHARE_REACHED = '((c_reached + 0.5) / (c_tries + 3))';
const RATE = steps(
  'rate',
  SHARE_REACHED,
  [0.02, 0.04, 0.06, 0.08, 0.11, 0.15, 0.2, 0.25, 0.3, 0.37, 0.45, 0.55, 0.65],
);

/** How the last try ended. */
const LAST: Feature = { name: 'last', sql: 'c_last_kind', levels: 7, ordered: false };

/** Tries since a person was reached; where nobody ever was, `tries` has them. */
const RUN = steps('streak', 'c_streak', [1, 2, 4, 7]);
const STREAK: Feature = { ...RUN, sql: `if(c_person_at = 0, 0, ${RUN.sql})` };

const SINCE_LAST = stepsSince(
  'since_last',
  'c_last_at',
  [1 / 6, 0.75, 1.5, 3.5, 8, 20].map((days) => days * DAY_S),
);
const SINCE_PERSON = stepsSince(
  'since_person',
  'c_person_at',
  [0.75, 2.5, 6, 14, 30].map((days) => days * DAY_S),
);

/** Attempts of the last three days, up to three: they wear a person out. */
const SHORTLY: Feature = {
  name: 'shortly',
  sql: `toUInt8(${['c_time_1', 'c_time_2', 'c_time_3'].map((time) => `(c_at < ${time} + ${3 * DAY_S})`).join(' + ')})`,
  levels: 4,
  ordered: true,
};

/** Whether the line ever showed life. */
const LIFE: Feature = { name: 'life', sql: 'toUInt8(c_life_at != 0)', levels: 2, ordered: false };
/** Strong evidence that the number is invalid, since then. */
const INVALID = steps('invalid', 'c_invalid', [1, 2, 3]);

/** In the order in which they are digits of a cell's number; the campaign comes after them. */
export const FEATURES: readonly Feature[] = [
  TRIES,
  RATE,
  LAST,
  STREAK,
  SINCE_LAST,
  SHORTLY,
  SINCE_PERSON,
  LIFE,
  INVALID,
];

/** Features whose levels together have effects of their own, beside the effect of each. More of these did not predict better. */
export const PAIRS: readonly (readonly [Feature, Feature])[] = [
  [TRIES, RATE],
  [LAST, SINCE_LAST],
  [INVALID, LIFE],
];

/** The name of a feature's level in SQL. */
export const levelIn = ({ name }: Feature) => `c_f_${name}`;

/** The features as values, over the figures, `c_at` and `c_campaign`. */
export const FEATURE_VALUES = FEATURES.map((feature) => `${feature.sql} AS ${levelIn(feature)}`);

/** The number of a cell: its features as digits, of mixed bases. SQL of a UInt64 over the values. */
export const CELL = FEATURES.reduceRight(
  (rest, feature) => `(${rest}) * ${feature.levels} + ${levelIn(feature)}`,
  'toUInt64(c_campaign)',
);

const CAMPAIGN_BASE = FEATURES.reduce((product, { levels }) => product * levels, 1);

/** The place of the campaign in a cell's number. */
export function campaignOf(cell: number): number {
  return Math.floor(cell / CAMPAIGN_BASE);
}
