import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import { UsageError } from '../usage-error.js';
import type { Position } from './position.js';
import { GzipSource, PlainSource, type Source } from './source.js';

/** The most rotated files that are looked at, newest first: ten years of weekly rotation. */
const SIBLINGS_MAX = 520;
/** Precision that the time of a copy may have lost: some filesystems and programs keep whole or even seconds. */
export const COARSE_MS = 2_000;
/** Looks that may fail because of a rotation under way, which takes milliseconds. */
const LOOKS_MAX = 50;

/** `.1`, `-20261103`, `.2026-11-03-12-00-00`: what rotation adds after a name, or before its extension. */
const MARK = String.raw`[.\-_]\d[\d.:T_\-]*`;
const COMPRESSED = /\.(gz|xz|bz2|zst|Z)$/;

/** A file and its rotated files at one moment. All are open, and the caller closes them. */
export interface Snapshot {
  /** The file itself; undefined while it does not exist. */
  readonly current: Source | undefined;
  /** Rotated files that the position may be in, and those written to since; the oldest first. */
  readonly rotated: readonly Source[];
  /** Rotated files that may have such lines, but whose compression is not read here. */
  readonly unreadable: readonly string[];
}

/**
 * Opens the file, its rotated file with the position, and the rotated files that were written to since.
 *
 * Looks at the directory before and after opening: otherwise a file that is renamed in between could be missed.
 */
export async function snapshot(path: string, since: Position | undefined): Promise<Snapshot> {
  for (let look = 1; ; look += 1) {
    const names = await entries(path, since);
    const opened = await openAll(path, names);
    if (opened && sameEntries(names, await entries(path, since))) return opened;
    for (const source of [...(opened?.rotated ?? []), opened?.current]) await source?.close();
    if (look === LOOKS_MAX) throw new Error(`${dirname(path)} does not hold still`);
  }
}

interface Entry {
  readonly path: string;
  readonly inode: string;
  readonly written_at_ms: number;
}

async function entries(path: string, since: Position | undefined): Promise<Entry[]> {
  const directory = dirname(path);
  const own = basename(path);
  const found: Entry[] = [];
  for (const name of await namesIn(directory)) {
    const is_own = name === own;
    if (!is_own && (since === undefined || !isRotated(own, name))) continue;
    const entry = await entryOf(join(directory, name));
    if (entry === undefined) continue;
    if (is_own || isSince(entry, since)) found.push(entry);
  }
  return found.sort((a, b) => a.written_at_ms - b.written_at_ms || (a.path < b.path ? -1 : 1));
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    throw new UsageError(
      `${directory} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function isSince(entry: Entry, since: Position | undefined): boolean {
  if (since === undefined) return false;
  return (
    entry.inode === `${since.device}/${since.inode}` || entry.written_at_ms + COARSE_MS >= since.written_at_ms
  );
}

async function entryOf(path: string): Promise<Entry | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined); // renamed or deleted meanwhile
  if (!found?.isFile()) return undefined;
  return { path, inode: `${found.dev}/${found.ino}`, written_at_ms: Number(found.mtimeMs) };
}

/** The current file may grow between the looks, but the names of the files must not change. */
function sameEntries(before: readonly Entry[], after: readonly Entry[]): boolean {
  const listed = (list: readonly Entry[]) =>
    list
      .map(({ path, inode }) => `${path}\0${inode}`)
      .sort()
      .join('\0\0');
  return listed(before) === listed(after);
}

/** Undefined if a file disappeared before it was opened. */
async function openAll(path: string, names: readonly Entry[]): Promise<Snapshot | undefined> {
  const rotated: Source[] = [];
  const unreadable: string[] = [];
  let current: Source | undefined;
  const plain = new Set(names.map((entry) => entry.path));
  for (const entry of names.slice(-SIBLINGS_MAX)) {
    const compressed = COMPRESSED.exec(entry.path)?.[1];
    // While a file is being compressed, both files exist, and the plain one is whole.
    if (compressed !== undefined && entry.path !== path && plain.has(withoutCompression(entry.path)))
      continue;
    if (compressed !== undefined && compressed !== 'gz' && entry.path !== path) {
      unreadable.push(entry.path);
      continue;
    }
    const source = await openOne(entry.path, compressed === 'gz');
    if (source === undefined) {
      for (const other of [...rotated, current]) await other?.close();
      return undefined;
    }
    if (entry.path === path) current = source;
    else rotated.push(source);
  }
  return { current, rotated, unreadable };
}

/** Undefined if the file no longer exists. @throws UsageError when it may not be read */
async function openOne(path: string, gzip: boolean): Promise<Source | undefined> {
  try {
    return await (gzip ? GzipSource.open(path) : PlainSource.open(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') return undefined;
    throw new UsageError(`${path} can't be read: ${code}`);
  }
}

function isRotated(own: string, name: string): boolean {
  const bare = withoutCompression(name);
  const { name: stem, ext } = parse(own);
  return rotatedName(own, '').test(bare) || (ext !== '' && rotatedName(stem, ext).test(bare));
}

function rotatedName(before: string, after: string): RegExp {
  return new RegExp(`^${escaped(before)}${MARK}${escaped(after)}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function withoutCompression(path: string): string {
  return path.replace(COMPRESSED, '');
}
