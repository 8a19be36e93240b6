import { KINDS, kindSql, LIVE_KINDS, TRUNK_AT_FAULT } from './attempt-kind.js';

/**
 * The history of a telephone before an attempt, as SQL over `c_attempts`, an Array(UInt64) that is ascending. Training asks what
 * came before each attempt of the array, and a probability asks what came before a moment after all of them. Each figure is
 * written once, by what it counts, and has both forms. All names begin with `c_`, as they stand beside those of other parts.
 *
 * An attempt is one number: its time in seconds, the campaign's place among the known ones (16 bits), and its kind (8 bits).
 * In this order they sort by time.
 */
const CAMPAIGN_BITS = 16;
/** The place of an attempt's campaign among the known ones, over the columns of what holds. */
export const CAMPAIGN_PLACE =
  'transform(campaign_id, {chance_campaigns:Array(UInt32)}, {chance_places:Array(UInt16)}, toUInt16(0))';
const KIND_BITS = 8;

/** An attempt as one number, over the columns of what holds. */
const ATTEMPT = `bitOr(bitOr(
    bitShiftLeft(toUInt64(toUInt32(dialed_at)), ${CAMPAIGN_BITS + KIND_BITS}),
    bitShiftLeft(toUInt64(${CAMPAIGN_PLACE}), ${KIND_BITS})),
  toUInt64(${kindSql(TRUNK_AT_FAULT)}))`;

/** The attempts of a telephone at or before a moment, as an aggregate `c_gathered`. */
export const GATHERED = `groupArrayIf(${ATTEMPT}, dialed_at <= toDateTime({as_of:UInt32})) AS c_gathered`;
export const SORTED = 'arraySort(c_gathered) AS c_attempts';

/** The parameters of `GATHERED` besides `as_of`. @param campaigns the known ones; the first is at place 1 */
export function campaignParams(campaigns: readonly number[]): Readonly<Record<string, string>> {
  // The engine cannot look up in an empty list. No campaign has the number 0, and its place is nobody's.
  const known = [0, ...campaigns];
  return {
    chance_campaigns: `[${known.join(',')}]`,
    chance_places: `[${known.map((_, place) => place).join(',')}]`,
  };
}

/** What `c_attempts` holds, as arrays. */
export const PARTS = [
  `arrayMap(x -> toUInt8(bitAnd(x, ${2 ** KIND_BITS - 1})), c_attempts) AS c_kinds`,
  `arrayMap(x -> toUInt16(bitAnd(bitShiftRight(x, ${KIND_BITS}), ${2 ** CAMPAIGN_BITS - 1})), c_attempts) AS c_campaigns`,
  `arrayMap(x -> toUInt32(bitShiftRight(x, ${CAMPAIGN_BITS + KIND_BITS})), c_attempts) AS c_times`,
];

/** A figure of a history: an array with its value before each attempt, or its value after all of them. */
export interface Figure {
  readonly before_each: string;
  readonly after_all: string;
}

/** A condition on an attempt, as SQL over its kind `k`. */
type Condition = string;
export const IS_TRY: Condition = `k != ${KINDS.none}`;
export const IS_PERSON: Condition = `k = ${KINDS.person}`;
const IS_INVALID: Condition = `k = ${KINDS.invalid}`;
const IS_LIFE: Condition = `if(k >= ${LIVE_KINDS[0]}, k <= ${LIVE_KINDS[1]}, 0)`;

/** An array moved by one: what was there before the attempt. */
const moved = (array: string) => `arrayPopBack(arrayPushFront(${array}, 0))`;
/** In place of each 0 the value before it that is not 0, if there is one. */
const filled = (array: string) => `arrayFill(x -> x != 0, ${array})`;

/** @param beside an array with a value `b` for each attempt, which the condition looks at as well */
export function count(counted: Condition, beside?: string): Figure {
  const lambda =
    beside === undefined ? `k -> ${counted}, c_kinds` : `(k, b) -> ${counted}, c_kinds, ${beside}`;
  return { before_each: moved(`arrayCumSum(${lambda})`), after_all: `arrayCount(${lambda})` };
}

/** What the latest attempt of these has in `array`, which is nowhere 0; 0 if there was none. */
function latest(array: string, of: Condition): Figure {
  return {
    before_each: moved(filled(`arrayMap((k, x) -> if(${of}, x, 0), c_kinds, ${array})`)),
    after_all: `${array}[arrayLastIndex(k -> ${of}, c_kinds)]`,
  };
}

/** How many came since the latest attempt of the others; all, if there was none of those. */
function countSince(since: Condition, counted: Condition): Figure {
  const until = `arrayCumSum(k -> ${counted}, c_kinds)`;
  // One more, so that none before the latest is not 0.
  const at_latest = filled(`arrayMap((k, n) -> if(${since}, n + 1, 0), c_kinds, ${until})`);
  return {
    before_each: moved(`arrayMap((n, l) -> n - if(l = 0, 0, l - 1), ${until}, ${at_latest})`),
    after_all: `arrayCount(k -> ${counted}, arraySlice(c_kinds, arrayLastIndex(k -> ${since}, c_kinds) + 1))`,
  };
}

/** The time of the nth attempt before, faults of the trunk included; 0 if there is none. */
function earlier(nth: number): Figure {
  return {
    before_each: Array.from({ length: nth }).reduce<string>(moved, 'c_times'),
    after_all: `if(length(c_times) < ${nth}, 0, c_times[-${nth}])`,
  };
}

/** Figures by their names in SQL. */
export type Figures = Readonly<Record<string, Figure>>;

/** The figures that features are made of. Times are seconds since 1970, and 0 for never. */
export const FIGURES: Figures = {
  /** Attempts that say something about the telephone. */
  c_tries: count(IS_TRY),
  c_reached: count(IS_PERSON),
  c_last_kind: latest('c_kinds', IS_TRY),
  c_last_at: latest('c_times', IS_TRY),
  c_person_at: latest('c_times', IS_PERSON),
  c_life_at: latest('c_times', IS_LIFE),
  /** Tries since a person was reached. */
  c_streak: countSince(IS_PERSON, IS_TRY),
  /** Strong evidence that the number is invalid, since the line last showed life. */
  c_invalid: countSince(IS_LIFE, IS_INVALID),
  c_time_1: earlier(1),
  c_time_2: earlier(2),
  c_time_3: earlier(3),
};

/** An attempt's own values beside the figures of what was before it: when it is dialed, by which campaign, and how it ended. */
const OWN = { c_kind: 'c_kinds', c_campaign: 'c_campaigns', c_at: 'c_times' } as const;

/** The figures after all attempts, as values by their names. */
export function afterAll(figures: Figures): string[] {
  return Object.entries(figures).map(([name, { after_all }]) => `${after_all} AS ${name}`);
}

/** A statement with a row for each attempt of the telephones of a statement with `c_kinds`, `c_campaigns` and `c_times`. */
export function eachAttempt(figures: Figures, telephones: string): string {
  const arrays = Object.entries(figures).map(([name, { before_each }]) => `${before_each} AS ${name}`);
  const own = Object.entries(OWN).map(([name, array]) => `${array} AS ${name}`);
  const names = [...Object.keys(figures), ...Object.keys(OWN)].join(', ');
  return `SELECT ${names} FROM (SELECT ${[...arrays, ...own].join(', ')} FROM (${telephones})) ARRAY JOIN ${names}`;
}
