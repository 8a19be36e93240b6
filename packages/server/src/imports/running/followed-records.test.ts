import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cdrLine } from '../../../test/master-csv.js';
import { FollowedRecords } from './followed-records.js';

const MAP = 'telephone=To,dialed_at=When,result=Result';
const csv = new FollowedRecords('csv', MAP);
const HEADER = Buffer.from('Note,To,When,Result\n');
const row = (note: string) => `${note},573001234567,2026-03-02 09:15:10,BUSY\n`;
const wholeOf = (...rows: string[]) => csv.wholeOf(HEADER, Buffer.from(rows.join('')));

test('a record with an open quoted field is not complete, and the records before it are', () => {
  const [first, second] = [row('ñ'), row('"a\n\nb"')];
  expect(wholeOf(first, second)).toBe(Buffer.byteLength(first + second));
  expect(wholeOf(first, '"a\n')).toBe(Buffer.byteLength(first));
  expect(wholeOf(first, '"a\n\n')).toBe(Buffer.byteLength(first));
  expect(wholeOf('"a\n')).toBe(0);
  expect(wholeOf(first, row('"a "b" c'))).toBe(Buffer.byteLength(first + row('"a "b" c')));
});

test('nothing of a file counts as complete before a row shows where its header ends', () => {
  const whole = (text: string) => csv.wholeOf(Buffer.alloc(0), Buffer.from(text));
  for (const text of ['sep=,\n', 'Report\n', `Report\n${HEADER}`, `Report\n${HEADER}\n`])
    expect(whole(text)).toBe(0);
  const text = `Report\n${HEADER}${row('a')}`;
  expect(whole(text)).toBe(text.length);
});

test('a byte order mark before quoted names is not part of them', () => {
  const header = Buffer.from('\uFEFF"Note","To","When","Result"\r\n');
  const rows = Array.from({ length: 30 }, () => row('a')).join('');
  expect(csv.headerOf(Buffer.from(header + rows))).toEqual({ bytes: header, is_sure: true });
  expect(csv.wholeOf(header, Buffer.from(`${rows}"b\n`))).toBe(rows.length);
  expect(csv.wholeOf(Buffer.alloc(0), Buffer.from(`${header}${rows}"b\n`))).toBe(header.length + rows.length);
});

test('a quote that never closes holds nothing up for longer than a record may be', () => {
  const lines = [row('"x'), ...Array<string>(120).fill(row('y'))];
  expect(wholeOf(...lines)).toBe(lines.join('').length);
});

test('wherever a file is cut, its parts are of whole records and nothing is left out', () => {
  const part = fc.constantFrom(row('a'), row('"a\nb"'), row('"a, ""b""\n\nc"'), row('Ana "x"'));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(40)), (parts, cuts) => {
      const whole = Buffer.from(parts.join(''));
      let [from, to] = [0, 0];
      const sent: string[] = [];
      for (const cut of [...cuts, whole.length]) {
        to = Math.min(whole.length, to + cut);
        const lines = whole.subarray(from, whole.subarray(0, to).lastIndexOf('\n') + 1);
        const bytes = csv.wholeOf(HEADER, lines);
        sent.push(lines.subarray(0, bytes).toString());
        from += bytes;
      }
      expect(sent.join('')).toBe(whole.toString());
      const ends = new Set([0, ...parts.map((_, at) => parts.slice(0, at + 1).join('').length)]);
      let end = 0;
      for (const piece of sent) {
        end += piece.length;
        expect(ends.has(end)).toBe(true);
      }
    }),
  );
});

test.each<[string, string | undefined, string, string]>([
  ['csv', MAP, 'Note,To,When,Result\n', row('a')],
  ['csv', MAP, 'sep=,\nNote,To,When,Result\n', row('a')],
  ['csv', MAP, '"","","FORM"\n"Note\nof it",To,When,Result\n', row('a')],
  ['csv', 'telephone=2,dialed_at=3,result=4', '', row('a')],
  ['asterisk-csv', undefined, '', `${cdrLine()}\n`],
  ['vendor-campaign-3', undefined, 'telephone,date,result\n', '57300,2026-03-02 09:15:10,BUSY\n'],
  ['twilio', undefined, '', '{"sid":"CA1"}\n'],
  ['whatever', undefined, '', 'a,b\n'],
])('%s, %s: the header %j', (format, map, header, rows) => {
  const records = new FollowedRecords(format, map);
  const found = records.headerOf(Buffer.from(header + rows));
  expect([found.bytes.toString(), found.is_sure]).toEqual([header, true]);
  if (header !== '') expect(records.headerOf(Buffer.from(header)).is_sure).toBe(false);
});
