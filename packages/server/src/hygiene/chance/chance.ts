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

/** SQL that gives each line the probability that its next attempt reaches a person (part of a `Judgement`). */
export interface ChanceSql {
  /** Aggregates of a statement that groups attempts, of all campaigns, by line. */
  readonly aggregates: readonly string[];
  /** Layers around it. The last has `probability`. All other names begin with `c_`. */
  readonly layers: readonly (readonly string[])[];
  /** Values of its blanks, except `as_of`. */
  readonly params: SqlParams;
}

/** In place of a campaign's: the one that dialed last. */
const LAST_CAMPAIGN = 65_535;

/** A line's attempts at or before `as_of`, as `c_kinds` and `c_times`, and the campaign that dialed it last. */
export interface History {
  readonly aggregates: readonly string[];
  readonly layers: readonly (readonly string[])[];
  /** SQL of its place, over what the layers have. */
  readonly last_campaign: string;
}

const GATHERED_HISTORY: History = {
  aggregates: [GATHERED],
  layers: [[SORTED], PARTS],
  last_campaign: 'c_campaigns[-1]',
};

/**
 * The layers up to the logit of an attempt that is dialed at `as_of`.
 *
 * @param more values beside the figures, and beside the features
 */
export function toLogit(
  { layers, last_campaign }: History = GATHERED_HISTORY,
  more: { readonly figures?: readonly string[]; readonly features?: readonly string[] } = {},
): string[][] {
  return [
    ...layers.map((layer) => [...layer]),
    [
      WEIGHTS,
      ...afterAll(FIGURES),
      '{as_of:UInt32} AS c_at',
      // Without a campaign it is the one that dialed the line last.
      `if({chance_place:UInt16} = ${LAST_CAMPAIGN}, ${last_campaign}, {chance_place:UInt16}) AS c_campaign`,
      ...(more.figures ?? []),
    ],
    [...FEATURE_VALUES, ...(more.features ?? [])],
    [`${LOGIT} AS c_logit`],
  ];
}

/**
 * The probability that an attempt at `{as_of:UInt32}` reaches a person. What is dialed later is not looked at, by any part of it.
 *
 * @param campaign_id the campaign that dials; without it, the one that dialed each line last
 * @param history where another part of the statement has it already
 */
export function chanceSql(
  chance: Chance,
  campaign_id?: number,
  history: History = GATHERED_HISTORY,
): ChanceSql {
  return {
    aggregates: history.aggregates,
    layers: [...toLogit(history), ['1 / (1 + exp(-c_logit)) AS probability']],
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
