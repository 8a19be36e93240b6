import { type Alarm, inOrder } from './alarm.js';
import { DAY_S, type HourOfPlace, type MinuteOfCell } from './counts.js';
import { HourRows } from './hour-rows.js';
import { ShareWatches } from './share-watches.js';
import { Silences } from './silences.js';
import { dayOf, HISTORY_DAYS, Usual } from './usual.js';
import type { WallHours } from './wall-hours.js';

/**
 * Watches an operation: minute by minute, and looking only back. So what it has told up to a moment is the same, whatever comes after
 * it, and whoever watches.
 */
export class Watch {
  #usual: Usual;
  /** Whether no other watch uses what is usual. */
  #is_alone = true;
  #now_s: number;
  #day_s: number;
  #has_rows = false;
  #hours = new HourRows();
  #shares = new ShareWatches();
  #silences: Silences;
  #over: Alarm[] = [];

  private constructor(usual: Usual, start_s: number, silences: Silences) {
    this.#usual = usual;
    this.#now_s = start_s;
    this.#day_s = dayOf(start_s);
    this.#silences = silences;
  }

  /** @param start_s a midnight of UTC @param history the hours before it, in order */
  static begin(wall: WallHours, start_s: number, history: readonly HourOfPlace[] = []): Watch {
    const watch = new Watch(new Usual(wall), start_s, new Silences(start_s));
    watch.remember(history);
    return watch;
  }

  /** More hours before the first minute, after those that it remembers. To be called before anything else. */
  remember(history: readonly HourOfPlace[]): void {
    for (const row of history) {
      this.#usual.add(row);
      this.#silences.know(row.place);
    }
    this.#usual.forgetBefore(this.#day_s - HISTORY_DAYS * DAY_S);
  }

  /** All before it has been looked at, but for attempts of a minute that goes on. */
  get now_s(): number {
    return this.#now_s;
  }

  /** Rows and states that it keeps: some hundred bytes each. */
  get size(): number {
    return this.#usual.size + this.#shares.size;
  }

  /** Another one that goes its own way from here. To be called after `advanceTo`. */
  clone(): Watch {
    const copy = new Watch(this.#usual, this.#now_s, this.#silences.clone());
    copy.#is_alone = false;
    this.#is_alone = false;
    copy.#hours = this.#hours.clone();
    copy.#shares = this.#shares.clone();
    copy.#over = [...this.#over];
    return copy;
  }

  /** @param row its minute is not before that of the last one, nor before `now_s` */
  add(row: MinuteOfCell): void {
    if (row.minute_s > this.#now_s) this.advanceTo(row.minute_s);
    this.#has_rows = true;
    this.#hours.add(row);
    this.#shares.count(row);
    this.#over.push(...this.#silences.heard(row));
  }

  /** Nothing more comes before an instant. @param now_s where a minute begins */
  advanceTo(now_s: number): void {
    if (this.#has_rows) this.#over.push(...this.#shares.end(this.#now_s, this.#usual));
    this.#has_rows = false;
    while (dayOf(now_s) > this.#day_s) this.#nextDay();
    this.#pass(now_s);
  }

  /** All that were told, in order. */
  alarms(): Alarm[] {
    return [...this.#over, ...this.#shares.alarms(), ...this.#silences.alarms()].toSorted(inOrder);
  }

  #pass(now_s: number): void {
    this.#over.push(...this.#silences.advanceTo(now_s, this.#usual), ...this.#shares.expire(now_s));
    this.#now_s = now_s;
  }

  #nextDay(): void {
    this.#day_s += DAY_S;
    this.#pass(this.#day_s);
    if (!this.#is_alone) this.#usual = this.#usual.clone();
    this.#is_alone = true;
    for (const row of this.#hours.take()) this.#usual.add(row);
    this.#usual.forgetBefore(this.#day_s - HISTORY_DAYS * DAY_S);
  }
}
