import type { Block, Prior } from './drawn.js';
import { FEATURES, type Feature, levelIn, PAIRS } from './features.js';
import type { Cells } from './fit-weights.js';

/**
 * Where the effect of each level lies among the weights of the model: first the operation's own, then those of features, of pairs
 * of features, and of campaigns.
 *
 * These are the precisions that effects have until the attempts tell better ones: steps from level to level differ by some 0.5, a
 * pair has less to add than its features, and campaigns of one operation differ less than its telephones do.
 */
const FEATURE_PRECISION = 4;
const PAIR_PRECISION = 8;
const CAMPAIGN_PRECISION = 4;

/** What an operation is taken for of which nothing is known: lists in use reach a person by 10 to 25 % of their dials. */
const TYPICAL_CHANCE = 0.15;
/** It counts like so many attempts. */
const TYPICAL_ATTEMPTS = 16;
/** How well the rate of all attempts is known to be that of a telephone about which nothing is known. */
const OWN_PRECISION = 2;

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
  precision: FEATURE_PRECISION,
  ordered: feature.ordered,
}));

const PAIR_BLOCKS: readonly PairBlock[] = PAIRS.map((pair) => ({
  pair,
  ...placed(pair[0].levels * pair[1].levels),
  precision: PAIR_PRECISION,
  ordered: false,
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

/**
 * The weights, as a value that a statement inside has: where the parameter stood in each place, the engine would read a thousand
 * numbers in each.
 */
export const WEIGHTS = '{chance_weights:Array(Float64)} AS c_weights';

/** The logit of an attempt as SQL over the features' values, `c_campaign` and `c_weights`. */
export const LOGIT = [
  weightAt('1'),
  ...FEATURE_BLOCKS.map(({ feature, offset }) => weightAt(`${1 + offset} + ${levelIn(feature)}`)),
  ...PAIR_BLOCKS.map(({ pair: [one, other], offset }) =>
    weightAt(`${1 + offset} + toUInt16(${levelIn(one)}) * ${other.levels} + ${levelIn(other)}`),
  ),
  weightAt(`${1 + CAMPAIGNS_OFFSET} + c_campaign`),
].join(' + ');

function weightAt(place: string): string {
  return `c_weights[${place}]`;
}

/**
 * What is thought of the weights before the features of any attempt are looked at: that all attempts have the operation's rate. So
 * an attempt whose features were never seen has it, too.
 */
export function priorOf(cells: Pick<Cells, 'attempts' | 'reached'>, campaigns: number): Prior {
  const sum = (counts: Float64Array) => counts.reduce((all, count) => all + count, 0);
  const rate =
    (sum(cells.reached) + TYPICAL_ATTEMPTS * TYPICAL_CHANCE) / (sum(cells.attempts) + TYPICAL_ATTEMPTS);
  const of_campaigns = {
    offset: CAMPAIGNS_OFFSET,
    size: 1 + campaigns,
    precision: CAMPAIGN_PRECISION,
    ordered: false,
  };
  return {
    mean: Math.log(rate / (1 - rate)),
    precision: OWN_PRECISION,
    blocks: [...FEATURE_BLOCKS, ...PAIR_BLOCKS, of_campaigns],
  };
}
