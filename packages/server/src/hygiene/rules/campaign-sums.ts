import { type BacktestDocument, HYGIENE_LIMITS } from '@recuento/contract';
import { REACHES_PERSON } from '../attempt-kinds.js';
import { summedOf } from './sum-map.js';

/**
 * An attempt that falls into the quarantine as one number: its campaign, its machine code (four bits, as the schema numbers them),
 * and in the lowest bit whether it reached a person. Only those of taken telephones are ever looked at one by one.
 */
export const PACKED_ASIDE = `toUInt64(campaign_id) * 32 + toUInt8(result) * 2 + (${REACHES_PERSON})`;
const campaign = 'toUInt32(bitShiftRight(one, 5))';

/**
 * Values of a telephone, over its attempts in the quarantine (`aside`, packed).
 *
 * @param milliseconds SQL of an array: what an attempt with each code holds its line
 */
export function asideValues(milliseconds: string): string[] {
  return [
    'length(aside) AS aside_dials',
    `arrayMap(one -> arrayElement(${milliseconds}, bitAnd(bitShiftRight(one, 1), 15)), aside) AS aside_each_ms`,
    'arraySum(aside_each_ms) AS aside_ms',
    'arrayFilter(one -> bitTest(one, 0), aside) AS aside_reached',
    'length(aside_reached) AS aside_people',
  ];
}

/**
 * Sums by campaign of the telephones that are taken, over the values above and `known_campaigns`, the campaign of each attempt that
 * was known.
 *
 * @param telephones SQL of how many telephones the line has
 * @param taken SQL of whether the rule takes the line
 * @param lost SQL of whether its person is lost
 */
export function campaignSums(telephones: string, taken: string, lost: string): string {
  const once = (list: string, each = 'toUInt64(1)') =>
    `arrayDistinct(${list}), arrayMap(one -> ${each}, arrayDistinct(${list}))`;
  const reached = `arrayMap(one -> ${campaign}, aside_reached)`;
  return [
    `sumMapIf(${once('known_campaigns', telephones)}, ${taken}) AS taken_of`,
    `sumMapIf(arrayMap(one -> ${campaign}, aside), arrayMap(one -> toUInt64(1), aside), aside_each_ms, ${taken}) AS saved_of`,
    `sumMapIf(${once(reached)}, if(${taken}, ${lost}, 0)) AS lost_of`,
  ].join(', ');
}

interface Sums {
  telephones_taken: number;
  dials_saved: number;
  ms_saved: number;
  people_lost: number;
}

/** What the rule would have saved and cost each campaign: those in which it saves the most dials first. */
export function byCampaign(
  rows: readonly Readonly<Record<string, unknown>>[],
): BacktestDocument['by_campaign'] {
  const campaigns = new Map<number, Sums>();
  const of = (key: unknown): Sums => {
    const id = Number(key);
    const sums = campaigns.get(id) ?? { telephones_taken: 0, dials_saved: 0, ms_saved: 0, people_lost: 0 };
    campaigns.set(id, sums);
    return sums;
  };
  for (const { taken_of, saved_of, lost_of } of rows) {
    for (const [key, telephones = 0] of summedOf(taken_of)) of(key).telephones_taken += telephones;
    for (const [key, dials = 0, ms = 0] of summedOf(saved_of)) {
      of(key).dials_saved += dials;
      of(key).ms_saved += ms;
    }
    for (const [key, people = 0] of summedOf(lost_of)) of(key).people_lost += people;
  }
  return [...campaigns]
    .map(([campaign_id, { telephones_taken, dials_saved, ms_saved, people_lost }]) => ({
      campaign_id,
      telephones_taken,
      dials_saved,
      seconds_saved: Math.round(ms_saved / 1_000),
      people_lost,
    }))
    .sort((a, b) => b.dials_saved - a.dials_saved || a.campaign_id - b.campaign_id)
    .slice(0, HYGIENE_LIMITS.trial_campaigns);
}
