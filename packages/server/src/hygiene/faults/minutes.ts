import { SAYS_INVALID, SHOWS_LIFE } from '../attempt-kinds.js';
import type { Learning } from '../knowledge/learning.js';
import type { MinuteCounts } from './fault.js';

const DAY_S = 86_400;
/** Attempts that one statement counts, so that its reply stays within some megabytes. */
const SLICE_ATTEMPTS = 400_000;

/** A part of the time, in whole days. */
export interface Slice {
  readonly from_s: number;
  readonly until_s: number;
  readonly attempts: number;
}

/** The days with attempts, put together to slices. @param range of what the learning may read; by default all of it */
export async function slicesOf(
  learning: Learning,
  range: { readonly from_s: number; readonly until_s: number } = learning,
): Promise<Slice[]> {
  const { sql, params } = learning.where(range);
  const days = learning.rows(
    `SELECT intDiv(toUInt32(dialed_at), ${DAY_S}) AS day, count() FROM held_by_time WHERE ${sql} GROUP BY day ORDER BY day`,
    params,
  );
  const slices: Slice[] = [];
  for await (const row of days) {
    const [day = 0, attempts = 0] = row.map(Number);
    const last = slices.at(-1);
    const until_s = Math.min(range.until_s, (day + 1) * DAY_S);
    if (last && last.attempts + attempts <= SLICE_ATTEMPTS) {
      slices.splice(-1, 1, { ...last, until_s, attempts: last.attempts + attempts });
    } else slices.push({ from_s: Math.max(range.from_s, day * DAY_S), until_s, attempts });
  }
  return slices;
}

/** The attempts of a slice, counted by minutes or hours, in order of time. @param step_s length of what is counted together */
export async function* countsOf(
  learning: Learning,
  slice: Slice,
  step_s: 60 | 3_600,
): AsyncGenerator<MinuteCounts> {
  const { sql, params } = learning.where(slice);
  const rows = learning.rows(
    `SELECT intDiv(toUInt32(dialed_at), ${step_s}) * ${step_s} AS minute_s, trunk, campaign_id, count(),
       countIf(${SHOWS_LIFE}), countIf(${SAYS_INVALID}), countIf(result = 'congestion'),
       countIf(result = 'failed' AND NOT (${SAYS_INVALID}))
     FROM held_by_time FINAL PREWHERE ${sql}
     GROUP BY minute_s, trunk, campaign_id ORDER BY minute_s, campaign_id, trunk`,
    params,
  );
  for await (const row of rows) {
    const [minute_s, trunk, ...numbers] = row;
    const [campaign_id = 0, attempts = 0, alive = 0, invalid = 0, congested = 0, failed = 0] =
      numbers.map(Number);
    yield {
      minute_s: Number(minute_s),
      trunk: String(trunk),
      campaign_id,
      attempts,
      alive,
      invalid,
      congested,
      failed,
    };
  }
}
