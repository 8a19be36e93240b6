import type { Place } from './alarm.js';
import { type MinuteOfCell, OPERATION, ofCampaign, ofTrunk } from './counts.js';
import { type KindOfShare, SHARES } from './kinds.js';

export type Width = 'operation' | 'campaign' | 'trunk' | 'both';

export interface NamedPlace {
  readonly name: string;
  readonly width: Width;
  readonly place: Place;
}

/** Places that an attempt is counted at, the widest first. */
export function placesOf({ trunk, campaign_id }: Pick<MinuteOfCell, 'trunk' | 'campaign_id'>): NamedPlace[] {
  const campaign = ofCampaign(campaign_id);
  const places: NamedPlace[] = [
    { name: OPERATION, width: 'operation', place: { trunk: null, campaign_id: null } },
    { name: campaign, width: 'campaign', place: { trunk: null, campaign_id } },
  ];
  if (trunk === '') return places;
  return [
    ...places,
    { name: ofTrunk(trunk), width: 'trunk', place: { trunk, campaign_id: null } },
    { name: `${campaign} ${ofTrunk(trunk)}`, width: 'both', place: { trunk, campaign_id } },
  ];
}

/**
 * Where something is looked for, and in this order it is told where several places say about the same: trunks fail, and a campaign's
 * numbers are dialed in a wrong form. The whole operation comes after its parts: where two of them changed, it says much more than
 * either.
 */
const WATCHED: Readonly<Record<KindOfShare, readonly Width[]>> = {
  outage: ['trunk', 'campaign', 'operation', 'both'],
  congestion: ['trunk', 'campaign', 'operation', 'both'],
  wrong_number_format: ['campaign', 'trunk', 'operation', 'both'],
  machines_jump: ['campaign', 'trunk', 'operation'],
  answers_halved: ['campaign', 'trunk', 'operation'],
};

/** 0 is told first; below 0: not watched. */
export function rankOf(kind: KindOfShare, width: Width): number {
  return WATCHED[kind].indexOf(width);
}

export function widthOf({ trunk, campaign_id }: Place): Width {
  if (trunk !== null) return campaign_id === null ? 'trunk' : 'both';
  return campaign_id === null ? 'operation' : 'campaign';
}

/** Whether an attempt can be at both. */
export function touches(a: Place, b: Place): boolean {
  const same_trunk = a.trunk === null || b.trunk === null || a.trunk === b.trunk;
  const same_campaign = a.campaign_id === null || b.campaign_id === null || a.campaign_id === b.campaign_id;
  return same_trunk && same_campaign;
}

/** An alarm that goes on. */
interface Open {
  readonly kind: KindOfShare;
  readonly place: Place;
}

/** Whether an alarm explains attempts at a place, so that they say nothing of another place any more: a fault whatever they say. */
export function explains(
  open: Open,
  kind: KindOfShare,
  row: Pick<MinuteOfCell, 'trunk' | 'campaign_id'>,
): boolean {
  const { trunk, campaign_id } = open.place;
  if (trunk !== null && trunk !== row.trunk) return false;
  if (campaign_id !== null && campaign_id !== row.campaign_id) return false;
  return open.kind === kind || SHARES[open.kind].is_fault;
}
