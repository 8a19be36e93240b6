import type { Believed } from './believed.js';
import { SAID, wordOf } from './lines.js';

/** An attempt that showed no life, with how often its source lies about lines that live (`Lies.saidAt`). */
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

/** No odds are taken for more than this: it is certain, and no number overflows. */
export const ODDS_MAX = 1e15;

/** How much likelier it is that a line is dead than that it lives. */
export interface DeadOdds {
  /** When its attempts were made, if a dead line stays dead: what the evidence is worth as a whole. */
  readonly at_evidence: number;
  /** After its last attempt, as the number may have been given to somebody else meanwhile. */
  readonly now: number;
}

/**
 * The odds that a line is dead by its attempts since it last showed life: the forward
 * recursion of the hidden Markov model of `chain.ts`. Between two attempts it may have died, or been given to somebody
 * else; each attempt tells by how much likelier a dead line would have ended so. `judging/death.ts` says the same for the engine.
 */
export function oddsOfDeath(
  { before, lively_before, alive_at_days, attempts }: Silence,
  { dead_at_first, dies_a_day, revives_a_day, life, dead_said, alive_doubtful }: Believed,
): DeadOdds {
  const dead_quiet = 1 - dead_said.invalid - dead_said.doubtful;
  let now = alive_at_days === undefined ? dead_at_first / (1 - dead_at_first) : 0;
  let at_evidence = now;
  let since = alive_at_days;
  for (const [index, { at_days, said, lie }] of attempts.entries()) {
    const days = since === undefined ? 0 : at_days - since;
    const [stays_dead, stays_alive] = [Math.exp(-revives_a_day * days), Math.exp(-dies_a_day * days)];
    const place = before + index;
    const silent = (life.beta + place - lively_before) / (life.alpha + life.beta + place);
    let evidence = dead_quiet / ((1 - lie) * (1 - alive_doubtful) * silent);
    if (wordOf(said) !== undefined) evidence = dead_said.invalid / (lie * silent);
    else if (said === SAID.doubtful) evidence = dead_said.doubtful / ((1 - lie) * alive_doubtful * silent);
    const next = (now * stays_dead + 1 - stays_alive) / (now * (1 - stays_dead) + stays_alive);
    now = Math.min(next * evidence, ODDS_MAX);
    at_evidence = Math.min(((at_evidence + 1 - stays_alive) / stays_alive) * evidence, ODDS_MAX);
    since = at_days;
  }
  return { at_evidence, now };
}
