import { z } from 'zod';
import { type Alarm, idOf } from './alarm.js';
import { DAY_S } from './counts.js';

/** Attempts that arrive so late may still bring an alarm that is told; one that is older was known to nobody while it mattered. */
const LATE_S = DAY_S;

/** What became of an alarm. `withdrawn`: attempts that arrived late have shown that there was none. */
type Change = 'began' | 'ended' | 'withdrawn';

/** One thing that is told of an alarm. */
export interface AlarmChange {
  readonly change: Change;
  /** When its attempts showed it, in seconds since 1970 UTC. */
  readonly at_s: number;
  readonly id: string;
  /** null where there is none any more. */
  readonly alarm: Alarm | null;
}

/** What a follower has been told: up to when, and which alarms lately, with whether he knows of their end. */
interface Followed {
  readonly at_s: number;
  readonly told: ReadonlyMap<string, { readonly told_s: number; readonly is_open: boolean }>;
}

const positionSchema = z.tuple([z.int().min(0), z.array(z.tuple([z.string(), z.int().min(0), z.boolean()]))]);

/** @param position undefined for a new follower: he is told of the last day */
export function readPosition(position: string | undefined, now_s: number): Followed {
  if (position === undefined) return { at_s: now_s, told: new Map() };
  const [at_s, told] = positionSchema.parse(JSON.parse(Buffer.from(position, 'base64url').toString()));
  return { at_s, told: new Map(told.map(([id, told_s, is_open]) => [id, { told_s, is_open }])) };
}

export function writePosition({ at_s, told }: Followed): string {
  const entries = Array.from(told, ([id, { told_s, is_open }]) => [id, told_s, is_open]);
  return Buffer.from(JSON.stringify([at_s, entries])).toString('base64url');
}

/** From when on alarms are needed, to say what a follower lacks. */
export function lackedSince({ at_s, told }: Followed): number {
  const open = [...told].filter(([, { is_open }]) => is_open).map(([id]) => Number.parseInt(id, 16));
  return Math.min(at_s - LATE_S, ...open);
}

/**
 * What a follower has not been told, in the order in which it was known.
 *
 * @param alarms those that were not over before `lackedSince`
 */
export function changesAfter(followed: Followed, alarms: readonly Alarm[]): AlarmChange[] {
  const { at_s, told } = followed;
  const found = new Map(alarms.map((alarm) => [idOf(alarm), alarm]));
  const open = Array.from(told)
    .filter(([, { is_open }]) => is_open)
    .map(([id]) => id);
  const changes: AlarmChange[] = [];
  for (const id of open) {
    const alarm = found.get(id);
    if (alarm && alarm.over_s !== null) changes.push({ change: 'ended', at_s: alarm.over_s, id, alarm });
  }
  for (const [id, alarm] of found) {
    if (told.has(id) || alarm.told_s <= at_s - LATE_S) continue;
    changes.push({ change: 'began', at_s: alarm.told_s, id, alarm });
    if (alarm.over_s !== null) changes.push({ change: 'ended', at_s: alarm.over_s, id, alarm });
  }
  // Stable: an alarm that ended in the minute that told it began first.
  changes.sort((a, b) => a.at_s - b.at_s);
  const gone = open.filter((id) => !found.has(id));
  return [...gone.map((id) => ({ change: 'withdrawn', at_s, id, alarm: null }) as const), ...changes];
}

/** What the follower has been told after some more. */
export function followedBy(followed: Followed, changes: readonly AlarmChange[]): Followed {
  const at_s = Math.max(followed.at_s, ...changes.map((change) => change.at_s));
  const told = new Map(followed.told);
  for (const { change, id, at_s: told_s } of changes) {
    if (change === 'began') told.set(id, { told_s, is_open: true });
    else if (change === 'withdrawn') told.delete(id);
    else told.set(id, { told_s: told.get(id)?.told_s ?? told_s, is_open: false });
  }
  for (const [id, { told_s, is_open }] of told) {
    if (!is_open && told_s <= at_s - LATE_S) told.delete(id);
  }
  return { at_s, told };
}
