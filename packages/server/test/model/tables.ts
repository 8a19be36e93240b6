import { MACHINE_CODES } from '@recuento/contract';
import type { SentAttempt } from '../harness.js';
import type { Tally } from './tally.js';
import { firstInstant, localSeconds } from './wall-clock.js';

/** The tables of `/v1` in plain memory. */
type Row = Record<string, string | number>;

const FIVE = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'];

const second = ({ dialed_at }: SentAttempt) => Math.floor(Date.parse(dialed_at) / 1_000);
const utc = (instant_s: number) => new Date(instant_s * 1_000).toISOString().replace('.000Z', 'Z');
export const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

export interface Filters {
  min_total?: number | undefined;
  min_dialed?: number | undefined;
  max_answered?: number | undefined;
  last_result?: string | undefined;
  telephone_prefix?: string | undefined;
  telephone_suffix?: string | undefined;
}

/** `GET /v1/machine-codes`, all rows; `hash` is of an attempt's id. */
export function machineCodes(
  attempts: readonly SentAttempt[],
  filters: Filters,
  sort: string,
  hash: (attempt_id: string) => bigint,
): Row[] {
  const telephones = grouped(attempts, ({ telephone }) => telephone);
  const rows = [...telephones].map(([telephone, dials]): Row => {
    const count = (...codes: string[]) => dials.filter(({ result }) => codes.includes(result)).length;
    const times = dials.map(second);
    const [last] = dials.toSorted(
      (a, b) =>
        second(b) - second(a) ||
        Number(hash(b.attempt_id) - hash(a.attempt_id)) ||
        b.campaign_id - a.campaign_id,
    );
    return {
      telephone,
      total_machine_recognitions: count(...FIVE),
      ...Object.fromEntries(FIVE.map((code) => [code, count(code)])),
      dialed_total: dials.length,
      answered: count('answer'),
      other: dials.length - count(...FIVE) - count('answer'),
      first_dialed_at: utc(Math.min(...times)),
      last_dialed_at: utc(Math.max(...times)),
      last_result: last?.result ?? '',
    };
  });
  const name = sort.replace('-', '');
  const sign = sort.startsWith('-') ? -1 : 1;
  const compared = (a: Row, b: Row) => {
    const [one = '', other = ''] = [a[name], b[name]];
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
    return sign * byBytes(String(one), String(other));
  };
  return rows
    .filter((row) => isWanted(row, filters))
    .sort((a, b) => compared(a, b) || byBytes(String(a.telephone), String(b.telephone)));
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function isWanted(row: Row, filters: Filters): boolean {
  const { min_total = 1, min_dialed = 0, max_answered = Number.POSITIVE_INFINITY } = filters;
  return (
    Number(row.total_machine_recognitions) >= Math.max(1, min_total) &&
    Number(row.dialed_total) >= min_dialed &&
    Number(row.answered) <= max_answered &&
    (filters.last_result === undefined || row.last_result === filters.last_result) &&
    String(row.telephone).startsWith(filters.telephone_prefix ?? '') &&
    String(row.telephone).endsWith(filters.telephone_suffix ?? '')
  );
}

/** `GET /v1/trend`. */
export function trend(
  attempts: readonly SentAttempt[],
  time_zone: string,
  interval: 'hour' | 'day' | 'window',
  by: 'campaign' | 'trunk' | undefined,
  from_s: number,
): Row[] {
  const keyed = attempts.map((attempt) => {
    const dimension: Row =
      by === undefined
        ? {}
        : by === 'campaign'
          ? { campaign_id: attempt.campaign_id }
          : { trunk: typeof attempt.trunk === 'string' ? attempt.trunk : '' };
    const start =
      interval === 'window'
        ? { start_s: from_s, offset_s: localSeconds(from_s, time_zone) - from_s }
        : startOf(second(attempt), time_zone, interval);
    return { attempt, ...start, dimension };
  });
  const groups = grouped(keyed, (one) => JSON.stringify([one.start_s, one.offset_s, one.dimension]));
  return [...groups.values()]
    .map((group) => {
      const [first] = group;
      if (!first) throw new Error('an empty group');
      const count = (code: string) => group.filter(({ attempt }) => attempt.result === code).length;
      const row: Row = {
        interval_start: withOffset(first.start_s, first.offset_s),
        ...first.dimension,
        ...Object.fromEntries(MACHINE_CODES.map((code) => [code, count(code)])),
        total: group.length,
      };
      return { ...first, row };
    })
    .sort(
      (a, b) =>
        a.start_s - b.start_s ||
        a.offset_s - b.offset_s ||
        Number(a.row.campaign_id ?? 0) - Number(b.row.campaign_id ?? 0) ||
        byBytes(String(a.row.trunk ?? ''), String(b.row.trunk ?? '')),
    )
    .map(({ row }) => row);
}

function startOf(instant_s: number, time_zone: string, interval: 'hour' | 'day') {
  const wall_s = localSeconds(instant_s, time_zone);
  if (interval === 'hour') return { start_s: instant_s - (wall_s % 3_600), offset_s: wall_s - instant_s };
  const start_s = firstInstant(wall_s - (wall_s % 86_400), time_zone);
  return { start_s, offset_s: localSeconds(start_s, time_zone) - start_s };
}

function withOffset(instant_s: number, offset_s: number): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const ahead_s = Math.abs(offset_s);
  const wall = utc(instant_s + offset_s).slice(0, -1);
  return `${wall}${offset_s < 0 ? '-' : '+'}${two(ahead_s / 3_600)}:${two((ahead_s % 3_600) / 60)}`;
}

/** The attempts of a tally between two seconds, both inclusive. */
export function between(tally: Tally, campaign: number | 'all', from_s: number, to_s: number): SentAttempt[] {
  return tally.within(campaign, from_s, to_s + 1);
}
