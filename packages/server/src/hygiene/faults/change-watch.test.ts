import { expect, test } from 'vitest';
import type { Burst } from './burst.js';
import { ChangeWatch } from './change-watch.js';
import type { MinuteCounts } from './fault.js';

const USUAL = { bad: 0.02, alive: 0.4 };

/** A minute of ten attempts: a letter tells how they ended. */
const MINUTES: Readonly<Record<string, Partial<MinuteCounts>>> = {
  '.': { alive: 4 },
  x: { failed: 10 },
  '?': { failed: 1, alive: 3 },
};

function minute(at: number, ended: Partial<MinuteCounts>, attempts = 10): MinuteCounts {
  const none = { alive: 0, invalid: 0, congested: 0, failed: 0 };
  return { minute_s: at * 60, trunk: 'sip-1', campaign_id: 1, attempts, ...none, ...ended };
}

/** The minutes of bursts, from and up to; a blank in the text is a minute without attempts. */
function bursts(text: string): number[][] {
  const watch = new ChangeWatch('outage', USUAL);
  for (const [at, letter] of [...text].entries()) {
    if (letter !== ' ') watch.add(minute(at + 1, MINUTES[letter] ?? {}));
  }
  return watch.bursts().map(minutesOf);
}

const minutesOf = ({ start_s, end_s }: Burst) => [start_s / 60 - 1, end_s / 60 - 1];

test('a burst begins and ends with its minutes', () => {
  expect(bursts('....')).toEqual([]);
  expect(bursts('...xxx...')).toEqual([[3, 6]]);
  expect(bursts('xxx...')).toEqual([[0, 3]]);
  expect(bursts('...xxx')).toEqual([[3, 6]]);
  expect(bursts('..?xxx.?.')).toEqual([[3, 6]]);
});

test('it goes on over minutes without attempts, up to six hours, and not over the night', () => {
  expect(bursts(`.xx${' '.repeat(20)}xx.`)).toEqual([[1, 25]]);
  expect(bursts(`.xx${' '.repeat(359)}xx.`)).toEqual([[1, 364]]);
  expect(bursts(`.xx${' '.repeat(360)}xx.`)).toEqual([
    [1, 3],
    [363, 365],
  ]);
});

test('it does not go on over good minutes', () => {
  expect(bursts('.xxx..xxx.')).toEqual([
    [1, 4],
    [6, 9],
  ]);
});

test('five attempts at least, however unusual they are', () => {
  const after = (failed: number) => {
    const watch = new ChangeWatch('outage', USUAL);
    watch.add(minute(1, { failed }, failed));
    return watch.bursts();
  };
  expect(after(4)).toEqual([]);
  expect(after(5)).toEqual([
    { start_s: 60, end_s: 120, parts: [expect.objectContaining({ trunk: 'sip-1', campaign_id: 1, bad: 5 })] },
  ]);
});

test('the parts of a minute are one minute, in any order', () => {
  const parts = [minute(2, { failed: 9 }), { ...minute(2, { alive: 1 }, 1), campaign_id: 2 }];
  for (const ordered of [parts, parts.toReversed()]) {
    const watch = new ChangeWatch('outage', USUAL);
    watch.add(minute(1, { alive: 4 }));
    for (const part of ordered) watch.add(part);
    const [burst] = watch.bursts();
    expect(burst).toMatchObject({ start_s: 120, end_s: 180 });
    expect(burst?.parts.map(({ campaign_id, bad }) => [campaign_id, bad]).sort()).toEqual([
      [1, 9],
      [2, 0],
    ]);
    expect(burst?.parts.find(({ campaign_id }) => campaign_id === 2)?.evidence).toBeLessThan(0);
  }
});

test('a burst of thousands of minutes has all of its attempts', () => {
  const watch = new ChangeWatch('outage', USUAL);
  for (let at = 1; at <= 5_000; at += 1) watch.add(minute(at, { failed: 10 }));
  const [burst] = watch.bursts();
  expect(burst?.parts.map(({ bad }) => bad)).toEqual([50_000]);
});

test('another place where as many fail as usual has no burst', () => {
  const watch = new ChangeWatch('outage', { bad: 0.9, alive: 0.02 });
  for (let at = 1; at <= 1_000; at += 1) watch.add(minute(at, { failed: 9 }));
  expect(watch.bursts()).toEqual([]);
});
