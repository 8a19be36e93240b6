/** Weighted counts of some event in many places, with the rate of a place drawn towards that of a wider one. */
export class Rates {
  readonly #events: Float64Array;
  readonly #weights: Float64Array;

  constructor(places: number) {
    this.#events = new Float64Array(places);
    this.#weights = new Float64Array(places);
  }

  clear(): void {
    this.#events.fill(0);
    this.#weights.fill(0);
  }

  /** @param event how much of the weight is the event */
  add(place: number, weight: number, event: number): void {
    this.#events[place] = (this.#events[place] ?? 0) + event;
    this.#weights[place] = (this.#weights[place] ?? 0) + weight;
  }

  weight(place: number): number {
    return this.#weights[place] ?? 0;
  }

  /** @param strength how many attempts the wider place's rate counts for */
  rate(place: number, wider: number, strength: number): number {
    return ((this.#events[place] ?? 0) + strength * wider) / ((this.#weights[place] ?? 0) + strength);
  }

  /**
   * The rate of the wider place, unless this one differs from it by more than chance brings among some thousand places.
   *
   * @param deviations how many standard deviations that is
   */
  rateIfOther(place: number, wider: number, strength: number, deviations: number): number {
    const expected = (this.#weights[place] ?? 0) * wider;
    const excess = Math.abs((this.#events[place] ?? 0) - expected);
    return excess < deviations * Math.sqrt(expected + 1) ? wider : this.rate(place, wider, strength);
  }

  total(): { readonly events: number; readonly weight: number } {
    const sum = (numbers: Float64Array) => numbers.reduce((all, number) => all + number, 0);
    return { events: sum(this.#events), weight: sum(this.#weights) };
  }
}
