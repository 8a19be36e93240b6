import { KINDS, kindSql, LIVE_KINDS, TRUNK_AT_FAULT } from './attempt-kind.js';

/**
 * The history of a telephone before an attempt, as SQL over `attempts`, an Array(UInt64) that is ascending. Training asks what
 * came before each attempt of the array, and a probability asks what came before a moment after all of them. Each figure is
 * written once, by what it counts, and has both forms.
 *
 * An attempt is one number: its time in seconds, the campaign's place among the known ones (16 bits), and its kind (8 bits).
 * In this order they sort by time.
 */
const CAMPAIGN_BITS = 16;
const KIND_BITS = 8;

/** The place of a campaign among the known ones, from 1; 0 for any other. @param id SQL of its number */
export function campaignPlace(id: string): string {
  return `toUInt16(indexOf({chance_campaigns:Array(UInt32)}, ${id}))`;
}

/** An attempt as one number, over the columns of what holds. */
export const ATTEMPT = `bitOr(bitOr(
    bitShiftLeft(toUInt64(toUInt32(dialed_at)), ${CAMPAIGN_BITS + KIND_BITS}),
    bitShiftLeft(toUInt64(${campaignPlace('campaign_id')}), ${KIND_BITS})),
  toUInt64(${kindSql(TRUNK_AT_FAULT)}))`;

/** What `attempts` holds, as three arrays. */
export const PARTS = [
  `arrayMap(x -> toUInt8(bitAnd(x, ${2 ** KIND_BITS - 1})), attempts) AS kinds`,
  `arrayMap(x -> toUInt16(bitAnd(bitShiftRight(x, ${KIND_BITS}), ${2 ** CAMPAIGN_BITS - 1})), attempts) AS campaigns`,
  `arrayMap(x -> toUInt32(bitShiftRight(x, ${CAMPAIGN_BITS + KIND_BITS})), attempts) AS times`,
];

/** A figure of a history: an array with its value before each attempt, or its value after all of them. */
interface Figure {
  readonly before_each: string;
  readonly after_all: string;
}

/** A condition of a kind, as SQL over `k`. */
type Condition = string;
const IS_TRY: Condition = `k != ${KINDS.none}`;
const IS_PERSON: Condition = `k = ${KINDS.person}`;
const IS_INVALID: Condition = `k = ${KINDS.invalid}`;
const IS_LIFE: Condition = `k >= ${LIVE_KINDS[0]} AND k <= ${LIVE_KINDS[1]}`;

/** An array moved by one: what was there before the attempt. */
const moved = (array: string) => `arrayPopBack(arrayPushFront(${array}, 0))`;
/** In place of each 0 the value before it that is not 0, if there is one. */
const filled = (array: string) => `arrayFill(x -> x != 0, ${array})`;

function count(counted: Condition): Figure {
  return {
    before_each: moved(`arrayCumSum(k -> ${counted}, kinds)`),
    after_all: `arrayCount(k -> ${counted}, kinds)`,
  };
}

/** What the latest attempt of these has in `array` ('kinds', 'times'), which is nowhere 0; 0 if there was none. */
function latest(array: string, of: Condition): Figure {
  return {
    before_each: moved(filled(`arrayMap((k, x) -> if(${of}, x, 0), kinds, ${array})`)),
    after_all: `${array}[arrayLastIndex(k -> ${of}, kinds)]`,
  };
}

/** How many came since the latest attempt of the others; all, if there was none of those. */
function countSince(since: Condition, counted: Condition): Figure {
  // One more, so that none before the latest is not 0.
  const until = `arrayCumSum(k -> ${counted}, kinds)`;
  const at_latest = filled(`arrayMap((k, n) -> if(${since}, n + 1, 0), kinds, ${until})`);
  return {
    before_each: moved(`arrayMap((n, l) -> n - if(l = 0, 0, l - 1), ${until}, ${at_latest})`),
    after_all: `arrayCount(k -> ${counted}, arraySlice(kinds, arrayLastIndex(k -> ${since}, kinds) + 1))`,
  };
}

/** The time of the nth attempt before, faults of the trunk included; 0 if there is none. */
function earlier(nth: number): Figure {
  return {
    before_each: Array.from({ length: nth }).reduce<string>((array) => moved(array), 'times'),
    after_all: `if(length(times) < ${nth}, 0, times[-${nth}])`,
  };
}

/** The figures that features are made of, by their names in SQL. Times are seconds since 1970, and 0 for never. */
const FIGURES = {
  /** Attempts that say something about the telephone. */
  tries: count(IS_TRY),
  reached: count(IS_PERSON),
  last_kind: latest('kinds', IS_TRY),
  last_at: latest('times', IS_TRY),
  person_at: latest('times', IS_PERSON),
  life_at: latest('times', IS_LIFE),
  /** Tries since a person was reached. */
  streak: countSince(IS_PERSON, IS_TRY),
  /** Strong evidence that the number is invalid, since the line last showed life. */
  invalid: countSince(IS_LIFE, IS_INVALID),
  time_1: earlier(1),
  time_2: earlier(2),
  time_3: earlier(3),
} as const satisfies Readonly<Record<string, Figure>>;

const NAMES = Object.keys(FIGURES) as (keyof typeof FIGURES)[];

/** Arrays with a value for each attempt, to be joined: the figures before it, and its own kind, campaign and time. */
export const BEFORE_EACH = [
  ...NAMES.map((name) => `${FIGURES[name].before_each} AS ${name}`),
  'kinds AS kind',
  'campaigns AS campaign',
  'times AS at',
];
export const JOINED = [...NAMES, 'kind', 'campaign', 'at'].join(', ');

/** The figures after all attempts, as values by the same names. */
export const AFTER_ALL = NAMES.map((name) => `${FIGURES[name].after_all} AS ${name}`);
