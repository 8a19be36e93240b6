import type { GiveTurn } from '../../admission/turns.js';
import { type Believed, believedAfter, FIRST_BELIEF } from './believed.js';
import { Chain } from './chain.js';
import type { Emissions } from './emissions.js';
import { Lies } from './lies.js';
import { type Lines, SAID, wordOf } from './lines.js';
import type { TrustModel } from './model.js';
import { Sums } from './sums.js';
import { sureFrom } from './sure-from.js';

/** Walks over all lines. What is learned changes little after ten. */
const WALKS = 12;
/** Attempts between two turns: some milliseconds. */
const TURN_ATTEMPTS = 20_000;
const MINUTES_A_DAY = 1_440;
/** A dead line shows no life; a wrong record may say so. */
export const DEAD_SHOWS_LIFE = 1e-4;

/**
 * Learns how far the word "invalid number" can be believed, by expectation and maximisation (Dempster, Laird and Rubin 1977) over a
 * hidden state of each line, alive or dead: each walk over the lines asks how likely each line lived at each of its attempts, by
 * what is believed so far, and then what the attempts say of the trunks when that is so. So nobody has to be trusted beforehand:
 * a trunk that says "invalid" of lines that other trunks reach is found to lie, by day, and so is a network.
 */
export async function estimateTrust(lines: Lines, give_turn: GiveTurn): Promise<TrustModel> {
  const walk = new Walk(lines, give_turn);
  for (let walked = 0; walked < WALKS; walked += 1) await walk.again();
  const { believed, lies } = walk;
  const model = { ...believed, ...lies.told() };
  return {
    ...model,
    sure_from: await sureFrom(lines, model, (line, at) => lies.saidAt(line, at), give_turn),
  };
}

class Walk {
  believed: Believed = FIRST_BELIEF;
  readonly lies: Lies;
  readonly #lines: Lines;
  readonly #give_turn: GiveTurn;
  readonly #chain = new Chain();
  #emissions: Emissions = emissionsFor(64, FIRST_BELIEF.dead_at_first);

  constructor(lines: Lines, give_turn: GiveTurn) {
    this.#lines = lines;
    this.#give_turn = give_turn;
    this.lies = new Lies(lines);
  }

  async again(): Promise<void> {
    const { starts } = this.#lines;
    const sums = new Sums();
    this.lies.clear();
    let since_turn = 0;
    for (let line = 0; line + 1 < starts.length; line += 1) {
      const [from, until] = [starts[line] ?? 0, starts[line + 1] ?? 0];
      if (since_turn >= TURN_ATTEMPTS) {
        await this.#give_turn();
        since_turn = 0;
      }
      since_turn += until - from;
      this.#count(line, from, until, sums);
    }
    this.lies.learn();
    this.believed = believedAfter(sums);
  }

  #count(line: number, from: number, until: number, sums: Sums): void {
    this.#emit(line, from, until);
    const alive = this.#chain.smooth(until - from, this.#emissions);
    sums.lines += 1;
    sums.dead_at_first += 1 - (alive[0] ?? 0);
    for (let at = from; at < until; at += 1) {
      const lives = alive[at - from] ?? 0;
      this.#addAttempt(line, at, lives, sums);
      if (at > from) this.#addStep(at, alive[at - from - 1] ?? 0, lives, sums);
    }
  }

  #addAttempt(line: number, at: number, lives: number, sums: Sums): void {
    const said = this.#lines.said[at];
    sums.alive_attempts += lives;
    if (said === SAID.life) {
      sums.lively += lives;
      return;
    }
    const is_invalid = wordOf(said ?? SAID.quiet) !== undefined;
    sums.dead_attempts += 1 - lives;
    sums.alive_quiet += lives;
    if (is_invalid) sums.dead_invalid += 1 - lives;
    if (said === SAID.doubtful) {
      sums.dead_doubtful += 1 - lives;
      sums.alive_doubtful += lives;
    }
    this.lies.add(line, at, lives, is_invalid);
  }

  /** From the attempt before to this one. */
  #addStep(at: number, before: number, lives: number, sums: Sums): void {
    const { minutes, said } = this.#lines;
    const days = ((minutes[at] ?? 0) - (minutes[at - 1] ?? 0)) / MINUTES_A_DAY;
    sums.alive_days += before * days;
    sums.dead_days += (1 - before) * days;
    sums.deaths += Math.max(0, before - lives);
    sums.revivals += Math.max(0, lives - before);
    sums.pairs += Math.min(before, lives);
    if (said[at] === SAID.life && said[at - 1] === SAID.life) sums.lively_pairs += Math.min(before, lives);
  }

  #emit(line: number, from: number, until: number): void {
    const { life, dead_said, alive_doubtful, dies_a_day, revives_a_day, dead_at_first } = this.believed;
    const count = until - from;
    if (count > this.#emissions.alive.length) this.#emissions = emissionsFor(2 * count, dead_at_first);
    const emissions = { ...this.#emissions, dead_at_first };
    this.#emissions = emissions;
    const { minutes, said } = this.#lines;
    const dead_quiet = 1 - dead_said.invalid - dead_said.doubtful;
    let silent = 0;
    for (let at = from; at < until; at += 1) {
      const place = at - from;
      const answers = (life.alpha + place - silent) / (life.alpha + life.beta + place);
      const lie = this.lies.at(line, at);
      const is_invalid = wordOf(said[at] ?? SAID.quiet) !== undefined;
      let [alive, dead] = [1 - answers, dead_quiet];
      if (said[at] === SAID.life) [alive, dead] = [answers, DEAD_SHOWS_LIFE];
      else if (is_invalid) [alive, dead] = [alive * this.lies.saidAt(line, at), dead_said.invalid];
      else if (said[at] === SAID.doubtful) {
        [alive, dead] = [alive * (1 - lie) * alive_doubtful, dead_said.doubtful];
      } else alive *= (1 - lie) * (1 - alive_doubtful);
      emissions.alive[place] = alive;
      emissions.dead[place] = dead;
      const days = place === 0 ? 0 : ((minutes[at] ?? 0) - (minutes[at - 1] ?? 0)) / MINUTES_A_DAY;
      emissions.dies[place] = 1 - Math.exp(-dies_a_day * days);
      emissions.revives[place] = 1 - Math.exp(-revives_a_day * days);
      if (said[at] !== SAID.life) silent += 1;
    }
  }
}

function emissionsFor(room: number, dead_at_first: number): Emissions {
  const numbers = () => new Float64Array(room);
  return { alive: numbers(), dead: numbers(), dies: numbers(), revives: numbers(), dead_at_first };
}
