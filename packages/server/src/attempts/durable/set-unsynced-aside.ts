import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type PartList, readPartList, writePartList } from './part-list.js';
import { isMadeOf, type PartName, partNameOf } from './part-name.js';
import { isGone, syncTree } from './sync-files.js';

/** What a start found of parts, for the log. */
export type PartEvent =
  /** Parts that were not known to be on disk were set aside: the journal has what is in them. */
  | { readonly kind: 'set aside'; readonly parts: number }
  /** A part that was on disk is gone, and so is what it became. */
  | { readonly kind: 'missing'; readonly path: string }
  /** The list of what is on disk is not what was written: no part was judged by it. */
  | { readonly kind: 'list damaged'; readonly error: unknown }
  /** Some are set aside, and not all of the journal is stored: they are kept. */
  | { readonly kind: 'aside kept'; readonly path: string }
  /** The engine found a part broken that was on disk. */
  | { readonly kind: 'broken'; readonly path: string }
  /** What the engine took could not be brought to the disk, and is tried again. */
  | { readonly kind: 'sync failed'; readonly error: unknown };

export const UNSYNCED = 'unsynced_';

interface Part {
  readonly directory: string;
  readonly name: PartName;
}

/**
 * To be done before the engine opens the store. What the last life had written and not brought to the disk may have been torn
 * by a power cut, in ways that the engine does not see: where the list of a part's files is lost it is made anew of what is
 * there. So no part is trusted that is not on the list of the last checkpoint. It is set aside, and there is what it was made
 * of: rows of inserts in the journal, and merged parts beside it, as the engine keeps them for some checkpoints.
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
  /** Not known to be on disk, and the only ones that have what was: a checkpoint came too late. */
  readonly kept: string[];
  readonly unsynced: string[];
  readonly missing: string[];
}

/** @param is_starting parts that no merge made were brought to the disk by the engine itself */
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
    // What became a trusted one: it is deleted by the engine, which reads nothing of it.
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
  // The same name may come again in the next life.
  const before = new Set(await readdir(aside));
  let name = `${UNSYNCED}${part}`;
  for (let n = 2; before.has(name); n += 1) name = `${UNSYNCED}${part}_try${n}`;
  await rename(join(table, part), join(aside, name));
}
