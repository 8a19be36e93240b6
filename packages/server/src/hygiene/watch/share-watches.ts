import type { Alarm } from './alarm.js';
import { HOUR_S, MINUTE_S, type MinuteOfCell } from './counts.js';
import { KINDS_OF_SHARE, type KindOfShare } from './kinds.js';
import { explains, type NamedPlace, placesOf, rankOf, touches, widthOf } from './places.js';
import { ShareWatch } from './share-watch.js';
import type { Usual } from './usual.js';

/** Places beyond this many are not watched. Each takes some kilobytes. */
const PLACES_MAX = 5_000;
/** Of places whose evidence is as strong as this part of the strongest, the one that says more to people is told. */
const AS_STRONG = 0.97;

/** Watches all shares at all places. */
export class ShareWatches {
  #places = new Map<string, readonly ShareWatch[]>();
  #open = new Set<ShareWatch>();
  /** Those with attempts in the minute that goes on. */
  #counted = new Set<ShareWatch>();

  get size(): number {
    return this.#places.size * KINDS_OF_SHARE.length;
  }

  /** To be called between two minutes. */
  clone(): ShareWatches {
    const copy = new ShareWatches();
    for (const [name, watches] of this.#places) {
      const copies = watches.map((watch) => watch.clone());
      copy.#places.set(name, copies);
      for (const watch of copies) if (watch.is_open) copy.#open.add(watch);
    }
    return copy;
  }

  count(row: MinuteOfCell): void {
    for (const place of placesOf(row)) {
      for (const watch of this.#watchesAt(place)) {
        if (this.#isExplained(watch, row)) continue;
        watch.count(row);
        this.#counted.add(watch);
      }
    }
  }

  /** Ends a minute in which attempts were counted. @returns alarms that are over by it */
  end(minute_s: number, usual: Usual): Alarm[] {
    const hour_s = Math.floor(minute_s / HOUR_S) * HOUR_S;
    const over: Alarm[] = [];
    for (const watch of this.#counted) {
      if (watch.expected_s !== hour_s) watch.expect(hour_s, usualOf(watch, usual, hour_s));
      const alarm = watch.end(minute_s);
      if (alarm) over.push(alarm);
      if (alarm) this.#open.delete(watch);
    }
    for (const kind of KINDS_OF_SHARE) this.#tell(kind, minute_s + MINUTE_S);
    this.#counted.clear();
    return over;
  }

  /** Ends alarms at places that are not dialed any more. */
  expire(now_s: number): Alarm[] {
    const over: Alarm[] = [];
    for (const watch of this.#open) {
      const alarm = watch.expire(now_s);
      if (!alarm) continue;
      over.push(alarm);
      this.#open.delete(watch);
    }
    return over;
  }

  /** Alarms that go on. */
  alarms(): Alarm[] {
    return Array.from(this.#open, (watch) => watch.alarm()).filter((alarm) => alarm !== undefined);
  }

  /** An alarm that goes on keeps looking at all its attempts; others do not look at what it explains. */
  #isExplained(watch: ShareWatch, row: MinuteOfCell): boolean {
    if (this.#open.size === 0 || watch.is_open) return false;
    for (const open of this.#open) if (explains(open, watch.kind, row)) return true;
    return false;
  }

  #tell(kind: KindOfShare, now_s: number): void {
    for (;;) {
      const found = [...this.#counted].filter((watch) => watch.kind === kind && watch.evidence > 0);
      const most = Math.max(0, ...found.map(({ evidence }) => evidence));
      const [told] = found
        .filter(({ evidence }) => evidence >= most * AS_STRONG)
        .toSorted((a, b) => rankOf(kind, widthOf(a.place)) - rankOf(kind, widthOf(b.place)));
      if (!told) return;
      told.tell(now_s);
      this.#open.add(told);
      for (const watches of this.#places.values()) {
        for (const watch of watches) {
          if (watch.kind === kind && touches(watch.place, told.place)) watch.forget();
        }
      }
    }
  }

  #watchesAt({ name, width, place }: NamedPlace): readonly ShareWatch[] {
    let watches = this.#places.get(name);
    if (!watches) {
      const is_full = this.#places.size >= PLACES_MAX;
      const kinds = KINDS_OF_SHARE.filter((kind) => rankOf(kind, width) >= 0);
      watches = is_full ? [] : kinds.map((kind) => new ShareWatch(kind, place, name));
      if (!is_full) this.#places.set(name, watches);
    }
    return watches;
  }
}

/** Of a trunk in a campaign alone, more of the one and of the other is usual: it has no history of its own. */
function usualOf({ kind, name, place }: ShareWatch, usual: Usual, hour_s: number) {
  if (widthOf(place) !== 'both') return usual.share(kind, name, hour_s);
  const [campaign = '', trunk = ''] = splitName(name);
  const [a, b] = [usual.share(kind, campaign, hour_s), usual.share(kind, trunk, hour_s)];
  if (!a || !b) return a ?? b;
  return { share: Math.max(a.share, b.share), alive: (a.alive + b.alive) / 2 };
}

function splitName(name: string): [string, string] {
  const at = name.indexOf(' ');
  return [name.slice(0, at), name.slice(at + 1)];
}
