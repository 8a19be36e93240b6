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

const FORM = 'the number of a campaign, or all';

/**
 * Reads `campaign_id`: a number or `all` in any case (seed page, "Request"; `ALL` is seen in the field).
 *
 * A number that no campaign can have is well-formed all the same: it finds nothing.
 *
 * @throws RecuentoError bad-parameter
 */
export function parseCampaignSelector(value: string): CampaignSelector {
  if (value.toLowerCase() === 'all') return { kind: 'all' };
  if (!/^\d{1,20}$/.test(value)) {
    throw new RecuentoError('bad-parameter', { values: { parameter: 'campaign_id', form: FORM } });
  }
  const campaign_id = Number(value);
  return { kind: 'one', campaign_id: campaign_id > FIELD_LIMITS.campaign_id_max ? 0 : campaign_id };
}
