import type { Attempt } from '@recuento/contract';
import { type GenerateOptions, generate } from '@recuento/generator';
import type { Alarm } from '../../src/hygiene/watch/alarm.js';
import type { MinuteOfCell } from '../../src/hygiene/watch/counts.js';
import { WallHours } from '../../src/hygiene/watch/wall-hours.js';
import { Watch } from '../../src/hygiene/watch/watch.js';

export const ZONE = 'America/Bogota';
/** Until the end of October 2026 in Bogota. */
export const UNTIL_S = Date.UTC(2026, 10, 1, 5) / 1_000;
export const WEEKS = 31 / 7;

/** An hour of a day in October 2026, in Bogota. */
export function at(day: number, hour: number): number {
  return Date.UTC(2026, 9, day, hour + 5) / 1_000;
}

/** Each attempt once, in order of time. */
export function attemptsOf(options: GenerateOptions): Attempt[] {
  const made = new Map<string, Attempt>();
  for (const batch of generate(options)) for (const one of batch) made.set(one.attempt_id, one);
  return [...made.values()].toSorted((a, b) => a.dialed_at - b.dialed_at);
}

const PEOPLE = new Set(['answer', 'abandon', 'recall', 'do_not_call']);
const LIFE = new Set([...PEOPLE, 'answer_machine', 'busy']);
const INVALID = new Set([404, 410, 484, 604]);

/** What each attempt counts as, in other words than the statement that counts them. */
function kindsOf({ result, sip, amd }: Attempt) {
  const alive = LIFE.has(result);
  const invalid = !alive && sip !== undefined && INVALID.has(sip);
  const congested = result === 'congestion';
  const failed = result === 'failed' && !invalid;
  return {
    attempts: 1,
    alive: Number(alive),
    people: Number(PEOPLE.has(result) && amd !== 'machine'),
    machines: Number(result === 'answer_machine' || (amd === 'machine' && alive)),
    invalid: Number(invalid),
    congested: Number(congested),
    failed: Number(failed),
    refused: Number(congested || (failed && (sip === 502 || sip === 503))),
  };
}

/** The minutes of attempts, in their order. */
export function minutesOf(attempts: readonly Attempt[]): MinuteOfCell[] {
  const rows = new Map<string, MinuteOfCell>();
  for (const one of attempts) {
    const minute_s = Math.floor(one.dialed_at / 60) * 60;
    const trunk = one.trunk ?? '';
    const { campaign_id } = one;
    const key = `${minute_s} ${campaign_id} ${trunk}`;
    const kinds = kindsOf(one);
    const before = rows.get(key);
    const names = Object.keys(kinds) as (keyof typeof kinds)[];
    const sums = names.map((name) => [name, kinds[name] + (before?.[name] ?? 0)] as const);
    rows.set(key, { minute_s, trunk, campaign_id, ...kinds, ...Object.fromEntries(sums) });
  }
  return [...rows.values()].toSorted(
    (a, b) => a.minute_s - b.minute_s || a.campaign_id - b.campaign_id || (a.trunk < b.trunk ? -1 : 1),
  );
}

/** What a watch tells that sees all minutes from the first on. */
export function watched(minutes: readonly MinuteOfCell[], until_s = UNTIL_S): Watch {
  const start_s = Math.floor((minutes[0]?.minute_s ?? 0) / 86_400) * 86_400;
  const watch = Watch.begin(new WallHours(ZONE), start_s, []);
  for (const row of minutes) if (row.minute_s < until_s) watch.add(row);
  watch.advanceTo(until_s);
  return watch;
}

/** Something that is made unusual. */
export interface Change {
  readonly kind: Alarm['kind'];
  readonly campaign_id: number | null;
  readonly from_s: number;
  readonly until_s: number;
}

/** Halves the answers, has machines take half of what rings, or leaves attempts out, every second attempt of those meant. */
export function changed(attempts: readonly Attempt[], changes: readonly Change[]): Attempt[] {
  let turn = 0;
  return attempts.flatMap((one) => {
    const change = changes.find(
      ({ campaign_id, from_s, until_s }) =>
        one.dialed_at >= from_s &&
        one.dialed_at < until_s &&
        (campaign_id === null || campaign_id === one.campaign_id),
    );
    if (!change) return [one];
    if (change.kind === 'no_attempts') return [];
    const is_meant =
      PEOPLE.has(one.result) || (change.kind === 'machines_jump' && one.result === 'no_answer');
    if (!is_meant) return [one];
    turn += 1;
    if (turn % 2 === 0) return [one];
    const { amd: _, ...rest } = one;
    return [
      change.kind === 'machines_jump'
        ? { ...rest, result: 'answer_machine', sip: 200, cause: 16, amd: 'machine' }
        : { ...rest, result: 'no_answer', sip: 480, cause: 18 },
    ];
  });
}
