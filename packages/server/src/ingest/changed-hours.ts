import type { Change } from '../accounts/data-versions.js';
import type { AttemptRows } from '../attempts/attempt-rows.js';
import { CAMPAIGN_AT, DIALED_AT } from '../attempts/row-layout.js';

const HOUR_S = 3_600;

/**
 * Hours of campaigns whose versions rise one by one: some three weeks of one campaign, and a statement of some milliseconds on
 * the event loop. A change that touches more raises the number that all reports of the operation depend on.
 */
export const CHANGED_HOURS_MAX = 500;

/** What the rows change for reports: the hours in which their attempts were dialed, by campaign. */
export function changedHours(rows: AttemptRows): Change {
  const hours = new Map<number, Set<number>>();
  const bytes = rows.raw;
  let count = 0;
  for (const start of rows.starts) {
    const campaign_id = bytes.readUInt32LE(start + CAMPAIGN_AT);
    const hour = Math.floor(bytes.readUInt32LE(start + DIALED_AT) / HOUR_S);
    const own = hours.get(campaign_id) ?? new Set();
    if (own.has(hour)) continue;
    own.add(hour);
    hours.set(campaign_id, own);
    count += 1;
    if (count > CHANGED_HOURS_MAX) return { kind: 'anything' };
  }
  return { kind: 'attempts', hours };
}
