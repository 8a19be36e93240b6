import { expect, test } from 'vitest';
import { connectionsWithin } from './open-files.js';

const limits = (open_files: string) =>
  ['Limit                     Soft Limit           Hard Limit           Units     ']
    .concat(`Max processes             96000                96000                processes `)
    .concat(`Max open files            ${open_files.padEnd(20)} 524288               files     `)
    .join('\n');

test.each([
  ['20000', 4_096],
  ['8192', 4_096],
  ['8190', 4_095],
  ['1024', 512],
  ['unlimited', 4_096],
])('where %s files may be open, there are %i connections of 4,096', (open_files, connections) => {
  expect(connectionsWithin(4_096, limits(open_files))).toBe(connections);
});

test('where the system names no limit there are as many as wanted', () => {
  expect(connectionsWithin(4_096, '')).toBe(4_096);
});
