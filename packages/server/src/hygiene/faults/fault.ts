import type { FaultKind } from '@recuento/contract';

/** Where a fault may be: on a trunk, in a campaign, or on a trunk in a campaign alone. */
export type Place = Pick<Fault, 'trunk' | 'campaign_id'>;

/** What a fault is of. */
export type Width = 'trunk' | 'campaign' | 'both';

export function widthOf({ trunk, campaign_id }: Place): Width {
  if (trunk !== null && campaign_id !== null) return 'both';
  return trunk === null ? 'campaign' : 'trunk';
}

/** Where and when attempts failed for a reason that was not the number's. Times are seconds since 1970 UTC. */
export interface Fault {
  /** null: on all trunks of the campaign. Attempts that tell no trunk belong to none. */
  readonly trunk: string | null;
  /** null: in all campaigns of the trunk. */
  readonly campaign_id: number | null;
  readonly kind: FaultKind;
  readonly start_s: number;
  /** The first second after it. */
  readonly end_s: number;
  /** Attempts in it that ended as the fault makes them end. */
  readonly attempts: number;
}

/** The attempts of one minute on one trunk in one campaign, by what they say. */
export interface MinuteCounts {
  readonly minute_s: number;
  readonly trunk: string;
  readonly campaign_id: number;
  readonly attempts: number;
  readonly alive: number;
  readonly invalid: number;
  readonly congested: number;
  /** Other failures: the trunk's, or nobody's. */
  readonly failed: number;
}
