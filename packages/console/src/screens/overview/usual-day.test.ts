import { expect, test } from 'vitest';
import { dayAfter } from './calendar.js';
import { row } from './row.fixture.js';
import { dayBesideUsual } from './usual-day.js';

/** A Sunday. */
const TODAY = '2026-11-29';
const at = (day: string, hour: number, answer: number) =>
  row(`${day}T${String(hour).padStart(2, '0')}:00:00-05:00`, { answer });
const weeksAgo = (weeks: number) => dayAfter(TODAY, -7 * weeks);

test('today is compared with the same hours of the same weekday, no further than the hours that are over', () => {
  const rows = [
    at(weeksAgo(2), 9, 10),
    at(weeksAgo(2), 10, 20),
    at(weeksAgo(2), 15, 90),
    at(weeksAgo(1), 9, 30),
    at(dayAfter(TODAY, -1), 9, 1_000),
    at(TODAY, 9, 33),
    at(TODAY, 10, 7),
  ];
  expect(dayBesideUsual(rows, TODAY, 10)).toMatchObject({
    day: TODAY,
    is_today: true,
    until_hour: 10,
    seen: { total: 33 },
    usual: { total: 20 },
    weeks: 2,
  });
  expect(dayBesideUsual(rows, TODAY, 11)).toMatchObject({ seen: { total: 40 }, usual: { total: 30 } });
});

test('along the hours, those that are not over have no number, and the usual ones all have', () => {
  const rows = [at(weeksAgo(2), 9, 10), at(weeksAgo(1), 11, 30), at(TODAY, 9, 33), at(TODAY, 10, 7)];
  expect(dayBesideUsual(rows, TODAY, 10)?.hours).toEqual([
    { hour: 9, seen: 33, usual: 5 },
    { hour: 10, seen: null, usual: 0 },
    { hour: 11, seen: null, usual: 15 },
  ]);
});

test('where nothing was dialed yet today, the last day is shown whole', () => {
  const friday = dayAfter(TODAY, -2);
  const rows = [
    at(dayAfter(friday, -14), 9, 4),
    at(dayAfter(friday, -7), 9, 8),
    at(friday, 9, 5),
    at(friday, 18, 1),
  ];
  const shown = {
    day: friday,
    is_today: false,
    until_hour: undefined,
    seen: { total: 6 },
    usual: { total: 6 },
  };
  expect(dayBesideUsual(rows, TODAY, 23)).toMatchObject(shown);
  // What the present hour has is not counted yet.
  expect(dayBesideUsual([...rows, at(TODAY, 9, 1)], TODAY, 9)).toMatchObject(shown);
});

test('one week is no usual week, and older ones than four are not looked at', () => {
  const rows = [at(weeksAgo(6), 9, 4), at(weeksAgo(5), 9, 4), at(weeksAgo(1), 9, 8), at(TODAY, 9, 5)];
  const shown = dayBesideUsual(rows, TODAY, 12);
  expect([shown?.weeks, shown?.usual]).toEqual([1, undefined]);
  expect(shown?.hours.map(({ usual }) => usual)).toEqual([null]);
});

test('where nothing was dialed at all, there is no day to show', () => {
  expect(dayBesideUsual([], TODAY, 12)).toBeUndefined();
  expect(dayBesideUsual([at(dayAfter(TODAY, 1), 9, 5)], TODAY, 12)).toBeUndefined();
});
