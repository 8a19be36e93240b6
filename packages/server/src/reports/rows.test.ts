import { describe, expect, test } from 'vitest';
import { campaign8 } from './campaign-8.js';
import { asRows, joinedRows, lastRow, rowsOf, withoutLastRow } from './rows.js';

/** As the engine writes them. */
const written = (...rows: string[]) => Buffer.from(`${rows.join(',\n')}\n${rows.length}\n`);

describe('rows of the engine', () => {
  test('none', () => {
    const { rows, count } = rowsOf(written());
    expect([rows.toString(), count]).toEqual(['', 0]);
  });

  test('one', () => {
    const one = rowsOf(written('{"a":"1"}'));
    expect([one.count, one.rows.toString(), lastRow(one).toString()]).toEqual([1, '{"a":"1"}', '{"a":"1"}']);
  });

  test('behind others: one array, of their own bytes', () => {
    const all = [[], ['{"a":"1"}', '{"a":"2"}'], [], ['{"a":"3"}']].map((rows) => rowsOf(written(...rows)));
    const joined = joinedRows(all);
    expect(JSON.parse(`[${Buffer.concat(joined)}]`)).toEqual([{ a: '1' }, { a: '2' }, { a: '3' }]);
    for (const { rows, count } of all) expect(joined.includes(rows)).toBe(count > 0);
    expect(joinedRows([])).toEqual([]);
  });

  test('several: the last can be read and taken off', () => {
    const all = rowsOf(written('{"a":"1"}', '{"a":"\\n7"}', '{"a":"3"}'));
    expect(all.count).toBe(3);
    expect(lastRow(all).toString()).toBe('{"a":"3"}');
    const { rows, count } = withoutLastRow(all);
    expect(count).toBe(2);
    expect(JSON.parse(`[${rows}]`)).toEqual([{ a: '1' }, { a: '\n7' }]);
  });

  test('the engine is asked for every column, in the report’s order', () => {
    const { format_template_row_format: row } = asRows(campaign8.description.columns.slice(0, 2));
    const blanks = ['telephone', 'total_machine_recognitions'].map((name) => `"${name}":\${${name}:JSON}`);
    expect(row).toBe(`{${blanks.join(',')}}`);
  });
});
