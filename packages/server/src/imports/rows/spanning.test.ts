import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Reading, skipped } from '../reading/reading.js';
import { noRow, readRow } from './rows.js';
import { SPAN_MAX, SpanningRecords } from './spanning.js';

const COLUMNS = 3;

interface Record {
  readonly line: number;
  readonly text: string;
  readonly kind: string;
}

/** Reads lines as rows of three columns; counts the characters that are looked at. */
function recordsOf(lines: readonly string[]): { records: Record[]; looked_at: number } {
  const records: Record[] = [];
  let looked_at = 0;
  const read = (text: string): Reading => {
    looked_at += text.length;
    const shape = {
      delimiter: ',' as const,
      counts: [COLUMNS],
      fault: (fields: number) => (fields === COLUMNS ? undefined : 'not three'),
    };
    const fields = readRow(text, shape);
    return Array.isArray(fields) ? skipped('header') : noRow(fields);
  };
  const spanning = new SpanningRecords(read, (line, text, reading) =>
    records.push({ line, text, kind: reading === 'blank' ? 'blank' : reading.kind }),
  );
  for (const [at, line] of lines.entries()) spanning.take(at + 1, line);
  spanning.finish();
  return { records, looked_at };
}

const kindsOf = (...lines: string[]) => recordsOf(lines).records.map(({ line, kind }) => `${line} ${kind}`);

test('a quoted field joins lines, blank ones too', () => {
  expect(kindsOf('1,a,"x', '9,b,c', '', 'y"', '2,d,e')).toEqual(['1 skipped', '5 skipped']);
  expect(kindsOf('1,"a', 'b","c', 'd"', '2,d,e')).toEqual(['1 skipped', '4 skipped']);
  expect(recordsOf(['1,a,"x ""y', 'z"" w"']).records).toEqual([
    { line: 1, text: '1,a,"x ""y\nz"" w"', kind: 'skipped' },
  ]);
});

test('where the joined lines are not a row, only the first is rejected, and reading goes on with the next', () => {
  expect(kindsOf('1,a,"x', '2,b,c', '3,d,"e"', '4,f,g')).toEqual([
    '1 rejected',
    '2 skipped',
    '3 skipped',
    '4 skipped',
  ]);
  expect(kindsOf('1,"x', '2,b,c', '3,d,"e', 'f"')).toEqual(['1 rejected', '2 skipped', '3 skipped']);
  expect(kindsOf('1,a,"x', '2,b,c')).toEqual(['1 rejected', '2 skipped']);
});

test('two rows that lost a quote each, in one column, are not one record', () => {
  const at = '2026-03-02 09:00:00';
  expect(kindsOf(`1,"a,${at}`, `2,b,${at}`, `3,c",${at}`, `4,d,${at}`)).toEqual([
    '1 rejected',
    '2 skipped',
    '3 skipped',
    '4 skipped',
  ]);
  expect(kindsOf(`1,"${at}","a`, `2,"${at}",b"`)).toEqual(['1 rejected', '2 skipped']);
  // A note of two lines: one has all columns and a date, the other has not.
  expect(kindsOf(`1,${at},"a`, `2,${at},b`, 'c"')).toEqual(['1 skipped']);
  expect(kindsOf('"a,b', `c",2,${at}`)).toEqual(['1 skipped']);
});

test('a field may span a hundred lines and 64 KiB, and no more', () => {
  const spanning = (lines: number) => ['1,a,"', ...Array(lines - 2).fill('x'), '"'];
  expect(kindsOf(...spanning(SPAN_MAX.lines), '2,a,b')).toEqual(['1 skipped', '101 skipped']);
  expect(kindsOf(...spanning(SPAN_MAX.lines + 1))[0]).toBe('1 rejected');
  const long = (chars: number) => ['1,a,"', 'x'.repeat(chars - '1,a,"\n\n"'.length - 1), '"'];
  expect(kindsOf(...long(SPAN_MAX.chars))).toEqual(['1 skipped']);
  expect(kindsOf(...long(SPAN_MAX.chars + 1))[0]).toBe('1 rejected');
});

const part = fc.constantFrom('a', ',', '"', '""', '"a"', ',"', '",', '1,b,c', '');
const line = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));

test('no line is lost, none counts twice, and each is looked at three times at most', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const { records, looked_at } = recordsOf(lines);
      expect(records.map(({ text }) => text).join('\n')).toBe(lines.join('\n'));
      let next = 1;
      for (const record of records) {
        expect(record.line).toBe(next);
        next += record.text.split('\n').length;
      }
      expect(looked_at).toBeLessThanOrEqual(3 * (lines.join('\n').length + 1));
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['quotes that never close', ['1,a,"x', ...Array(400).fill('1,b,c')]],
  ['a quote on each line', Array(400).fill('1,a,"x')],
  ['quotes that close as no row', Array(200).fill(['"', 'x,""', 'y"z']).flat()],
])('the work is linear: %s', (_, pattern) => {
  const lines = Array(20).fill(pattern).flat();
  const { records, looked_at } = recordsOf(lines);
  const chars = lines.join('\n').length;
  expect(records.map(({ text }) => text).join('\n')).toHaveLength(chars);
  expect(looked_at).toBeLessThanOrEqual(3 * chars);
});
