import { type Lines, NETWORK_CHARS } from './lines.js';
import type { SourceTrust, TrustModel } from './model.js';
import { Rates } from './rates.js';
import { WordShares } from './word-shares.js';

/** What is usual for all sources counts like so many attempts of a source. */
const OF_ALL_SOURCES = 30;
/** What is usual for a source counts like so many attempts of one of its days. */
const OF_ITS_SOURCE = 12;
/** The same of networks, and of the wider network that they are part of. */
const OF_WIDER_NETWORK = 40;
/** No source is trusted further than this: nobody is always right. */
const LEAST_LIE = 0.002;
/** Before anything was learned. */
const FIRST_LIE = 0.02;
const FIRST_NETWORK_LIE = 0.01;
/** A day or a network is told apart from what it is part of from so many standard deviations on. */
const OTHER_FROM = 3.5;
const MINUTES_A_DAY = 1_440;
/** A network that lies less than this adds nothing to what is said of the sources. */
const LEAST_NETWORK_LIE = 0.03;
/** A day is told apart from its source where it lies so many times more or less often. */
const ANOTHER_DAY = 1.5;
/** Days that are told apart, at most: what the engine is given with each statement stays below some 100 KB. */
const DAYS_MAX = 5_000;

/**
 * How often each source (a trunk, or a campaign where the trunk is not told) says of living lines that do not answer that their
 * number is invalid, by day, and how often each network of telephones does so whatever the source. A lie is either's.
 */
export class Lies {
  readonly #lines: Lines;
  readonly #days: number;
  readonly #first_day: number;
  readonly #of_sources: Rates;
  readonly #of_days: Rates;
  readonly #of_networks: Rates;
  #source_lies: Float64Array;
  #day_lies: Float64Array;
  #network_lies: Float64Array;
  readonly #words: WordShares;
  #usual = FIRST_LIE;

  constructor(lines: Lines) {
    this.#lines = lines;
    this.#words = new WordShares(lines);
    const { first, last } = daysOf(lines.minutes);
    this.#first_day = first;
    this.#days = last - first + 1;
    const sources = lines.source_names.length;
    this.#of_sources = new Rates(sources);
    this.#of_days = new Rates(sources * this.#days);
    this.#of_networks = new Rates(lines.network_names.length);
    this.#source_lies = new Float64Array(sources).fill(FIRST_LIE);
    this.#day_lies = new Float64Array(sources * this.#days).fill(FIRST_LIE);
    this.#network_lies = new Float64Array(lines.network_names.length).fill(FIRST_NETWORK_LIE);
  }

