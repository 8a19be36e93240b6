import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type PartList, readPartList, writePartList } from './part-list.js';
import { isMadeOf, type PartName, partNameOf } from './part-name.js';
import { isGone, syncTree } from './sync-files.js';

/** What happened to the engine's parts, for the log. */
export type PartEvent =
  /** Parts that were not known to be on disk were set aside: the journal has what is in them. */
  | { readonly kind: 'set aside'; readonly parts: number }
  /** A part that was on disk is gone, and no part made of it is there. */
  | { readonly kind: 'missing'; readonly path: string }
  /** The list of parts on disk is not what was written, so no part was judged by it. */
  | { readonly kind: 'list damaged'; readonly error: unknown }
  /** Parts are set aside and not all of the journal is stored, so they are kept. */
  | { readonly kind: 'aside kept'; readonly path: string }
  /** The engine found that a part on disk is broken. */
  | { readonly kind: 'broken'; readonly path: string }
  /** The parts could not be brought to the disk, which is tried again. */
  | { readonly kind: 'sync failed'; readonly error: unknown };

/** Prefix of parts that were set aside. */
export const UNSYNCED = 'unsynced_';

interface Part {
  readonly directory: string;
  readonly name: PartName;
}

/**
 * To be called before the engine opens the store. A power cut may have torn parts that the last process wrote and did not sync, and
 * the engine may not notice: when a part's list of files is lost, it makes a new one of the files that are there. So only parts on
 * the list of the last checkpoint are trusted, and others are set aside. Nothing is lost with them: the rows of inserts are in the
 * journal, and the parts that a merge replaced are still there, as the engine keeps those for some checkpoints.
 *
 * @param store the engine's directory
 */
export async function setUnsyncedAside(
  store: string,
  list_path: string,
  report: (event: PartEvent) => void,
): Promise<void> {
  let list: PartList | undefined;
  try {
    list = await readPartList(list_path);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report({ kind: 'list damaged', error });
  }
  if (!list) return;
  const tables = new Map<string, Set<string>>();
  for (const [table, listed] of list.tables) {
    const there = await partsIn(join(store, table));
    if (!there) continue;
    const judged = judge(there, listed, list.while === 'starting');
    for (const missing of judged.missing) report({ kind: 'missing', path: join(store, table, missing) });
    for (const part of judged.kept) await syncTree(join(store, table, part));
    for (const part of judged.unsynced) await setAside(join(store, table), part);
    if (judged.unsynced.length > 0) report({ kind: 'set aside', parts: judged.unsynced.length });
    tables.set(table, new Set([...judged.trusted, ...judged.kept]));
  }
  await writePartList(list_path, { while: 'starting', tables });
}

async function partsIn(table: string): Promise<Part[] | undefined> {
  try {
    const parts: Part[] = [];
    for (const directory of await readdir(table)) {
      const name = partNameOf(directory);
      if (name) parts.push({ directory, name });
    }
    return parts;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

interface Judged {
  readonly trusted: string[];
  /** Parts that are not known to be on disk, and are the only ones with rows of listed parts: a checkpoint came too late. */
  readonly kept: string[];
  readonly unsynced: string[];
  readonly missing: string[];
}

/** @param is_starting whether the engine itself brought unmerged parts to the disk (`PartList.while`) */
export function judge(there: readonly Part[], listed: ReadonlySet<string>, is_starting: boolean): Judged {
  const trusted = there.filter(({ directory }) => listed.has(directory));
  const gone: Part[] = [];
  for (const directory of listed) {
    const name = partNameOf(directory);
    if (name && !trusted.some((part) => part.directory === directory)) gone.push({ directory, name });
  }
  const kept: string[] = [];
  const unsynced: string[] = [];
  for (const part of there) {
    if (listed.has(part.directory)) continue;
    // A trusted part was made of this one: the engine does not read it, and deletes it.
    if (trusted.some(({ name }) => isMadeOf(name, part.name))) continue;
    const is_only_one = gone.some(({ name }) => isMadeOf(part.name, name));
    const is_of_engine = is_starting && part.name.level === 0 && part.name.mutation === 0;
    (is_only_one || is_of_engine ? kept : unsynced).push(part.directory);
  }
  const missing = gone.filter(({ name }) => {
    return !there.some(
      (part) => (listed.has(part.directory) || kept.includes(part.directory)) && isMadeOf(part.name, name),
    );
  });
  return {
    trusted: trusted.map(({ directory }) => directory),
    kept,
    unsynced,
    missing: missing.map(({ directory }) => directory),
  };
}

async function setAside(table: string, part: string): Promise<void> {
  const aside = join(table, 'detached');
  await mkdir(aside, { recursive: true });
  // A later process may make a part of the same name.
  const before = new Set(await readdir(aside));
  let name = `${UNSYNCED}${part}`;
  for (let n = 2; before.has(name); n += 1) name = `${UNSYNCED}${part}_try${n}`;
  await rename(join(table, part), join(aside, name));
}
