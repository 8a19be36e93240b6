import { SHARE_REACHED, steps } from './features.js';
import { count, type Figures, IS_PERSON, IS_TRY } from './history.js';

/**
 * What the hour and the weekday add to the chance of an attempt, and how a telephone differs from others in this: whether it was
 * reached more often in a part of the day than at other times. All as the operation's clocks show it.
 */
const BAND_STARTS = [11, 14, 17] as const;
const BANDS = [0, 1, 2, 3] as const;

/** The part of the day: morning, midday, afternoon, evening. */
export function bandOf(hour: number): number {
  return BAND_STARTS.filter((start) => hour >= start).length;
}

const localTime = (instant_s: string) => `toDateTime(${instant_s}, 'UTC')`;
const hourSql = (instant_s: string) => `toHour(${localTime(instant_s)}, {time_zone:String})`;
const bandSql = (hour: string) => `(${BAND_STARTS.map((start) => `(${hour} >= ${start})`).join(' + ')})`;

/** The part of the day of each attempt, beside `PARTS`. */
export const BAND_PART = `arrayMap(x -> toUInt8(${bandSql(hourSql('x'))}), c_times) AS c_bands`;

/** Tries and persons reached in each part of the day. */
export const BAND_FIGURES: Figures = Object.fromEntries(
  BANDS.flatMap((band) => [
    [`c_tries_${band}`, count(`${IS_TRY} AND b = ${band}`, 'c_bands')],
    [`c_reached_${band}`, count(`${IS_PERSON} AND b = ${band}`, 'c_bands')],
  ]),
);

/** How much more often than otherwise the telephone was reached in a part of the day. In the middle step nothing is known. */
const LIKINGS = BANDS.map((band) =>
  steps(
    `liking_${band}`,
    `((c_reached_${band} + 2 * ${SHARE_REACHED}) / (c_tries_${band} + 2) / ${SHARE_REACHED})`,
    [0.6, 0.75, 0.9, 0.99, 1.01, 1.15, 1.4, 1.8],
  ),
);
export const LIKING_LEVELS = 9;

/** The liking of each part of the day, as values over the figures. */
export const LIKING_VALUES = LIKINGS.map(({ name, sql }) => `${sql} AS c_${name}`);
export const LIKING_NAMES = LIKINGS.map(({ name }) => `c_${name}`);

/** The attempt's own hour, weekday (Monday is 1) and liking, as values over these and `c_at`. */
export const HOUR_VALUES = [
  `${hourSql('c_at')} AS c_hour`,
  `toDayOfWeek(${localTime('c_at')}, 0, {time_zone:String}) AS c_weekday`,
  `[${LIKING_NAMES.join(', ')}][1 + ${bandSql(hourSql('c_at'))}] AS c_liking`,
];
