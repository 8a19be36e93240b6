import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AsideFull, SetAside } from './set-aside.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-aside-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const below = (name: string) => join(directory, name);

test('entries are taken up to a number and up to a size, and none is deleted for another', async () => {
  const aside = new SetAside(below('damaged'), { entries: 3, bytes: 100 });
  expect(await aside.held()).toEqual({ entries: 0, bytes: 0 });
  const take = async (name: string, bytes: number) => {
    await writeFile(below(name), Buffer.alloc(bytes));
    return aside.take(below(name), name);
  };
  expect(await take('a', 60)).toBe(below('damaged/a'));
  await expect(take('too-large', 41)).rejects.toThrow(AsideFull);
  await take('b', 40);
  await take('empty', 0);
  await expect(take('one-more', 0)).rejects.toThrow(AsideFull);
  expect(await aside.held()).toEqual({ entries: 3, bytes: 100 });
  expect((await readdir(directory)).sort()).toEqual(['damaged', 'one-more', 'too-large']);
  await rm(below('damaged/a'));
  await aside.take(below('too-large'), 'too-large').catch(() => undefined);
  expect(await aside.held()).toEqual({ entries: 3, bytes: 81 });
});

test('a file in place of the directory is an error, and does not count as an empty directory', async () => {
  await writeFile(below('damaged'), '');
  await expect(new SetAside(below('damaged')).held()).rejects.toThrow('ENOTDIR');
});
