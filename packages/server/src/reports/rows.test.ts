import { describe, expect, test } from 'vitest';
import { countRows, lastRow, rowsOf, withoutLastRow } from './rows.js';

/** As the engine writes them. */
const array = (...rows: string[]) => Buffer.from(`[\n${rows.join(',\n')}\n]\n`);

describe('rows of the engine', () => {
  test('none', () => {
    expect(rowsOf(array()).toString()).toBe('');
    expect(rowsOf(Buffer.from('[\n]\n')).toString()).toBe('');
    expect(countRows(rowsOf(array()))).toBe(0);
  });

  test('one', () => {
    const rows = rowsOf(array('{"a":"1"}'));
    expect([countRows(rows), lastRow(rows).toString()]).toEqual([1, '{"a":"1"}']);
  });

  test('several: the last can be read and taken off', () => {
    const rows = rowsOf(array('{"a":"1"}', '{"a":"\\n]"}', '{"a":"3"}'));
    expect(countRows(rows)).toBe(3);
    expect(lastRow(rows).toString()).toBe('{"a":"3"}');
    expect(JSON.parse(`[${withoutLastRow(rows)}]`)).toEqual([{ a: '1' }, { a: '\n]' }]);
  });
});
