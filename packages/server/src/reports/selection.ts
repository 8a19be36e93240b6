import { FIELD_LIMITS, RecuentoError } from '@recuento/contract';
import type { Window } from '../time/window.js';

/** One campaign of the operation, or all of them. */
export type CampaignSelector =
  | { readonly kind: 'one'; readonly campaign_id: number }
  | { readonly kind: 'all' };

/** What a report is about. Every report is of exactly one operation. */
export interface Selection {
  readonly operation_id: number;
  readonly campaign: CampaignSelector;
  readonly window: Window;
  /** The operation's: of the window, and of what a report says about time. */
  readonly time_zone: string;
}

/**
 * Reads `campaign_id`: a number or `all` in any case (seed page, "Request"; `ALL` is seen in the field).
 *
 * A number that no campaign can have is well-formed all the same: it finds nothing.
 *
 * @throws RecuentoError bad-parameter
 */
export function parseCampaignSelector(value: string): CampaignSelector {
  if (value.toLowerCase() === 'all') return { kind: 'all' };
  const form = 'the number of a campaign, or all';
  return { kind: 'one', campaign_id: parseCampaignNumber('campaign_id', value, form) };
}

/** Reads a campaign's number; 0, which no campaign has, when none can have it. @throws RecuentoError bad-parameter */
export function parseCampaignNumber(
  parameter: string,
  value: string,
  form = 'the number of a campaign',
): number {
  if (!/^\d{1,20}$/.test(value)) throw new RecuentoError('bad-parameter', { values: { parameter, form } });
  const number = Number(value);
  return number > FIELD_LIMITS.campaign_id_max ? 0 : number;
}
