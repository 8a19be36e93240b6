import { FEATURES, type Feature, levelIn, PAIRS } from './features.js';
import type { Block, Prior } from './fit.js';

/**
 * Where the effect of each level lies among the weights of the model: first the operation's own, then those of features, of pairs
 * of features, and of campaigns.
 *
 * An effect of which nothing is known is 0. It is drawn there by these precisions until the attempts tell better ones. A pair has
 * less to add than its features, and campaigns of one operation differ less than its telephones do.
 */
const FEATURE_RIDGE = 1;
const PAIR_RIDGE = 8;
const CAMPAIGN_RIDGE = 4;

/** What an operation is taken for of which nothing is known: lists in use reach a person by 10 to 25 % of their dials. */
const TYPICAL_CHANCE = 0.15;
/** As strong as some 16 attempts. */
const TYPICAL_RIDGE = 2;

interface PairBlock extends Block {
  readonly pair: readonly [Feature, Feature];
}

interface FeatureBlock extends Block {
  readonly feature: Feature;
}

let end = 1; // the first is the operation's own
function placed(size: number): { readonly offset: number; readonly size: number } {
  end += size;
  return { offset: end - size, size };
}

const FEATURE_BLOCKS: readonly FeatureBlock[] = FEATURES.map((feature) => ({
  feature,
  ...placed(feature.levels),
  ridge: FEATURE_RIDGE,
}));

const PAIR_BLOCKS: readonly PairBlock[] = PAIRS.map((pair) => ({
  pair,
  ...placed(pair[0].levels * pair[1].levels),
  ridge: PAIR_RIDGE,
}));

/** The effect of all campaigns that are not known lies here, and then that of the campaign at place 1. */
const CAMPAIGNS_OFFSET = end;

/** How many weights count for a cell. */
export const ACTIVE = 1 + FEATURES.length + PAIRS.length + 1;

/** Writes which weights count for the cell of this number, from `start` on. */
export function writeActive(cell: number, active: Uint16Array, start: number): void {
  const levels = new Map<Feature, number>();
  let rest = cell;
  for (const feature of FEATURES) {
    levels.set(feature, rest % feature.levels);
    rest = Math.floor(rest / feature.levels);
  }
  const levelOf = (feature: Feature) => levels.get(feature) ?? 0;
  let at = start;
  active[at++] = 0;
  for (const { feature, offset } of FEATURE_BLOCKS) active[at++] = offset + levelOf(feature);
  for (const { pair, offset } of PAIR_BLOCKS) {
    active[at++] = offset + levelOf(pair[0]) * pair[1].levels + levelOf(pair[1]);
  }
  active[at] = CAMPAIGNS_OFFSET + rest;
}

/** The logit of an attempt as SQL over the features' values and `c_campaign`, with the weights as a parameter. */
export const LOGIT = [
  weightAt('1'),
  ...FEATURE_BLOCKS.map(({ feature, offset }) => weightAt(`${1 + offset} + ${levelIn(feature)}`)),
  ...PAIR_BLOCKS.map(({ pair: [one, other], offset }) =>
    weightAt(`${1 + offset} + toUInt16(${levelIn(one)}) * ${other.levels} + ${levelIn(other)}`),
  ),
  weightAt(`${1 + CAMPAIGNS_OFFSET} + c_campaign`),
].join(' + ');

function weightAt(place: string): string {
  return `{chance_weights:Array(Float64)}[${place}]`;
}

/** The weights of a model with so many campaigns, before anything is known. */
export function priorOf(campaigns: number): Prior {
  const of_campaigns = { offset: CAMPAIGNS_OFFSET, size: 1 + campaigns, ridge: CAMPAIGN_RIDGE };
  return {
    mean: Math.log(TYPICAL_CHANCE / (1 - TYPICAL_CHANCE)),
    ridge: TYPICAL_RIDGE,
    blocks: [...FEATURE_BLOCKS, ...PAIR_BLOCKS, of_campaigns],
  };
}
