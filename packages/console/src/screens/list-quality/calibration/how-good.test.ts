import { expect, test } from 'vitest';
import { fewerMistakes, offBy, tellingBin } from './how-good.js';

const FEW = { from: 0, to: 0.1, attempts: 100, predicted: 0.05, reached: 0.09 };
const MANY = { from: 0.1, to: 0.2, attempts: 300, predicted: 0.15, reached: 0.14 };

test('the bin that says the most has the most attempts', () => {
  expect(tellingBin([FEW, MANY])).toBe(MANY);
  expect(tellingBin([])).toBeUndefined();
});

test('how far chances are off is a mean over attempts', () => {
  expect(offBy([FEW, MANY])).toBeCloseTo((100 * 0.04 + 300 * 0.01) / 400);
  expect(offBy([])).toBe(0);
});

test('what the chances know is told against the rates of campaigns', () => {
  expect(fewerMistakes({ brier: 0.09, brier_base: 0.1 })).toBeCloseTo(0.1);
  expect(fewerMistakes({ brier: null, brier_base: null })).toBeUndefined();
});
