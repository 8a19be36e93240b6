import type { CampaignSelector } from '@recuento/contract';
import type { Window } from '../time/window.js';

/** What a report is about. Every report is of exactly one operation. */
export interface Selection {
  readonly operation_id: number;
  readonly campaign: CampaignSelector;
  readonly window: Window;
  /** The operation's time zone, for the window and for times in the report. */
  readonly time_zone: string;
  /** Whether the operation's campaigns may have customers to look for. */
  readonly has_customers: boolean;
}
