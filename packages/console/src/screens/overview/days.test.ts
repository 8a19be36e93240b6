import { expect, test } from 'vitest';
import { dayAfter, daysBetween, wallDayOf, weekdayOf } from './calendar.js';
import { comparable, ofFullHours, periodUntil } from './compared.js';
import { answerRate, machineOf, machineRate, meanOf, summed } from './counts.js';
import { intervalsOf } from './intervals.js';
import { row } from './row.fixture.js';

test('days follow each other over the ends of months and years, and know their weekday', () => {
  expect(daysBetween('2026-12-30', '2027-01-02')).toEqual([
    '2026-12-30',
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
  ]);
  expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29');
  expect(['2026-11-30', '2026-11-29'].map(weekdayOf)).toEqual([1, 7]);
  expect(wallDayOf('2026-11-29T03:00:00Z', 'America/Bogota')).toBe('2026-11-28');
});

test('of nothing there is no rate', () => {
  expect([answerRate(summed([])), machineRate(summed([]))]).toEqual([null, null]);
});

test('rates are of all attempts, and a machine has five codes', () => {
  const counts = summed([
    row('2026-11-03T09:00:00-05:00', { answer: 2, no_answer: 3, busy: 1 }),
    row('2026-11-03T10:00:00-05:00', { abandon: 2, failed: 1, congestion: 1, answer_machine: 1, unknown: 1 }),
  ]);
  expect([counts.total, machineOf(counts)]).toEqual([12, 7]);
  expect([answerRate(counts), machineRate(counts)]).toEqual([2 / 12, 7 / 12]);
  expect(meanOf([counts, counts, summed([])]).total).toBe(8);
});

test('a period is shown by day, with the days on which nothing was dialed', () => {
  const rows = [
    row('2026-11-01T09:00:00-05:00', { answer: 1 }),
    row('2026-11-01T17:00:00-05:00', { busy: 2 }),
    row('2026-11-03T08:00:00-05:00', { failed: 4 }),
  ];
  const days = intervalsOf(rows, '2026-11-01', '2026-11-04');
  expect(days.map(({ key, hour, counts }) => [key, hour, counts.total])).toEqual([
    ['2026-11-01', undefined, 3],
    ['2026-11-02', undefined, 0],
    ['2026-11-03', undefined, 4],
    ['2026-11-04', undefined, 0],
  ]);
});

test('a day or two are shown by hour, from the first hour that was dialed to the last; an hour that comes twice is one', () => {
  const rows = [
    row('2026-11-01T01:00:00-04:00', { answer: 1 }),
    row('2026-11-01T01:00:00-05:00', { answer: 2 }),
    row('2026-11-02T03:00:00-05:00', { answer: 4 }),
  ];
  const hours = intervalsOf(rows, '2026-11-01', '2026-11-02');
  expect(hours.map(({ key, counts }) => [key, counts.total])).toEqual([
    ['2026-11-01T01', 3],
    ['2026-11-01T02', 0],
    ['2026-11-01T03', 0],
    ['2026-11-02T01', 0],
    ['2026-11-02T02', 0],
    ['2026-11-02T03', 4],
  ]);
  expect(intervalsOf([], '2026-11-01', '2026-11-01')).toEqual([]);
  expect(intervalsOf(rows, '2026-11-01', '2026-11-01', 'day')).toHaveLength(1);
});

const WEEK = {
  preset: '7d',
  first_day: '2026-11-23',
  last_day: '2026-11-29',
  days: 7,
  from: '2026-11-23T00:00:00-05:00',
  to: '2026-11-29T23:59:59-05:00',
} as const;
const HOUR_MS = 3_600_000;
const hoursSince1970 = (instant: string) => Math.floor(Date.parse(instant) / HOUR_MS);

test('a period that goes on is compared with as much of the one before', () => {
  const at = (instant: string) => {
    const { from, to } = periodUntil(WEEK, 'America/Bogota', hoursSince1970(instant));
    return [from, Date.parse(to)];
  };
  const from = '2026-11-16T00:00:00-05:00';
  const whole = Date.parse('2026-11-22T23:59:59-05:00');
  expect(at('2026-11-29T12:30:00-05:00')).toEqual([from, Date.parse('2026-11-22T11:59:59-05:00')]);
  expect(at('2026-12-15T00:00:00-05:00')).toEqual([from, whole]);
  expect(at('2026-11-23T00:10:00-05:00')).toEqual([from, whole]);
});

test('of a period that goes on, the hour that has begun is not compared', () => {
  const rows = [8, 9, 10].map((hour) =>
    row(`2026-11-29T${String(hour).padStart(2, '0')}:00:00-05:00`, { answer: 2 }),
  );
  const hour = hoursSince1970('2026-11-29T10:59:00-05:00');
  expect(summed(ofFullHours(rows, hour))).toMatchObject({ answer: 4, total: 4 });
  expect(comparable(ofFullHours(rows, hoursSince1970('2026-11-29T08:30:00-05:00')), rows)).toBe('nothing');
});

test('a period before that was hardly dialed is compared with nothing', () => {
  const days = (count: number) =>
    Array.from({ length: count }, (_, index) => row(`2026-11-1${index}T09:00:00-05:00`, { answer: 2 }));
  expect(comparable(days(4), days(1))).toBe('nothing');
  expect(comparable(days(4), days(2))).toMatchObject({ answer: 4, total: 4 });
  expect(comparable(days(1), [])).toBe('nothing');
});
