import { FEATURES, type Feature, PAIRS } from './features.js';
import type { Block, Prior } from './fit.js';

/**
 * Where the effect of each level lies among the weights of the model: first the operation's own, then those of features, of pairs
 * of features, and of campaigns.
 *
 * An effect that nothing is known about is 0, and is drawn there the more, the fewer attempts speak for it: like that many
 * attempts which speak against it. An effect of a pair has less room than those of its features, and so has a campaign's.
 */
const FEATURE_RIDGE = 1;
const PAIR_RIDGE = 4;
const CAMPAIGN_RIDGE = 4;

/** What an operation is taken for of which nothing is known: lists in use reach a person by 10 to 25 % of their dials. */
const TYPICAL_CHANCE = 0.15;
/** In attempts, about 16. */
const TYPICAL_RIDGE = 2;

interface FeatureBlock extends Block {
  readonly feature: Feature;
}

interface PairBlock extends Block {
  readonly pair: readonly [Feature, Feature];
}

let end = 1; // the first is the operation's own
function place(levels: number): number {
  end += levels;
  return end - levels;
}

export const FEATURE_BLOCKS: readonly FeatureBlock[] = FEATURES.map((feature) => ({
  feature,
  size: feature.levels,
  offset: place(feature.levels),
  ridge: FEATURE_RIDGE,
}));

export const PAIR_BLOCKS: readonly PairBlock[] = PAIRS.map((pair) => ({
  pair,
  size: pair[0].levels * pair[1].levels,
  offset: place(pair[0].levels * pair[1].levels),
  ridge: PAIR_RIDGE,
}));

/** The effect of the campaign at place 1 follows here. */
export const CAMPAIGNS_OFFSET = end;

/** Weights that a cell has: its own ones are 1 and all others 0. */
const ACTIVE_MAX = 1 + FEATURES.length + PAIRS.length + 1;

/** The weights that count for the cell of this number. A campaign that is not known has none. */
export function activeIn(cell: number): Uint16Array {
  const levels = new Map<string, number>();
  let rest = cell;
  for (const { name, levels: base } of FEATURES) {
    levels.set(name, rest % base);
    rest = Math.floor(rest / base);
  }
  const levelOf = ({ name }: Feature) => levels.get(name) ?? 0;
  const active = new Uint16Array(rest === 0 ? ACTIVE_MAX - 1 : ACTIVE_MAX);
  let at = 1; // the first is 0: the operation's own weight
  for (const { feature, offset } of FEATURE_BLOCKS) active[at++] = offset + levelOf(feature);
  for (const { pair, offset } of PAIR_BLOCKS) {
    active[at++] = offset + levelOf(pair[0]) * pair[1].levels + levelOf(pair[1]);
  }
  if (rest !== 0) active[at] = CAMPAIGNS_OFFSET + rest - 1;
  return active;
}

/** The weights of a model with so many campaigns, before anything is known. */
export function priorOf(campaigns: number): Prior {
  const of_campaigns = { offset: CAMPAIGNS_OFFSET, size: campaigns, ridge: CAMPAIGN_RIDGE };
  return {
    size: CAMPAIGNS_OFFSET + campaigns,
    mean: Math.log(TYPICAL_CHANCE / (1 - TYPICAL_CHANCE)),
    ridge: TYPICAL_RIDGE,
    blocks: [...FEATURE_BLOCKS, ...PAIR_BLOCKS, of_campaigns],
  };
}
