import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalLine, rowOrder, type Values } from '@recuento/client/parts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergeParts } from './merge-parts.js';
import { PartReader } from './part-reader.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-merge-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const SHAPE = { api: 'x', columns: { key: 'text', count: 'count' }, key: 'key', merging: 'add' } as const;

/** Rows of one part: each key once, in order. */
const rows = fc
  .uniqueArray(fc.tuple(fc.oneof(fc.nat({ max: 30 }).map(String), fc.string()), fc.nat({ max: 9 })), {
    selector: ([key]) => key,
    maxLength: 40,
    size: 'max',
  })
  .map((list) => list.sort(rowOrder(SHAPE)));

let parts = 0;
async function partOf(list: readonly Values[]): Promise<string> {
  parts += 1;
  const path = join(directory, `${parts}.ndjson`);
  await writeFile(path, `${list.map(canonicalLine).join('')}{"rows":${list.length}}\n`);
  return path;
}

test('a part is read to its end, whatever the size of a piece', async () => {
  const property = fc.asyncProperty(rows, fc.integer({ min: 1, max: 200 }), async (list, piece_bytes) => {
    const reader = await PartReader.open(await partOf(list), piece_bytes);
    const read: Values[] = [];
    for (; reader.row; await reader.advance()) read.push(reader.row);
    expect(read).toEqual(list);
  });
  await fc.assert(property);
});

async function merged(
  merging: 'add' | 'concatenate',
  lists: readonly (readonly Values[])[],
): Promise<Values[]> {
  const paths = await Promise.all(lists.map(partOf));
  const read: Values[] = [];
  for await (const row of mergeParts({ ...SHAPE, merging }, paths)) read.push(row);
  return read;
}

test('parts are merged by key and in order, and counts are added up', async () => {
  const property = fc.asyncProperty(
    fc.array(rows, { minLength: 1, maxLength: 9, size: 'max' }),
    async (lists) => {
      const sums = new Map<string, number>();
      for (const [key, count] of lists.flat()) sums.set(key, (sums.get(key) ?? 0) + count);
      expect(await merged('add', lists)).toEqual([...sums].sort(rowOrder(SHAPE)));
      expect(await merged('concatenate', lists)).toEqual(lists.flat());
    },
  );
  await fc.assert(property);
});
