import { MACHINE_CODES, type TrendDimension, type TrendInterval, trendColumns } from '@recuento/contract';
import { orderOfAll } from '../order.js';
import type { Selection } from '../selection.js';
import { whereSelected } from '../where.js';
import type { Table } from './table.js';

export interface TrendAsked {
  readonly interval: TrendInterval;
  readonly by?: TrendDimension | undefined;
}

/** Seconds that a clock of the operation is ahead of UTC, at an instant. */
const offsetAt = (instant: string) => `timeZoneOffset(toTimeZone(${instant}, {time_zone:String}))`;

/**
 * The instant at which the interval of an attempt starts, and the offset that distinguishes the hours which a clock shows twice.
 * A day starts when its first second is: at one o'clock, where clocks skip midnight. An hour is what the clock shows together
 * with its offset: where clocks change at half past, it starts where the clock with that offset would have shown the full hour.
 *
 * The engine names the start of 2011-12-31 in Apia, whose clocks skipped a day, by the day that was skipped: the instant
 * is right.
 */
const INTERVALS: Readonly<Record<TrendInterval, { start: string; offset: string }>> = {
  day: {
    start: 'toStartOfDay(dialed_at, {time_zone:String})',
    offset: offsetAt('v_interval_start'),
  },
  hour: {
    start: `dialed_at - toMinute(dialed_at, {time_zone:String}) * 60 - toSecond(dialed_at, {time_zone:String})`,
    offset: offsetAt('dialed_at'),
  },
  window: {
    start: 'toDateTime({from_s:UInt32})',
    offset: offsetAt('v_interval_start'),
  },
};

const DIMENSIONS: Readonly<Record<TrendDimension, { value: string; name: string }>> = {
  campaign: { value: 'campaign_id', name: 'v_campaign_id' },
  trunk: { value: 'toString(trunk)', name: 'v_trunk' },
};

const COUNTS = [
  ...MACHINE_CODES.map((code) => `toUInt32(countIf(result = '${code}')) AS v_${code}`),
  'toUInt32(count()) AS v_total',
].join(', ');

/** `GET /v1/trend`: a row for each interval with attempts, and for each campaign or trunk in it if asked. */
export function trendTable(selection: Selection, { interval, by }: TrendAsked): Table {
  const where = whereSelected(selection);
  const { start, offset } = INTERVALS[interval];
  const dimension = by && DIMENSIONS[by];
  const keys = ['v_interval_start', 'v_offset', ...(dimension ? [dimension.name] : [])].join(', ');
  return {
    columns: trendColumns(by),
    rows: `SELECT ${start} AS v_interval_start, ${offset} AS v_offset,
        ${dimension ? `${dimension.value} AS ${dimension.name},` : ''} ${COUNTS}
      FROM ${orderOfAll(selection)} FINAL PREWHERE ${where.sql} GROUP BY ${keys}`,
    order: keys,
    instantText: (value) => `concat(
      formatDateTime(toDateTime(toUnixTimestamp(${value}) + v_offset, 'UTC'), '%Y-%m-%dT%H:%i:%S', 'UTC'),
      if(v_offset < 0, '-', '+'), leftPad(toString(intDiv(abs(v_offset), 3600)), 2, '0'), ':',
      leftPad(toString(intDiv(abs(v_offset) % 3600, 60)), 2, '0'))`,
    params: { ...where.params, time_zone: selection.time_zone },
    settings: {},
  };
}
