import type { Emissions } from './emissions.js';

/**
 * One line's history under two states, alive and dead, by the forward and backward recursions of a hidden Markov model (Rabiner
 * 1989, "A tutorial on hidden Markov models"). Work arrays are kept between lines.
 */
export class Chain {
  #forward = new Float64Array(64);
  #alive = new Float64Array(64);

  /**
   * @param count attempts of the line
   * @returns for each attempt the probability that the line lived, by all of its attempts; valid until the next call
   */
  smooth(count: number, { alive, dead, dies, revives, dead_at_first }: Emissions): Float64Array {
    this.#makeRoom(count);
    const forward = this.#forward;
    // `forward` is the probability of being alive after each attempt, by the attempts up to it.
    let before = 1 - dead_at_first;
    for (let at = 0; at < count; at += 1) {
      if (at > 0) before = before * (1 - (dies[at] ?? 0)) + (1 - before) * (revives[at] ?? 0);
      const lives = before * (alive[at] ?? 0);
      const total = lives + (1 - before) * (dead[at] ?? 0);
      before = total > 0 ? lives / total : before;
      forward[at] = before;
    }
    // What the later attempts say of the state after each one: the ratio of their probabilities, dead to alive.
    let ratio = 1;
    for (let at = count - 1; at >= 0; at -= 1) {
      const lived = forward[at] ?? 0;
      this.#alive[at] = lived / (lived + (1 - lived) * ratio);
      const of_alive = alive[at] ?? 0;
      const of_dead = (dead[at] ?? 0) * ratio;
      const die = dies[at] ?? 0;
      const revive = revives[at] ?? 0;
      const if_alive = (1 - die) * of_alive + die * of_dead;
      const if_dead = revive * of_alive + (1 - revive) * of_dead;
      ratio = Math.min(RATIO_MAX, if_dead / Math.max(if_alive, TINY));
    }
    return this.#alive;
  }

  #makeRoom(count: number): void {
    if (count <= this.#forward.length) return;
    this.#forward = new Float64Array(2 * count);
    this.#alive = new Float64Array(2 * count);
  }
}

const TINY = 1e-300;
const RATIO_MAX = 1e12;
