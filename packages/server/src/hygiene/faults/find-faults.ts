import { FAULT_KINDS, type FaultKind } from '@recuento/contract';
import { type Burst, ChangeWatch, type Shares } from './change-watch.js';
import type { Fault, MinuteCounts } from './fault.js';
import { UsualShares } from './usual-shares.js';

/** Where a fault may be: on a trunk, in a campaign, or on a trunk in a campaign alone. */
type Place = Pick<Fault, 'trunk' | 'campaign_id'>;

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

  /** In order of time. A fault of a whole trunk or campaign is not told again for each part of it. */
  faults(): Fault[] {
    const found = FAULT_KINDS.flatMap((kind) => withoutParts(this.#candidates(kind)));
    return found.toSorted((a, b) => a.start_s - b.start_s || a.end_s - b.end_s);
  }

  *#candidates(kind: FaultKind): Generator<Fault> {
    for (const widest of WIDEST_FIRST[kind]) {
      for (const { place, watches } of this.#places.values()) {
        if (widthOf(place) !== widest || !watches) continue;
        for (const burst of watches[kind].bursts()) yield { ...place, kind, ...asFault(burst) };
      }
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

type Width = 'trunk' | 'campaign' | 'both';

/** Trunks fail and are congested; a campaign's numbers are dialed in a wrong form. */
const WIDEST_FIRST: Readonly<Record<FaultKind, readonly Width[]>> = {
  outage: ['trunk', 'campaign', 'both'],
  congestion: ['trunk', 'campaign', 'both'],
  wrong_number_format: ['campaign', 'trunk', 'both'],
};

function widthOf({ trunk, campaign_id }: Place): Width {
  if (trunk !== null && campaign_id !== null) return 'both';
  return trunk === null ? 'campaign' : 'trunk';
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

function asFault({ start_s, end_s, attempts }: Burst): Pick<Fault, 'start_s' | 'end_s' | 'attempts'> {
  return { start_s, end_s, attempts };
}

/** @param faults of one kind, the widest first */
function withoutParts(faults: Iterable<Fault>): Fault[] {
  const kept: Fault[] = [];
  for (const fault of faults) {
    const width = widthOf(fault);
    const wider = kept.filter((other) => widthOf(other) !== width && touches(other, fault));
    const covered = wider.reduce((sum, other) => sum + sharedSeconds(other, fault), 0);
    if (covered < (fault.end_s - fault.start_s) / 2) kept.push(fault);
  }
  return kept;
}

/** Whether a fault of the one can be a fault of the other: on the same trunk, or in the same campaign, as far as both are named. */
function touches(a: Place, b: Place): boolean {
  const same_trunk = a.trunk === null || b.trunk === null || a.trunk === b.trunk;
  const same_campaign = a.campaign_id === null || b.campaign_id === null || a.campaign_id === b.campaign_id;
  return same_trunk && same_campaign;
}

function sharedSeconds(a: Fault, b: Fault): number {
  return Math.max(0, Math.min(a.end_s, b.end_s) - Math.max(a.start_s, b.start_s));
}
