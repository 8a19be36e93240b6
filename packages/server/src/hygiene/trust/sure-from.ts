import type { GiveTurn } from '../../admission/turns.js';
import type { Believed } from './believed.js';
import { oddsOfDeath, type Silence, type Silent } from './dead-odds.js';
import { type Lines, SAID, wordOf } from './lines.js';

/**
 * Of the lines that are called dead, how many may live, by what is believed. What is believed is never quite right, so this is a
 * third of the half of a hundredth that is promised.
 */
const WRONG_SHARE_MAX = 0.0015;
/** Whatever the others are: no line is called dead that may live with one chance in thirty. */
const LEAST = 0.97;
/** Lines that are this sure are called dead, whatever the others are. */
const MOST = 0.9985;
const MINUTES_A_DAY = 1_440;
const TURN_LINES = 5_000;

/**
 * The probability from which a line is called dead: as low as it may be so that of all that are called dead few enough live (the
 * Bayesian false discovery rate, Efron and Tibshirani 2002).
 */
export async function sureFrom(
  lines: Lines,
  believed: Believed,
  lieAt: (line: number, attempt: number) => number,
  give_turn: GiveTurn,
): Promise<number> {
  const living: number[] = [];
  for (let line = 0; line + 1 < lines.starts.length; line += 1) {
    if (line % TURN_LINES === 0) await give_turn();
    const silence = silenceOf(lines, line, lieAt);
    if (isProvable(silence)) living.push(1 / (1 + oddsOfDeath(silence, believed).at_evidence));
  }
  living.sort((a, b) => a - b);
  let [sum, count, sure] = [0, 0, MOST];
  for (const lives of living) {
    sum += lives;
    count += 1;
    if (sum / count > WRONG_SHARE_MAX) break;
    sure = 1 - lives;
  }
  return Math.min(MOST, Math.max(LEAST, sure));
}

interface TracedSilence extends Silence {
  readonly attempts: readonly (Silent & { readonly source: number })[];
}

function silenceOf(
  lines: Lines,
  line: number,
  lieAt: (line: number, attempt: number) => number,
): TracedSilence {
  const { starts, said, minutes, sources } = lines;
  const [from, until] = [starts[line] ?? 0, starts[line + 1] ?? 0];
  let begin = until;
  while (begin > from && said[begin - 1] !== SAID.life) begin -= 1;
  let lively = 0;
  for (let at = from; at < begin; at += 1) if (said[at] === SAID.life) lively += 1;
  const attempts: (Silent & { source: number })[] = [];
  for (let at = begin; at < until; at += 1) {
    attempts.push({
      at_days: (minutes[at] ?? 0) / MINUTES_A_DAY,
      said: said[at] ?? SAID.quiet,
      lie: lieAt(line, at),
      source: sources[at] ?? 0,
    });
  }
  const alive_at_days = begin > from ? (minutes[begin - 1] ?? 0) / MINUTES_A_DAY : undefined;
  return { before: begin - from, lively_before: lively, alive_at_days, attempts };
}

/** Two words of "invalid" on different days or from different sources. */
function isProvable({ attempts }: TracedSilence): boolean {
  const invalid = attempts.filter(({ said }) => wordOf(said) !== undefined);
  const days = new Set(invalid.map(({ at_days }) => Math.floor(at_days)));
  const sources = new Set(invalid.map(({ source }) => source));
  return days.size > 1 || sources.size > 1;
}
