import { FAULT_KINDS, type FaultKind } from '@recuento/contract';
import { ChangeWatch } from './change-watch.js';
import type { Fault, MinuteCounts, Place } from './fault.js';
import { type Suspicion, toldOnce } from './told-once.js';
import { UsualShares } from './usual-shares.js';
import type { Shares } from './weighing.js';

/** Places beyond this many are not watched. Each takes some kilobytes. */
const PLACES_MAX = 5_000;

interface Watched {
  readonly place: Place;
  readonly usual: Readonly<Record<FaultKind, UsualShares>>;
  watches?: Readonly<Record<FaultKind, ChangeWatch>>;
}

/**
 * Finds the faults of an operation. Its minutes are given twice, in their order: first to `learn` what is usual, and then to
 * `watch` for what is not.
 */
export class FaultFinder {
  readonly #places = new Map<string, Watched>();
  readonly #operation = usualOf();

  learn(counts: MinuteCounts): void {
    for (const kind of FAULT_KINDS) this.#operation[kind].add(counts);
    for (const place of placesOf(counts)) {
      const watched = this.#watchedAt(place);
      if (watched) for (const kind of FAULT_KINDS) watched.usual[kind].add(counts);
    }
  }

  watch(counts: MinuteCounts): void {
    for (const place of placesOf(counts)) {
      const watched = this.#places.get(nameOf(place));
      if (!watched) continue;
      watched.watches ??= this.#watchesOf(watched);
      for (const kind of FAULT_KINDS) watched.watches[kind].add(counts);
    }
  }

  /** In order of time, each told once. */
  faults(): Fault[] {
    const found = FAULT_KINDS.flatMap((kind) => toldOnce(kind, this.#suspicions(kind)));
    return found.toSorted((a, b) => a.start_s - b.start_s || a.end_s - b.end_s);
  }

  *#suspicions(kind: FaultKind): Generator<Suspicion> {
    for (const { place, watches } of this.#places.values()) {
      for (const burst of watches?.[kind].bursts() ?? []) yield { place, burst };
    }
  }

  #watchedAt(place: Place): Watched | undefined {
    const name = nameOf(place);
    let watched = this.#places.get(name);
    if (!watched && this.#places.size < PLACES_MAX) {
      watched = { place, usual: usualOf() };
      this.#places.set(name, watched);
    }
    return watched;
  }

  #watchesOf({ usual }: Watched): Record<FaultKind, ChangeWatch> {
    const of = (kind: FaultKind): Shares => usual[kind].shares(this.#operation[kind].shares());
    const watch = (kind: FaultKind) => new ChangeWatch(kind, of(kind));
    return {
      outage: watch('outage'),
      congestion: watch('congestion'),
      wrong_number_format: watch('wrong_number_format'),
    };
  }
}

function placesOf({ trunk, campaign_id }: MinuteCounts): Place[] {
  const campaign = { trunk: null, campaign_id };
  if (trunk === '') return [campaign];
  return [campaign, { trunk, campaign_id: null }, { trunk, campaign_id }];
}

function nameOf({ trunk, campaign_id }: Place): string {
  return `${campaign_id ?? ''} ${trunk ?? ''}`;
}

function usualOf(): Record<FaultKind, UsualShares> {
  return {
    outage: new UsualShares('outage'),
    congestion: new UsualShares('congestion'),
    wrong_number_format: new UsualShares('wrong_number_format'),
  };
}