  /** How likely it is that the source or the network of an attempt at a living line lies. */
  at(line: number, attempt: number): number {
    const source = this.#day_lies[this.#dayPlace(attempt)] ?? FIRST_LIE;
    return 1 - (1 - source) * (1 - this.#networkLie(line));
  }

  /**
   * How likely it is that they say just this of a living line, where they say "invalid": in the measure in which dead lines are said
   * to be so by any word. Else the same as `at`.
   */
  saidAt(line: number, attempt: number): number {
    return this.at(line, attempt) * this.#words.ratioAt(attempt);
  }

  clear(): void {
    this.#words.clear();
    this.#of_sources.clear();
    this.#of_days.clear();
    this.#of_networks.clear();
  }

  /** Counts an attempt without a sign of life. @param alive the probability that its line lived */
  add(line: number, attempt: number, alive: number, is_invalid: boolean): void {
    const place = this.#dayPlace(attempt);
    const of_source = this.#day_lies[place] ?? FIRST_LIE;
    const of_network = this.#networkLie(line);
    const either = 1 - (1 - of_source) * (1 - of_network);
    const source_event = is_invalid && either > 0 ? (alive * of_source) / either : 0;
    this.#of_sources.add(this.#lines.sources[attempt] ?? 0, alive, source_event);
    this.#of_days.add(place, alive, source_event);
    if (is_invalid) this.#words.add(attempt, alive);
    const network_event = is_invalid && either > 0 ? (alive * of_network) / either : 0;
    for (let depth = 0; depth < NETWORK_CHARS.length; depth += 1) {
      this.#of_networks.add(this.#network(line, depth), alive, network_event);
    }
  }

  /** Takes what was counted for the rates. */
  learn(): void {
    this.#words.learn();
    const { events, weight } = this.#of_sources.total();
    this.#usual = Math.max(LEAST_LIE, (events + OF_ALL_SOURCES * FIRST_LIE) / (weight + OF_ALL_SOURCES));
    const sources = this.#source_lies.length;
    for (let source = 0; source < sources; source += 1) {
      const lie = Math.max(LEAST_LIE, this.#of_sources.rate(source, this.#usual, OF_ALL_SOURCES));
      this.#source_lies[source] = lie;
      for (let day = 0; day < this.#days; day += 1) {
        const place = source * this.#days + day;
        this.#day_lies[place] = Math.max(
          LEAST_LIE,
          this.#of_days.rateIfOther(place, lie, OF_ITS_SOURCE, OTHER_FROM),
        );
      }
    }
    for (const [network, parent] of this.#lines.network_parents.entries()) {
      const wider = this.#network_lies[parent] ?? 0;
      this.#network_lies[network] =
        network === 0 ? 0 : this.#of_networks.rateIfOther(network, wider, OF_WIDER_NETWORK, OTHER_FROM);
    }
  }

  /** What was learned, without what is as usual. */
  told(): Pick<TrustModel, 'usual_lie' | 'sources' | 'networks'> {
    let days_left = DAYS_MAX;
    const sources = new Map<string, SourceTrust>();
    for (const [source, name] of this.#lines.source_names.entries()) {
      const lie = this.#source_lies[source] ?? this.#usual;
      const days = this.#otherDays(source, lie, days_left);
      days_left -= days.size;
      const words = this.#words.told(source);
      sources.set(name, { lie, learned_from: this.#of_sources.weight(source), words, days });
    }
    return { usual_lie: this.#usual, sources, networks: this.#lyingNetworks() };
  }

  #otherDays(source: number, lie: number, days_max: number): Map<number, number> {
    const days = new Map<number, number>();
    for (let day = 0; day < this.#days && days.size < days_max; day += 1) {
      const of_day = this.#day_lies[source * this.#days + day] ?? lie;
      if (of_day > lie * ANOTHER_DAY || of_day * ANOTHER_DAY < lie) days.set(this.#first_day + day, of_day);
    }
    return days;
  }

  #lyingNetworks(): Map<string, number> {
    const { network_names, network_parents } = this.#lines;
    const networks = new Map<string, number>();
    for (const [network, name] of network_names.entries()) {
      const lie = this.#network_lies[network] ?? 0;
      const wider = this.#network_lies[network_parents[network] ?? 0] ?? 0;
      const is_other = Math.abs(lie - wider) > wider / 5;
      if (is_other && Math.max(lie, wider) >= LEAST_NETWORK_LIE) networks.set(name, lie);
    }
    return networks;
  }

  #dayPlace(attempt: number): number {
    const day = Math.floor((this.#lines.minutes[attempt] ?? 0) / MINUTES_A_DAY) - this.#first_day;
    return (this.#lines.sources[attempt] ?? 0) * this.#days + day;
  }

  #network(line: number, depth: number): number {
    return this.#lines.networks[line * NETWORK_CHARS.length + depth] ?? 0;
  }

  #networkLie(line: number): number {
    return this.#network_lies[this.#network(line, NETWORK_CHARS.length - 1)] ?? 0;
  }
}

function daysOf(minutes: Uint32Array): { readonly first: number; readonly last: number } {
  let first = minutes[0] ?? 0;
  let last = first;
  for (const minute of minutes) {
    if (minute < first) first = minute;
    if (minute > last) last = minute;
  }
  return { first: Math.floor(first / MINUTES_A_DAY), last: Math.floor(last / MINUTES_A_DAY) };
}
