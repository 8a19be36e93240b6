import type { PreviewedTable } from '@recuento/contract';
import { expect, test } from 'vitest';
import { chosen, isComplete, mapText, proposedChoice } from './column-choice.js';
import { keepColumns, keptColumns } from './kept-columns.js';

function tableOf(names: readonly (string | null)[], unnameable: readonly number[] = []): PreviewedTable {
  return {
    has_header: names[0] !== null,
    columns: names.map((name, at) => ({
      number: at + 1,
      name,
      is_nameable: name !== null && !unnameable.includes(at + 1),
      values: [],
    })),
    proposed: { telephone: 2, dialed_at: 3, future_field: 1, result: 9 },
    needs_date_order: false,
  };
}

const TABLE = tableOf(['Id', 'Phone', 'When', 'How']);
const CHOICE = new Map([
  ['telephone', 2],
  ['dialed_at', 3],
  ['result', 4],
] as const);

test('a choice begins with what is proposed, and a field stands in one column', () => {
  const begun = proposedChoice(TABLE);
  expect([...begun]).toEqual([
    ['telephone', 2],
    ['dialed_at', 3],
  ]);
  expect(isComplete(begun)).toBe(false);
  const complete = chosen(begun, 4, 'result');
  expect(isComplete(complete)).toBe(true);
  expect([...chosen(complete, 1, 'result')].toSorted()).toEqual([
    ['dialed_at', 3],
    ['result', 1],
    ['telephone', 2],
  ]);
  expect(chosen(complete, 4, undefined).has('result')).toBe(false);
  expect(chosen(complete, 2, 'trunk').has('telephone')).toBe(false);
});

test('map names columns, and counts them where one has no name that can stand there', () => {
  expect(mapText(CHOICE, TABLE)).toBe('telephone=Phone,dialed_at=When,result=How');
  expect(mapText(CHOICE, tableOf(['Id', 'Phone', 'Wh,en', 'How'], [3]))).toBe(
    'telephone=2,dialed_at=3,result=4',
  );
  expect(mapText(CHOICE, tableOf([null, null, null, null]))).toBe('telephone=2,dialed_at=3,result=4');
});

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
}

test('a choice is kept for files with the same headings, of the same operation', () => {
  const store = memory();
  expect(keptColumns('0042', TABLE, store)).toBeUndefined();
  keepColumns('0042', TABLE, { choice: CHOICE, date_order: 'dmy' }, store);
  expect(keptColumns('0042', tableOf(['ID', 'phone', 'When', 'How']), store)).toEqual({
    choice: CHOICE,
    date_order: 'dmy',
  });
  expect(keptColumns('0043', TABLE, store)).toBeUndefined();
  expect(keptColumns('0042', tableOf(['Id', 'When', 'Phone', 'How']), store)).toBeUndefined();
  keepColumns('0042', TABLE, { choice: new Map([['telephone', 1]]), date_order: '' }, store);
  expect(keptColumns('0042', TABLE, store)?.choice).toEqual(new Map([['telephone', 1]]));
});

test('what is kept is bounded, and what a stranger wrote there does no harm', () => {
  const store = memory();
  const nth = (nr: number) => tableOf([`Column ${nr}`, 'b']);
  for (let nr = 0; nr < 60; nr += 1) keepColumns('1', nth(nr), { choice: CHOICE, date_order: '' }, store);
  expect(keptColumns('1', nth(59), store)).toBeDefined();
  expect(keptColumns('1', nth(0), store)).toBeUndefined();
  for (const text of ['{', '{}', '[null,1,{"key":1}]', '[{"key":"a","fields":[[1]],"date_order":""}]']) {
    store.setItem('recuento-columns', text);
    expect(keptColumns('1', TABLE, store)).toBeUndefined();
  }
  expect(() =>
    keepColumns(
      '1',
      TABLE,
      { choice: CHOICE, date_order: '' },
      {
        ...store,
        setItem: () => {
          throw new Error('full');
        },
      },
    ),
  ).not.toThrow();
});
