import type { Alarm } from './alarm.js';
import { HOUR_S, MINUTE_S, type MinuteOfCell } from './counts.js';
import { KINDS_OF_SHARE } from './kinds.js';
import { explains, type NamedPlace, placesOf, rankOf, touches, widthOf } from './places.js';
import { ShareWatch } from './share-watch.js';
import type { Usual } from './usual.js';

/** Places beyond this many are not watched. Each takes some kilobytes. */
const PLACES_MAX = 5_000;
/** Of places whose evidence is as strong as this part of the strongest, the one that says more to people is told. */
const AS_STRONG = 0.7;

/** Watches all shares at all places. */
export class ShareWatches {
  #places = new Map<string, readonly ShareWatch[]>();
  /** All that an attempt is counted by, by campaign and trunk. */
  #cells = new Map<number, Map<string, readonly ShareWatch[]>>();
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
    for (const watch of this.#watchesOf(row)) {
      if (this.#isExplained(watch, row)) continue;
      watch.count(row);
      this.#counted.add(watch);
    }
  }

  /** Ends a minute in which attempts were counted. @returns alarms that are over by it */
  end(minute_s: number, usual: Usual): Alarm[] {
    const hour_s = Math.floor(minute_s / HOUR_S) * HOUR_S;
    const over: Alarm[] = [];
    const found: ShareWatch[] = [];
    for (const watch of this.#counted) {
      if (watch.expected_s !== hour_s) watch.expect(hour_s, usualOf(watch, usual, hour_s));
      const alarm = watch.end(minute_s);
      if (alarm) over.push(alarm);
      if (alarm) this.#open.delete(watch);
      if (watch.evidence > 0) found.push(watch);
    }
    this.#counted.clear();
    while (found.some(({ evidence }) => evidence > 0)) this.#tell(strongestOf(found), minute_s + MINUTE_S);
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

  /** What was found elsewhere of the same kind is explained by it. */
  #tell(told: ShareWatch, now_s: number): void {
    told.tell(now_s);
    this.#open.add(told);
    for (const watches of this.#places.values()) {
      for (const watch of watches) {
        if (watch.kind === told.kind && touches(watch.place, told.place)) watch.forget();
      }
    }
  }

  #watchesOf(row: MinuteOfCell): readonly ShareWatch[] {
    const { campaign_id, trunk } = row;
    const of_campaign = this.#cells.get(campaign_id) ?? new Map<string, readonly ShareWatch[]>();
    this.#cells.set(campaign_id, of_campaign);
    let watches = of_campaign.get(trunk);
    if (!watches) {
      watches = placesOf(row).flatMap((place) => this.#watchesAt(place));
      of_campaign.set(trunk, watches);
    }
    return watches;
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

/** @param found watches, some of them with evidence */
function strongestOf(found: readonly ShareWatch[]): ShareWatch {
  const [strongest, ...others] = found.toSorted((a, b) => b.evidence - a.evidence);
  if (!strongest) throw new Error('nothing was found');
  const { kind, place, evidence } = strongest;
  const rank = (watch: ShareWatch) => rankOf(kind, widthOf(watch.place));
  const as_strong = others.filter(
    (watch) => watch.kind === kind && touches(watch.place, place) && watch.evidence >= evidence * AS_STRONG,
  );
  return as_strong.reduce((best, watch) => (rank(watch) < rank(best) ? watch : best), strongest);
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
