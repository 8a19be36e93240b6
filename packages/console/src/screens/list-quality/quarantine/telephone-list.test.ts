import { expect, test } from 'vitest';
import { FILE_MAX_BYTES, LIST_MAX, readList, textOfFile } from './telephone-list.js';

test('a list has each telephone once, in its order, without blank lines, quotes and a heading', () => {
  expect(readList('\ufeffTeléfono\r\n573001\r\n\r\n "573002" \n573001\n+573003')).toEqual({
    telephones: ['573001', '573002', '+573003'],
    repeated: 1,
    heading: 'Teléfono',
    faults: 0,
    faulty: [],
    punctuated: 0,
    is_too_long: false,
  });
});

test('a word is a heading in the first line alone: telephones may be any text', () => {
  expect(readList('573001\nsales').telephones).toEqual(['573001', 'sales']);
  expect(readList('<img src=x onerror=alert(1)>\n=HYPERLINK("a","b")').telephones).toHaveLength(2);
});

test('what is no telephone is left out, and told with its line', () => {
  const { telephones, faults, faulty } = readList(
    ['57300123;Ana', `${'1'.repeat(64)}`, `${'1'.repeat(65)}`, '57\u0000300', '573001,2'].join('\n'),
  );
  expect(telephones).toEqual(['1'.repeat(64)]);
  expect(faults).toBe(4);
  expect(faulty.map(({ line, fault }) => [line, fault])).toEqual([
    [1, 'columns'],
    [3, 'too_long'],
    [4, 'unreadable'],
    [5, 'columns'],
  ]);
});

test('the first faults are shown, and all counted', () => {
  const { faults, faulty } = readList(Array.from({ length: 50 }, (_, at) => `57300${at},x`).join('\n'));
  expect([faults, faulty.length]).toEqual([50, 5]);
});

test('blanks, hyphens and brackets are counted, and taken out where that is wished', () => {
  const text = '300 123-4567\n(300) 123 4567\n\u202a+573001\u202c';
  expect(readList(text)).toMatchObject({ punctuated: 3, repeated: 0 });
  expect(readList(text, true)).toMatchObject({
    telephones: ['3001234567', '+573001'],
    punctuated: 0,
    repeated: 1,
  });
});

test(`a list of more than ${LIST_MAX} telephones is too long`, () => {
  const numbers = Array.from({ length: LIST_MAX }, (_, at) => String(at));
  expect(readList(numbers.join('\n'))).toMatchObject({ is_too_long: false });
  expect(readList([...numbers, 'one more 1'].join('\n'))).toMatchObject({ is_too_long: true });
});

test('files are text of UTF-8 or UTF-16; workbooks and what is too large are not read', async () => {
  expect(await textOfFile(new Blob(['573001\nñ']))).toEqual({ text: '573001\nñ' });
  const utf16 = new Uint8Array([0xff, 0xfe, 0x35, 0, 0x37, 0]);
  expect(await textOfFile(new Blob([utf16]))).toEqual({ text: '57' });
  expect(await textOfFile(new Blob([new Uint8Array([0x50, 0x4b, 3, 4])]))).toEqual({ fault: 'workbook' });
  expect(await textOfFile(new Blob([new Uint8Array(FILE_MAX_BYTES + 1)]))).toEqual({ fault: 'too_large' });
});
