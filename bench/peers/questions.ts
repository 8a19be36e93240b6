import type { Fixture } from '../fixture.js';

/** One report of `campaign_8`: who, from when until when, and how many telephones at most. */
export interface Question {
  readonly name: 'month' | 'whole' | 'all' | 'day' | 'window';
  readonly title: string;
  /** undefined is all of them. */
  readonly campaign_id: number | undefined;
  /** Seconds since 1970 UTC; `until_s` is the first second after it. */
  readonly from_s: number;
  readonly until_s: number;
  /** undefined is without a limit. */
  readonly limit: number | undefined;
}

/** The largest page of the documented API. */
export const PAGE = 60_000;
const DAY_S = 86_400;
/** Which day of the month the question of one day is about: a Wednesday. */
const DAY = 14;

export function questionsOf({ campaign_id, made_of: { until_s, days } }: Fixture): readonly Question[] {
  const from_s = until_s - days * DAY_S;
  const day = { from_s: from_s + DAY * DAY_S, until_s: from_s + (DAY + 1) * DAY_S };
  return [
    {
      name: 'month',
      title: `one campaign, ${days} days, first 60,000`,
      campaign_id,
      from_s,
      until_s,
      limit: PAGE,
    },
    { name: 'whole', title: 'the whole campaign at once', campaign_id, from_s, until_s, limit: undefined },
    {
      name: 'all',
      title: `all, ${days} days, first 60,000`,
      campaign_id: undefined,
      from_s,
      until_s,
      limit: PAGE,
    },
    { name: 'day', title: 'one campaign, one day', campaign_id, ...day, limit: PAGE },
  ];
}
