import { expect, test } from 'vitest';
import { barPaths } from './bar-paths.js';
import { dotsOf, linePath } from './line-path.js';
import { scaleOf } from './scale.js';
import { type ChartPoint, marksOver } from './series.js';

const SCALE = scaleOf(200, 100, { top: 0, right: 0, bottom: 0, left: 0 }, 2, [0, 10]);
const point = (key: string, values: ChartPoint['values']): ChartPoint => ({ key, label: key, values });
const series = ['a', 'b'].map((name) => ({ name, title: name, colour: 'red' }));

test('the parts of a bar stand on each other, and a part of nothing is not drawn', () => {
  const paths = barPaths([point('1', { a: 4, b: 6 }), point('2', { a: 0, b: null })], series, SCALE);
  expect(paths).toEqual(['M22 100V60h56V100Z', 'M22 60V0h56V60Z']);
});

test('a line has a gap where there is no number, and a dot where it would be a point without length', () => {
  const points = [1, null, 2, 3, null].map((a, index) => point(String(index), { a }));
  const scale = scaleOf(500, 100, { top: 0, right: 0, bottom: 0, left: 0 }, 5, [0, 10]);
  expect(linePath(points, 'a', scale)).toBe('M50 90M250 80L350 70');
  expect(dotsOf(points, 'a', 0)).toEqual([0]);
  expect(dotsOf(points, 'a', 40)).toEqual([0, 2, 3]);
});

test('marks stand over all points of their stretch, and those elsewhere over none', () => {
  const points = ['1', '2', '3'].map((key) => point(key, {}));
  const marks = [
    { first: '1', last: '2', title: 'one' },
    { first: '2', last: '2', title: 'two' },
    { first: '2', last: '9', title: 'beyond' },
  ];
  expect([...marksOver(points, marks)]).toEqual([
    ['1', ['one']],
    ['2', ['one', 'two']],
  ]);
});
