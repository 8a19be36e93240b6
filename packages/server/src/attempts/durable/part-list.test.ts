import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPartList, writePartList } from './part-list.js';

let path: string;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-part-list-'));
});
afterAll(() => rm(path, { recursive: true, force: true }));

const LIST = {
  while: 'serving',
  tables: new Map([
    ['store/00a/00a210bd-8317-4aea-ab71-200c574bbcf0', new Set(['202601_1_1_0', '202601_2_9_3'])],
    ['store/4d8/4d87a72c-bf43-4468-b7b3-07d348d15c58', new Set<string>()],
  ]),
} as const;

test('a list is read as it was written, also with a table without parts', async () => {
  const file = join(path, 'whole');
  expect(await readPartList(file)).toBeUndefined();
  await writePartList(file, LIST);
  expect(await readPartList(file)).toEqual(LIST);
});

test('a list with one changed bit, or cut anywhere, is refused', async () => {
  const file = join(path, 'damaged');
  await writePartList(file, LIST);
  const bytes = await readFile(file);
  for (let at = 0; at < bytes.length; at += 1) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    for (const damaged of [flipped, bytes.subarray(0, at)]) {
      await writeFile(file, damaged);
      await expect(readPartList(file)).rejects.toThrow(RangeError);
    }
  }
});
