import type { SqlParams } from '../../attempts/engine/engine.js';
import { FEATURE_VALUES } from './features.js';
import { afterAll, campaignParams, FIGURES, GATHERED, PARTS, SORTED } from './history.js';
import { LOGIT, WEIGHTS } from './layout.js';

/** What an operation's attempts tell about the next one. */
export interface Chance {
  /** The last second whose attempts it was made of, in seconds since 1970. */
  readonly trained_until_s: number;
  /** The campaigns that have an effect of their own; the first is at place 1. */
  readonly campaigns: readonly number[];
  /** As `layout.ts` places them. */
  readonly weights: Float64Array;
}

/** SQL that gives each telephone the probability that its next attempt reaches a person (part of a `Judgement`). */
export interface ChanceSql {
  /** Aggregates of a statement that groups a telephone's attempts, of all campaigns, by telephone. */
  readonly aggregates: readonly string[];
  /** Layers around it. The last has `probability`. All other names begin with `c_`. */
  readonly layers: readonly (readonly string[])[];
  /** Values of its blanks, except `as_of`. */
  readonly params: SqlParams;
}

/** The layers up to the logit of an attempt that is dialed at `as_of`. Figures are in the third, and features in the fourth. */
export const TO_LOGIT: readonly (readonly string[])[] = [
  [SORTED, WEIGHTS],
  PARTS,
  [
    ...afterAll(FIGURES),
    '{as_of:UInt32} AS c_at',
    // Without a campaign it is the one that dialed the telephone last.
    'if({chance_place:UInt16} = 65535, c_campaigns[-1], {chance_place:UInt16}) AS c_campaign',
  ],
  FEATURE_VALUES,
  [`${LOGIT} AS c_logit`],
];
const LAST_CAMPAIGN = 65_535;

/**
 * The probability that an attempt at `{as_of:UInt32}` reaches a person. What is dialed later is not looked at, by any part of it.
 *
 * @param campaign_id the campaign that dials; without it, the one that dialed each telephone last
 */
export function chanceSql(chance: Chance, campaign_id?: number): ChanceSql {
  return {
    aggregates: [GATHERED],
    layers: [...TO_LOGIT, ['1 / (1 + exp(-c_logit)) AS probability']],
    params: {
      ...campaignParams(chance.campaigns),
      ...weightsParam(chance),
      ...placeParam(chance, campaign_id),
    },
  };
}

/** The parameter of `WEIGHTS`. */
export function weightsParam({ weights }: Chance): SqlParams {
  return { chance_weights: `[${Array.from(weights).join(',')}]` };
}

/** The parameter for the campaign that dials: 0 for one that was not dialed, or hardly ever. */
export function placeParam({ campaigns }: Chance, campaign_id: number | undefined): SqlParams {
  return { chance_place: campaign_id === undefined ? LAST_CAMPAIGN : campaigns.indexOf(campaign_id) + 1 };
}
