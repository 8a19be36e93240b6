import { expect, test } from 'vitest';
import { bestOf } from './best-of.js';
import { changeOfCount, changeOfRate } from './change.js';
import { heatOf, strengthOf } from './heat.js';
import { hourTextIn } from './hour-text.js';
import { row } from './row.fixture.js';
import { sortedSides } from './sides.js';

test('hours of the week are put together over weeks; a rate of few attempts is none', () => {
  const cells = heatOf([
    row('2026-11-02T09:00:00-05:00', { answer: 10, busy: 10 }),
    row('2026-11-09T09:00:00-05:00', { answer: 5, busy: 25 }),
    row('2026-11-08T11:00:00-05:00', { answer: 1, busy: 28 }),
  ]);
  expect(cells.map(([first]) => first?.hour)).toEqual([9, 10, 11]);
  expect(cells.every((days) => days.length === 7)).toBe(true);
  expect(cells[0]?.[0]).toMatchObject({ weekday: 1, hour: 9, counts: { total: 50 }, rate: 0.3 });
  expect(cells[2]?.[6]).toMatchObject({ weekday: 7, counts: { total: 29 }, rate: null });
  expect(heatOf([])).toEqual([]);
});

test('the lowest rate has the faintest colour, the highest the strongest, and one alone the middle', () => {
  const cellsOf = (...answers: number[]) =>
    heatOf(
      answers.map((answer, index) => row(`2026-11-02T0${index}:00:00-05:00`, { answer, busy: 100 - answer })),
    );
  const strength = strengthOf(cellsOf(10, 20, 30).flat());
  expect([0.1, 0.2, 0.3].map((rate) => Math.round(strength(rate) * 100))).toEqual([0, 50, 100]);
  expect(strengthOf(cellsOf(10).flat())(0.1)).toBe(0.5);
});

test('the best hours are those with the highest probability that are dialed at all', () => {
  const hour = (number: number, attempts: number, probability: number) => ({
    weekday: 1,
    hour: number,
    attempts,
    probability,
  });
  const { best, mean } = bestOf([
    hour(8, 100, 0.1),
    hour(9, 300, 0.2),
    hour(10, 3, 0.9),
    ...[11, 12, 13, 14, 15].map((number) => hour(number, 0, 0)),
  ]);
  expect(best.map((one) => one.hour)).toEqual([9, 8]);
  expect(mean).toBeCloseTo((100 * 0.1 + 300 * 0.2 + 3 * 0.9) / 403);
  expect(bestOf([])).toEqual({ best: [], mean: 0 });
});

test('a count changes by a part, a rate by points, and nothing is compared with nothing', () => {
  expect(changeOfCount(105, 100)).toEqual({ direction: 'more', by: expect.closeTo(0.05) });
  expect(changeOfCount(0, 100)).toEqual({ direction: 'less', by: 1 });
  expect(changeOfCount(100, 100)).toEqual({ direction: 'same', by: 0 });
  expect(changeOfCount(100, 0)).toBeUndefined();
  expect(changeOfRate(0.2, 0.25)).toEqual({ direction: 'less', by: expect.closeTo(0.05) });
  expect(changeOfRate(0.20001, 0.2)).toEqual({ direction: 'same', by: 0 });
  expect([changeOfRate(null, 0.2), changeOfRate(0.2, null)]).toEqual([undefined, undefined]);
});

test('campaigns are sorted by what was chosen, the highest first', () => {
  const rows = [
    { ...row('2026-11-01T00:00:00-05:00', { answer: 1, busy: 9 }), campaign_id: 1 },
    { ...row('2026-11-01T00:00:00-05:00', { answer: 4, unknown: 4 }), campaign_id: 2 },
    { ...row('2026-11-01T00:00:00-05:00', { answer: 3, busy: 27 }), campaign_id: 3 },
  ];
  const order = (sort: 'total' | 'answered' | 'machine') =>
    sortedSides(rows, sort).map(({ campaign_id }) => campaign_id);
  expect([order('total'), order('answered'), order('machine')]).toEqual([
    [3, 1, 2],
    [2, 3, 1],
    [3, 1, 2],
  ]);
});

test('hours are written as clocks of the reader show them', () => {
  expect(hourTextIn('en-US')(18)).toBe('6 PM');
  expect(hourTextIn('es-ES')(7)).toBe('07:00');
});
