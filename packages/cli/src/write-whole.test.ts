import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from './write-whole.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-whole-'));
});
afterEach(() => rm(directory, { recursive: true }));

const inDirectory = (name: string) => join(directory, name);

test('takes the place of what was there, and leaves nothing beside it', async () => {
  await writeWhole(inDirectory('report'), inDirectory('draft'), ['a longer one']);
  await writeWhole(inDirectory('report'), inDirectory('draft'), ['a', Buffer.from('b')]);
  expect(await readdir(directory)).toEqual(['report']);
  expect(await readFile(inDirectory('report'), 'utf8')).toBe('ab');
});

test('of pieces that end with a failure nothing stays, and what was there does', async () => {
  await writeWhole(inDirectory('report'), inDirectory('draft'), ['before']);
  async function* broken() {
    yield 'after';
    throw new Error('the server ended');
  }
  await expect(writeWhole(inDirectory('report'), inDirectory('draft'), broken())).rejects.toThrow('ended');
  expect(await readdir(directory)).toEqual(['report']);
  expect(await readFile(inDirectory('report'), 'utf8')).toBe('before');
});

test('nor does anything where it cannot have its name', async () => {
  await mkdir(inDirectory('report'));
  await expect(writeWhole(inDirectory('report'), inDirectory('draft'), ['x'])).rejects.toThrow('EISDIR');
  expect(await readdir(directory)).toEqual(['report']);
});
