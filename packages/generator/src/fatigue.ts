/** Calls of the last days make somebody less likely to pick up: each call, for about as long as it is remembered. */
const HALF_LIFE_DAYS = 3;
const LOSS_PER_CALL = 0.12;

/** A call weighs eight, so that it fades in steps; the load of a telephone is at most 255. */
const CALL = 8;
const LOAD_MAX = 255;
/** Forgotten after so many ticks: the load of 32 calls is then below one step. */
const TICK_S = 600;
const FORGOTTEN_TICKS = (HALF_LIFE_DAYS * 9 * 86_400) / TICK_S;

const LEFT = Float64Array.from(
  { length: FORGOTTEN_TICKS },
  (_, ticks) => 0.5 ** ((ticks * TICK_S) / (HALF_LIFE_DAYS * 86_400)),
);
const FACTOR = Float64Array.from({ length: LOAD_MAX + 1 }, (_, load) =>
  Math.exp((-LOSS_PER_CALL * load) / CALL),
);

/** How tired each telephone is of calls: four bytes each. */
export class Fatigue {
  readonly #from_s: number;
  /** The tick of the last call above bit 8, the load after it below. */
  readonly #last: Uint32Array;

  constructor(telephones: number, from_s: number) {
    this.#from_s = from_s;
    this.#last = new Uint32Array(telephones);
  }

  /** A call rings. Returns what the calls before it do to the odds that somebody picks up. */
  ring(telephone: number, instant_s: number): number {
    const last = this.#last[telephone] ?? 0;
    const tick = Math.floor((instant_s - this.#from_s) / TICK_S);
    const load = last === 0 ? 0 : Math.round((last & LOAD_MAX) * (LEFT[tick - (last >>> 8)] ?? 0));
    this.#last[telephone] = (tick << 8) | Math.min(LOAD_MAX, load + CALL);
    return FACTOR[load] ?? 1;
  }
}
