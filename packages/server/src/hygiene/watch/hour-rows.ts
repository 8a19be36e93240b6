import { type Counts, HOUR_S, type HourOfPlace, type MinuteOfCell, slotBit } from './counts.js';
import { placesOf } from './places.js';

type Summed = { -readonly [Name in keyof HourOfPlace]: HourOfPlace[Name] };

const NONE: Counts = {
  attempts: 0,
  alive: 0,
  people: 0,
  machines: 0,
  invalid: 0,
  congested: 0,
  failed: 0,
  refused: 0,
};

/** Sums minutes to hours by place: what the days after are compared with. */
export class HourRows {
  #done: HourOfPlace[] = [];
  #hour = new Map<string, Summed>();
  #hour_s = 0;

  clone(): HourRows {
    const copy = new HourRows();
    copy.#done = [...this.#done];
    copy.#hour = new Map(Array.from(this.#hour, ([name, row]) => [name, { ...row }]));
    copy.#hour_s = this.#hour_s;
    return copy;
  }

  add(row: MinuteOfCell): void {
    const hour_s = Math.floor(row.minute_s / HOUR_S) * HOUR_S;
    if (hour_s !== this.#hour_s) this.#endHour();
    this.#hour_s = hour_s;
    for (const { name, width } of placesOf(row)) {
      if (width !== 'both') addTo(this.#sumOf(name), row);
    }
  }

  /** The hours so far, in order; they are given once. */
  take(): HourOfPlace[] {
    this.#endHour();
    return this.#done.splice(0);
  }

  #sumOf(place: string): Summed {
    let sum = this.#hour.get(place);
    if (!sum) {
      sum = { ...NONE, hour_s: this.#hour_s, place, slots: 0 };
      this.#hour.set(place, sum);
    }
    return sum;
  }

  #endHour(): void {
    this.#done.push(...this.#hour.values());
    this.#hour = new Map();
  }
}

function addTo(sum: Summed, row: MinuteOfCell): void {
  sum.attempts += row.attempts;
  sum.alive += row.alive;
  sum.people += row.people;
  sum.machines += row.machines;
  sum.invalid += row.invalid;
  sum.congested += row.congested;
  sum.failed += row.failed;
  sum.refused += row.refused;
  sum.slots |= slotBit(row.minute_s);
}
