import { createHash } from 'node:crypto';
import type { AlarmKind } from '@recuento/contract';

/** Where something may be unusual: in a campaign, on a trunk, on a trunk in a campaign; both null: in the whole operation. */
export interface Place {
  readonly trunk: string | null;
  readonly campaign_id: number | null;
}

/** Something unusual, from when to when. Times are seconds since 1970 UTC. */
export interface Alarm extends Place {
  readonly kind: AlarmKind;
  readonly start_s: number;
  /** From when on it was known: attempts before this second told it. */
  readonly told_s: number;
  /** The first second after it; null while it goes on. */
  readonly end_s: number | null;
  /** From when on it was known that it was over; null while it goes on. */
  readonly over_s: number | null;
  /** A share of the attempts, 0 to 1; for `no_attempts` attempts an hour. */
  readonly usual: number;
  readonly seen: number;
  /** Attempts that `seen` is a share of. */
  readonly attempts: number;
}

/** An id says when the alarm began, so that it is found without looking through all. */
const ID = /^([0-9a-f]{8})-[0-9a-f]{16}$/;

/** Made of what, where and since when. The same alarm has the same id, whoever finds it. */
export function idOf({ kind, trunk, campaign_id, start_s }: Alarm): string {
  const what = JSON.stringify([kind, trunk, campaign_id, start_s]);
  const hash = createHash('sha256').update(what).digest('hex').slice(0, 16);
  return `${start_s.toString(16).padStart(8, '0')}-${hash}`;
}

/** When the alarm with this id began; undefined if no alarm has such an id. */
export function startOfId(id: string): number | undefined {
  const [, start] = ID.exec(id) ?? [];
  return start === undefined ? undefined : Number.parseInt(start, 16);
}

/** By the beginning; of one second in an order that is always the same. */
export function inOrder(a: Alarm, b: Alarm): number {
  return a.start_s - b.start_s || a.told_s - b.told_s || (idOf(a) < idOf(b) ? -1 : 1);
}
