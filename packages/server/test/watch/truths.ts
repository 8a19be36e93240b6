import type { Attempt } from '@recuento/contract';
import { type GenerateOptions, oracleOf } from '@recuento/generator';
import type { Alarm } from '../../src/hygiene/watch/alarm.js';
import type { Change } from './watched.js';

/** A fault that the generator put in. */
interface Truth extends Pick<Alarm, 'kind' | 'trunk' | 'campaign_id'> {
  readonly from_s: number;
  readonly until_s: number;
  /** Attempts that it hit and that tell where they were. */
  readonly hits: number;
}

/** Hits of one fault are no further apart than this, and two faults of a place are. */
const APART_S = 1_200;

export function truthsOf(attempts: readonly Attempt[], options: GenerateOptions): Truth[] {
  const oracle = oracleOf(options);
  const found: Truth[] = [];
  const last = new Map<string, number>();
  for (const one of attempts) {
    const truth = oracle.attempt(one);
    if (!truth?.fault) continue;
    const of_campaign = truth.fault === 'wrong_number_format';
    const [trunk, campaign_id] = of_campaign ? [null, one.campaign_id] : [truth.trunk, null];
    const is_hit = truth.fault !== 'congestion' || one.result === 'congestion';
    const hits = Number(is_hit && (of_campaign || one.trunk !== undefined));
    const key = `${truth.fault} ${trunk} ${campaign_id}`;
    const index = last.get(key);
    const before = index === undefined ? undefined : found[index];
    const until_s = one.dialed_at + 1;
    if (index !== undefined && before && one.dialed_at - before.until_s < APART_S) {
      found[index] = { ...before, until_s, hits: before.hits + hits };
      continue;
    }
    last.set(key, found.length);
    found.push({ kind: truth.fault, trunk, campaign_id, from_s: one.dialed_at, until_s, hits });
  }
  return found;
}

/** Whether an alarm can be of the fault: of the same kind, at a place that has its attempts, and in its time. */
export function isOf(
  alarm: Alarm,
  truth: Pick<Truth, 'kind' | 'trunk' | 'campaign_id' | 'from_s' | 'until_s'>,
) {
  const { kind, trunk, campaign_id } = alarm;
  if (kind !== truth.kind) return false;
  if (trunk !== null && truth.trunk !== null && trunk !== truth.trunk) return false;
  if (campaign_id !== null && truth.campaign_id !== null && campaign_id !== truth.campaign_id) return false;
  return meets(alarm, truth);
}

/** An alarm may begin and end some minutes beside what it is of. */
const BESIDE_S = 900;

/** Whether it is in its time. */
export function meets(
  { start_s, end_s }: Alarm,
  { from_s, until_s }: Pick<Change, 'from_s' | 'until_s'>,
): boolean {
  return start_s < until_s + BESIDE_S && (end_s ?? Number.POSITIVE_INFINITY) > from_s - BESIDE_S;
}
