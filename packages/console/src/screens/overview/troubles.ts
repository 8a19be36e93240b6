import type { AlarmDocument, AlarmKind, TrunkFaultsDocument } from '@recuento/contract';
import { FAULT_KINDS } from '@recuento/contract';
import type { Interval } from './intervals.js';

/** Something that was wrong: a fault of a trunk or a campaign, or an alarm of another kind. */
export interface Trouble {
  readonly key: string;
  readonly kind: AlarmKind;
  readonly trunk: string | null;
  readonly campaign_id: number | null;
  /** Instants, RFC 3339. */
  readonly start: string;
  /** Null while it goes on. */
  readonly end: string | null;
  readonly attempts: number;
}

/**
 * What was wrong: what goes on first, then what took most attempts. The faults of a period are those that its whole history shows; an alarm tells the same fault as it was
 * known minutes after it began. So of alarms only those that are no faults are taken, and faults that go on.
 *
 * @param campaign `all`, or the one whose troubles are shown, with those of whole trunks
 */
export function troublesOf(
  faults: TrunkFaultsDocument['faults'],
  alarms: readonly AlarmDocument[],
  campaign: string,
): Trouble[] {
  const others = alarms.filter(({ kind, end }) => !isFault(kind) || end === null);
  const going_on = others.filter(({ end }) => end === null);
  const past = faults.filter((fault) => !going_on.some((alarm) => isSame(fault, alarm)));
  return [...past, ...others]
    .filter(
      ({ campaign_id }) => campaign === 'all' || campaign_id === null || String(campaign_id) === campaign,
    )
    .map(({ kind, trunk, campaign_id, start, end, attempts }) => {
      const key = [kind, trunk, campaign_id, start].join(' ');
      return { key, kind, trunk, campaign_id, start, end, attempts };
    })
    .toSorted(
      (one, other) =>
        Number(one.end !== null) - Number(other.end !== null) ||
        other.attempts - one.attempts ||
        Date.parse(other.start) - Date.parse(one.start),
    );
}

function isFault(kind: AlarmKind): boolean {
  return FAULT_KINDS.some((fault) => fault === kind);
}

type Placed = Pick<Trouble, 'kind' | 'trunk' | 'campaign_id' | 'start'> & { readonly end: string | null };

/** Whether a fault is what an alarm that goes on tells of. */
function isSame(fault: Placed & { readonly end: string }, alarm: Placed): boolean {
  return (
    fault.kind === alarm.kind &&
    fault.trunk === alarm.trunk &&
    fault.campaign_id === alarm.campaign_id &&
    Date.parse(fault.end) >= Date.parse(alarm.start)
  );
}

/** A stretch of the time axis with what was wrong then. */
export interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly trouble: Trouble;
}

/** Congestion is marked if it took at least so much of what was dialed in its stretch. Every day has a minute without free lines. */
const MARKED_SHARE = 0.02;

/**
 * The troubles that are marked on the time axis: all but the small ones of which every day has some.
 *
 * @param keyAt the interval of an instant, or of the moment if null
 */
export function stretchesOf(
  troubles: readonly Trouble[],
  intervals: readonly Interval[],
  keyAt: (instant: string | null) => string,
): Stretch[] {
  return troubles.flatMap((trouble) => {
    // Keys are in the order of time as texts are. What began before the axis is marked from its beginning on.
    const [start, end] = [keyAt(trouble.start), keyAt(trouble.end)];
    const within = intervals.filter(({ key }) => key >= start && key <= end);
    const [first, last] = [within[0], within.at(-1)];
    if (!first || !last) return [];
    const dialed = within.reduce((sum, { counts }) => sum + counts.total, 0);
    const is_marked =
      trouble.end === null ||
      trouble.kind !== 'congestion' ||
      trouble.attempts >= Math.max(1, dialed * MARKED_SHARE);
    return is_marked ? [{ first: first.key, last: last.key, trouble }] : [];
  });
}
