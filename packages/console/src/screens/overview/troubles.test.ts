import type { AlarmDocument, TrunkFaultsDocument } from '@recuento/contract';
import { expect, test } from 'vitest';
import { intervalsOf } from './intervals.js';
import { row } from './row.fixture.js';
import { stretchesOf, troublesOf } from './troubles.js';

type Fault = TrunkFaultsDocument['faults'][number];

const fault = (more: Partial<Fault>): Fault => ({
  trunk: 'a',
  campaign_id: null,
  kind: 'congestion',
  start: '2026-11-03T14:00:00Z',
  end: '2026-11-03T14:30:00Z',
  attempts: 10,
  ...more,
});
const alarm = (more: Partial<AlarmDocument>): AlarmDocument => ({
  ...fault({}),
  id: '1',
  told_at: '2026-11-03T14:05:00Z',
  usual: 0.1,
  seen: 0.9,
  query: '',
  text: { subject: '', body: '' },
  ...more,
});

test('a fault that an alarm tells too is listed once, and an alarm of another kind beside it', () => {
  const troubles = troublesOf(
    [fault({}), fault({ trunk: 'b', attempts: 90 })],
    [alarm({}), alarm({ kind: 'machines_jump', trunk: null, attempts: 50 })],
    'all',
  );
  expect(troubles.map(({ kind, trunk, attempts }) => [kind, trunk, attempts])).toEqual([
    ['congestion', 'b', 90],
    ['machines_jump', null, 50],
    ['congestion', 'a', 10],
  ]);
});

test('what goes on comes first, once', () => {
  const goes_on = { kind: 'outage', start: '2026-11-03T14:02:00Z', attempts: 5 } as const;
  const troubles = troublesOf(
    [fault({ attempts: 500 }), fault({ ...goes_on, start: '2026-11-03T14:00:00Z' })],
    [alarm({ ...goes_on, end: null })],
    'all',
  );
  expect(troubles.map(({ kind, end }) => [kind, end])).toEqual([
    ['outage', null],
    ['congestion', '2026-11-03T14:30:00Z'],
  ]);
});

test('a campaign has its own troubles and those of whole trunks', () => {
  const faults = [null, 7, 8].map((campaign_id) => fault({ campaign_id }));
  const of = (campaign: string) => troublesOf(faults, [], campaign).map(({ campaign_id }) => campaign_id);
  expect([of('7'), of('all')]).toEqual([
    [null, 7],
    [null, 7, 8],
  ]);
});

test('small congestion is not marked; other troubles are, from the beginning of the axis to its end', () => {
  const days = ['2026-11-02', '2026-11-03', '2026-11-04'];
  const rows = days.map((day) => row(`${day}T09:00:00-05:00`, { answer: 1_000 }));
  const intervals = intervalsOf(rows, '2026-11-02', '2026-11-04');
  const marked = (...faults: Fault[]) =>
    stretchesOf(troublesOf(faults, [], 'all'), intervals, (instant) =>
      (instant ?? '2026-11-04').slice(0, 10),
    ).map(({ first, last }) => [first, last]);
  expect(marked(fault({ attempts: 19 }))).toEqual([]);
  expect(marked(fault({ attempts: 20 }))).toEqual([['2026-11-03', '2026-11-03']]);
  expect(marked(fault({ kind: 'outage', attempts: 1, start: '2026-10-20T00:00:00Z' }))).toEqual([
    ['2026-11-02', '2026-11-03'],
  ]);
  expect(
    marked(fault({ kind: 'outage', start: '2026-11-05T00:00:00Z', end: '2026-11-05T01:00:00Z' })),
  ).toEqual([]);
  const goes_on = troublesOf([], [alarm({ end: null, attempts: 0, kind: 'no_attempts' })], 'all');
  expect(stretchesOf(goes_on, intervals, (instant) => (instant ?? '2026-11-09').slice(0, 10))).toMatchObject([
    { first: '2026-11-03', last: '2026-11-04' },
  ]);
});
