import type { SqlParams } from '../attempts/engine/engine.js';
import type { Selection } from './selection.js';

/** Instants that the engine's DateTime can hold; a window may be asked from year 1000 to 9999. */
const DATE_TIME_MAX_S = 2 ** 32 - 1;

/** A day of one campaign is some tens of thousands of attempts, as is an hour of all; more may take the engine seconds. */
const SHORT_MAX_S = { one: 86_400, all: 3_600 };

/** The lane of a report of the selection, by how much it may have to read. */
export function laneOf({ campaign, window }: Selection): 'short' | 'long' {
  return window.until_s - window.from_s <= SHORT_MAX_S[campaign.kind] ? 'short' : 'long';
}

/**
 * The condition that every report begins with, and its values. It uses columns of the key alone, which are the same in all rows
 * of an attempt. So it is exact as PREWHERE beside FINAL, which then merges only the rows that are left and not the whole table.
 */
export function whereSelected(selection: Selection): { sql: string; params: SqlParams } {
  const { operation_id, campaign, window } = selection;
  const conditions = ['operation_id = {operation_id:UInt32}'];
  const params: Record<string, string | number> = {
    operation_id,
    from_s: clamp(window.from_s),
    until_s: clamp(window.until_s),
  };
  if (campaign.kind === 'one') {
    conditions.push('campaign_id = {campaign_id:UInt32}');
    params.campaign_id = campaign.campaign_id;
  }
  conditions.push('dialed_at >= toDateTime({from_s:UInt32})', 'dialed_at < toDateTime({until_s:UInt32})');
  return { sql: conditions.join(' AND '), params };
}

function clamp(seconds: number): number {
  return Math.min(Math.max(seconds, 0), DATE_TIME_MAX_S);
}
