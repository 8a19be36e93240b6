import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { isGone, sync } from './sync-files.js';

const HEAD = 'recuento: parts that are on disk, 1';
/** A table's directory, relative to the engine's; it is named by the table's UUID. */
const TABLE = /^store\/[0-9a-f]{3}\/[0-9a-f-]{36}$/;

export interface PartList {
  /**
   * `serving`: everything inserted since is in the journal. `starting`: there may also be parts that a change of the schema inserted,
   * which the engine itself brought to the disk.
   */
  readonly while: 'serving' | 'starting';
  /** Names of parts by the directory of their table, which is relative to the engine's. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Reads the list of parts that are known to be on disk.
 *
 * @returns undefined when there is no list
 * @throws RangeError for a list that is not what was written
 */
export async function readPartList(path: string): Promise<PartList | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
  const lines = text.split('\n');
  const sum = lines.splice(-2).join('');
  const [head, state, ...rest] = lines;
  if (head !== HEAD || sum !== sumOf(lines) || (state !== 'serving' && state !== 'starting'))
    throw new RangeError(`${path} is not what was written`);
  const tables = new Map<string, Set<string>>();
  let parts = new Set<string>();
  for (const line of rest) {
    if (TABLE.test(line)) {
      parts = new Set();
      tables.set(line, parts);
    } else parts.add(line);
  }
  return { while: state, tables };
}

/** Resolves when the list is on disk. A power cut meanwhile leaves the list that was there before. */
export async function writePartList(path: string, list: PartList): Promise<void> {
  const lines = [HEAD, list.while];
  for (const [table, parts] of list.tables) lines.push(table, ...parts);
  const draft = `${path}.draft`;
  try {
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(`${lines.join('\n')}\n${sumOf(lines)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
  await sync(dirname(path));
}

function sumOf(lines: readonly string[]): string {
  return crc32(lines.join('\n')).toString(16).padStart(8, '0');
}
