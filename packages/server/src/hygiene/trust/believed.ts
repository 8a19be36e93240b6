import type { TrustModel } from './model.js';
import type { Sums } from './sums.js';

/** The rates that hold for all lines of an operation. */
export type Believed = Pick<
  TrustModel,
  'dead_at_first' | 'dies_a_day' | 'revives_a_day' | 'life' | 'dead_said' | 'alive_doubtful'
>;

/**
 * What holds before anything was learned, from the proportions of the field: one line in eight is dead, three in a hundred die in a
 * month, and some come back (prepaid lines, numbers that are given to somebody new).
 */
export const FIRST_BELIEF: Believed = {
  dead_at_first: 0.12,
  dies_a_day: 0.001,
  revives_a_day: 0.003,
  life: { alpha: 1.5, beta: 1.2 },
  dead_said: { invalid: 0.85, doubtful: 0.03 },
  alive_doubtful: 0.02,
};

/** How many lines, attempts or days the first belief counts for. */
const FIRST_LINES = 100;
const FIRST_ATTEMPTS = 100;
const FIRST_DAYS = 20_000;

/** What is believed after a walk over all lines. */
export function believedAfter(sums: Sums): Believed {
  const first = FIRST_BELIEF;
  return {
    dead_at_first: mixed(sums.dead_at_first, sums.lines, first.dead_at_first, FIRST_LINES),
    dies_a_day: mixed(sums.deaths, sums.alive_days, first.dies_a_day, FIRST_DAYS),
    revives_a_day: mixed(sums.revivals, sums.dead_days, first.revives_a_day, FIRST_DAYS),
    life: lifeOf(sums),
    dead_said: {
      invalid: mixed(sums.dead_invalid, sums.dead_attempts, first.dead_said.invalid, FIRST_ATTEMPTS),
      doubtful: mixed(sums.dead_doubtful, sums.dead_attempts, first.dead_said.doubtful, FIRST_ATTEMPTS),
    },
    alive_doubtful: mixed(sums.alive_doubtful, sums.alive_quiet, first.alive_doubtful, FIRST_ATTEMPTS),
  };
}

function mixed(events: number, weight: number, first: number, strength: number): number {
  return (events + first * strength) / (weight + strength);
}

/**
 * The Beta distribution by its first two moments: how often an attempt shows life, and how often two that follow each other both
 * do. The more these go together, the more lines differ.
 */
function lifeOf(sums: Sums): Believed['life'] {
  const { alpha, beta } = FIRST_BELIEF.life;
  const first_mean = alpha / (alpha + beta);
  const first_both = (first_mean * (alpha + 1)) / (alpha + beta + 1);
  const mean = mixed(sums.lively, sums.alive_attempts, first_mean, FIRST_ATTEMPTS);
  const both = mixed(sums.lively_pairs, sums.pairs, first_both, FIRST_ATTEMPTS);
  // Between lines that are all alike, and lines that always or never answer.
  const spread = Math.min(0.9, Math.max(0.05, (both - mean * mean) / (mean * (1 - mean))));
  const total = 1 / spread - 1;
  return { alpha: mean * total, beta: (1 - mean) * total };
}
