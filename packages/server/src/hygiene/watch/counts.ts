/** Attempts that were counted together, by what they say. */
export interface Counts {
  readonly attempts: number;
  /** Show that the line lives. */
  readonly alive: number;
  /** Reached a person. */
  readonly people: number;
  /** Reached an answering machine. */
  readonly machines: number;
  /** The network called the number invalid. */
  readonly invalid: number;
  readonly congested: number;
  /** Other failures. */
  readonly failed: number;
  /** Congested, or failed by the trunk's own word: it says nothing of the number, nor of who would have answered. */
  readonly refused: number;
}

/** The attempts of one minute on one trunk in one campaign. */
export interface MinuteOfCell extends Counts {
  /** Seconds since 1970 UTC, as all times here. */
  readonly minute_s: number;
  /** Empty where it is not told. */
  readonly trunk: string;
  readonly campaign_id: number;
}

/** The attempts of one hour in a campaign or on a trunk. */
export interface HourOfPlace extends Counts {
  readonly hour_s: number;
  /** A name that `nameOf` makes. */
  readonly place: string;
  /** The six tenths of the hour, lowest bit first, that have attempts. */
  readonly slots: number;
}

export const MINUTE_S = 60;
export const HOUR_S = 3_600;
export const DAY_S = 86_400;
/** Silence is counted in slots of this length. */
export const SLOT_S = 600;

export const OPERATION = '';
export const ofTrunk = (trunk: string) => `t${trunk}`;
export const ofCampaign = (campaign_id: number) => `c${campaign_id}`;

/** undefined: the place is no campaign. */
export function campaignOf(place: string): number | undefined {
  return place.startsWith('c') ? Number(place.slice(1)) : undefined;
}

export function slotBit(instant_s: number): number {
  return 1 << (Math.floor(instant_s / SLOT_S) % (HOUR_S / SLOT_S));
}
