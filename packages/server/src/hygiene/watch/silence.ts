import type { Alarm, Place } from './alarm.js';
import { DAY_S, HOUR_S, MINUTE_S, SLOT_S } from './counts.js';

/** Attempts that were to come, going by the quieter days before, from which it is an alarm that none came. */
const LEAST_EXPECTED = 20;
/** The shortest silence that is told: some dialers send their records every quarter of an hour. */
const SHORTEST_S = 1_800;
/** A silence that is not told by then is none: most operations sleep at night. */
const PAUSE_S = 6 * HOUR_S;
/** What lasts longer has ended: a campaign is over some day. */
const LONGEST_S = 7 * DAY_S;

interface Gap {
  /** When the first attempt was missing. */
  readonly start_s: number;
  readonly expected: number;
  /** Time in which attempts were expected. */
  readonly expected_s: number;
  readonly last_expected_s: number;
  readonly told_s: number | undefined;
}

/** Watches that attempts arrive at one place, slot by slot. */
export class Silence {
  readonly place: Place;
  readonly name: string;
  #last_attempt_s = 0;
  #gap: Gap | undefined;
  /** It was told until it was too long: nothing more is, until attempts come. */
  #has_ended = false;

  constructor(place: Place, name: string) {
    this.place = place;
    this.name = name;
  }

  clone(): Silence {
    const copy = new Silence(this.place, this.name);
    copy.#last_attempt_s = this.#last_attempt_s;
    copy.#gap = this.#gap;
    copy.#has_ended = this.#has_ended;
    return copy;
  }

  get is_open(): boolean {
    return this.#gap?.told_s !== undefined;
  }

  /** Attempts came in a minute. @returns the alarm that is over by it */
  heard(minute_s: number): Alarm | undefined {
    const over = this.#alarm(minute_s, minute_s + MINUTE_S);
    this.#gap = undefined;
    this.#has_ended = false;
    this.#last_attempt_s = minute_s;
    return over;
  }

  /**
   * No attempt came in a slot that is over.
   *
   * @param expected attempts that usually come in it
   * @returns an alarm that is over by it, as it lasted too long
   */
  silent(slot_s: number, expected: number): Alarm | undefined {
    const until_s = slot_s + SLOT_S;
    const gap = this.#gap;
    if (gap?.told_s !== undefined && until_s - gap.start_s >= LONGEST_S) {
      const over = this.#alarm(until_s, until_s);
      this.#gap = undefined;
      this.#has_ended = true;
      return over;
    }
    if (expected === 0 || this.#has_ended) return undefined;
    const goes_on = gap && (gap.told_s !== undefined || slot_s - gap.last_expected_s <= PAUSE_S);
    const before = goes_on ? gap : { ...NO_GAP, start_s: this.#startAt(slot_s) };
    const now = {
      ...before,
      expected: before.expected + expected,
      expected_s: before.expected_s + SLOT_S,
      last_expected_s: slot_s,
    };
    const is_told = now.expected >= LEAST_EXPECTED && now.expected_s >= SHORTEST_S;
    this.#gap = { ...now, told_s: now.told_s ?? (is_told ? until_s : undefined) };
    return undefined;
  }

  alarm(): Alarm | undefined {
    return this.#alarm(null, null);
  }

  /** After the last attempt, where that was just before. */
  #startAt(slot_s: number): number {
    const after_s = this.#last_attempt_s + MINUTE_S;
    return slot_s - after_s < SLOT_S ? after_s : slot_s;
  }

  #alarm(end_s: number | null, over_s: number | null): Alarm | undefined {
    const { start_s = 0, told_s, expected = 0, expected_s = 1 } = this.#gap ?? {};
    if (told_s === undefined) return undefined;
    const usual = Math.round((expected * HOUR_S * 10) / expected_s) / 10;
    return {
      kind: 'no_attempts',
      ...this.place,
      start_s,
      told_s,
      end_s,
      over_s,
      usual,
      seen: 0,
      attempts: 0,
    };
  }
}

const NO_GAP: Gap = { start_s: 0, expected: 0, expected_s: 0, last_expected_s: 0, told_s: undefined };
