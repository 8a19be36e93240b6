import type { Believed } from './believed.js';
import { SAID } from './lines.js';

/** An attempt that showed no life, with how often its source lies about lines that live. */
export interface Silent {
  readonly at_days: number;
  readonly said: number;
  readonly lie: number;
}

/** A line's attempts since it last showed life. */
export interface Silence {
  /** Attempts before, and those of them that showed life. */
  readonly before: number;
  readonly lively_before: number;
  /** When it last showed life; undefined: never. */
  readonly alive_at_days: number | undefined;
  readonly attempts: readonly Silent[];
}

/** No sum of evidence is taken for more than this, in natural logarithms: e^60 is certain, and no number overflows. */
export const EVIDENCE_MAX = 60;

/**
 * How much likelier it is that the line is dead than that it lives, by its attempts since it last showed life. It may have died
 * before any of them; each attempt from then on tells by how much likelier a dead line would have ended so. `judging/death.ts`
 * says the same for the engine.
 */
export function oddsOfDeath(
  { before, lively_before, alive_at_days, attempts }: Silence,
  { dead_at_first, dies_a_day, life, dead_said, alive_doubtful }: Believed,
): number {
  const dead_quiet = 1 - dead_said.invalid - dead_said.doubtful;
  let odds = 0;
  let evidence = 0;
  for (let index = attempts.length - 1; index >= 0; index -= 1) {
    const attempt = attempts[index];
    if (!attempt) break;
    const { said, lie } = attempt;
    const place = before + index;
    const silent = (life.beta + place - lively_before) / (life.alpha + life.beta + place);
    if (said === SAID.invalid) evidence += Math.log(dead_said.invalid / (lie * silent));
    else if (said === SAID.doubtful) {
      evidence += Math.log(dead_said.doubtful / ((1 - lie) * alive_doubtful * silent));
    } else evidence += Math.log(dead_quiet / ((1 - lie) * (1 - alive_doubtful) * silent));
    const since = index === 0 ? alive_at_days : attempts[index - 1]?.at_days;
    const died =
      since === undefined
        ? dead_at_first / (1 - dead_at_first)
        : 1 - Math.exp(-dies_a_day * (attempt.at_days - since));
    odds += died * Math.exp(Math.min(evidence, EVIDENCE_MAX));
  }
  return odds;
}
