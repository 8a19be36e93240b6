import { REACHES_PERSON, SAYS_INVALID, SAYS_TRUNK, SHOWS_LIFE } from '../attempt-kinds.js';
import { slicesOf } from '../faults/minutes.js';
import type { Learning } from '../knowledge/learning.js';
import {
  type Counts,
  HOUR_S,
  type HourOfPlace,
  MINUTE_S,
  type MinuteOfCell,
  OPERATION,
  ofCampaign,
  ofTrunk,
  SLOT_S,
} from './counts.js';

/** Time that is read: from the first second up to, not including, the last. */
export interface Stretch {
  readonly from_s: number;
  readonly until_s: number;
}

const COUNTS = `count(), countIf(${SHOWS_LIFE}), countIf(${REACHES_PERSON}),
  countIf(result = 'answer_machine' OR (amd = 'machine' AND ${SHOWS_LIFE})), countIf(${SAYS_INVALID}),
  countIf(result = 'congestion'), countIf(result = 'failed' AND NOT (${SAYS_INVALID})),
  countIf(${SAYS_TRUNK})`;

/** In order of time, and always in the same order within a minute. */
export async function* minutesOf(learning: Learning, stretch: Stretch): AsyncGenerator<MinuteOfCell> {
  for (const slice of await slicesOf(learning, stretch)) {
    const { sql, params } = learning.where(slice);
    const rows = learning.rows(
      `SELECT intDiv(toUInt32(dialed_at), ${MINUTE_S}) * ${MINUTE_S} AS minute_s, trunk, campaign_id, ${COUNTS}
       FROM held_by_time FINAL PREWHERE ${sql}
       GROUP BY minute_s, trunk, campaign_id ORDER BY minute_s, campaign_id, trunk`,
      params,
    );
    for await (const [minute_s, trunk, campaign_id, ...counts] of rows) {
      yield {
        minute_s: Number(minute_s),
        trunk: String(trunk),
        campaign_id: Number(campaign_id),
        ...countsOf(counts),
      };
    }
  }
}

/** In order of time. */
export async function* hoursOf(learning: Learning, stretch: Stretch): AsyncGenerator<HourOfPlace> {
  for (const slice of await slicesOf(learning, stretch)) {
    const { sql, params } = learning.where(slice);
    const rows = learning.rows(
      `SELECT intDiv(toUInt32(dialed_at), ${HOUR_S}) * ${HOUR_S} AS hour_s, trunk, campaign_id,
         grouping(trunk) AS of_all_trunks, grouping(campaign_id) AS of_all_campaigns,
         groupBitOr(bitShiftLeft(toUInt8(1), intDiv(toUInt32(dialed_at), ${SLOT_S}) % ${HOUR_S / SLOT_S})), ${COUNTS}
       FROM held_by_time FINAL PREWHERE ${sql}
       GROUP BY GROUPING SETS ((hour_s), (hour_s, campaign_id), (hour_s, trunk))
       ORDER BY hour_s, of_all_trunks, of_all_campaigns, campaign_id, trunk`,
      params,
    );
    for await (const row of rows) {
      const [hour_s, trunk, campaign_id, of_all_trunks, of_all_campaigns, slots, ...counts] = row;
      const place = placeOf(
        Number(of_all_trunks) === 1 ? undefined : String(trunk),
        Number(of_all_campaigns) === 1 ? undefined : Number(campaign_id),
      );
      if (place === undefined) continue;
      yield { hour_s: Number(hour_s), place, slots: Number(slots), ...countsOf(counts) };
    }
  }
}

/** undefined: attempts that tell no trunk are at none. */
function placeOf(trunk: string | undefined, campaign_id: number | undefined): string | undefined {
  if (campaign_id !== undefined) return ofCampaign(campaign_id);
  if (trunk === undefined) return OPERATION;
  return trunk === '' ? undefined : ofTrunk(trunk);
}

function countsOf(row: readonly unknown[]): Counts {
  const [
    attempts = 0,
    alive = 0,
    people = 0,
    machines = 0,
    invalid = 0,
    congested = 0,
    failed = 0,
    refused = 0,
  ] = row.map(Number);
  return { attempts, alive, people, machines, invalid, congested, failed, refused };
}
