import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Engine } from '../engine/engine.js';
import { writePartList } from './part-list.js';
import { type PartEvent, UNSYNCED } from './set-unsynced-aside.js';
import { eachOf, isGone, sync, syncTree } from './sync-files.js';
import { settleTables } from './table-settings.js';
import { activeParts, type StoredTable, storedTables } from './tables.js';

/**
 * At most so often the list of active parts is read again because one of them was gone. The limit should never be reached:
 * merged-away parts are kept for longer than a look takes.
 */
const LOOKS_MAX = 10;

export interface DurableOptions {
  /** The engine's directory, on this machine. */
  readonly store: string;
  /** The file with the list of parts that are on disk. */
  readonly list: string;
  readonly report: (event: PartEvent) => void;
}

/**
 * Brings to the disk the parts of the tables whose inserts are in the journal, and keeps a list of the parts that are there. Parts
 * never change, so each is synced once.
 */
export class DurableParts {
  readonly #engine: Engine;
  readonly #options: DurableOptions;
  readonly #tables: readonly StoredTable[];
  /** Absolute paths of the active parts that are on disk. */
  #synced: ReadonlySet<string> = new Set();
  #is_listed = false;

  private constructor(engine: Engine, options: DurableOptions, tables: readonly StoredTable[]) {
    this.#engine = engine;
    this.#options = options;
    this.#tables = tables.filter(({ is_in_journal }) => is_in_journal);
  }

  /**
   * Brings everything in the store to the disk: what an earlier process left, what a change of the schema inserted, and the tables'
   * descriptions. From then on the tables do not sync their inserts themselves. The schema must be there.
   */
  static async open(engine: Engine, journal_table: string, options: DurableOptions): Promise<DurableParts> {
    const tables = await storedTables(engine, journal_table);
    const parts = new DurableParts(engine, options, tables);
    for (const { name } of parts.#tables) await engine.command(`SYSTEM START MERGES ${name}`);
    await settleTables(engine, tables);
    await parts.#syncDescriptions(tables);
    await parts.sync();
    await parts.#tellBroken(tables);
    return parts;
  }

  /**
   * Resolves when everything is on disk that the engine had taken when this was called. After a failure it must be called again.
   */
  async sync(): Promise<void> {
    for (let look = 1; ; look += 1) {
      const active = await activeParts(this.#engine, this.#tables);
      const unsynced = active.filter((part) => !this.#synced.has(part));
      const done = await this.#syncParts(unsynced);
      if (done.length < unsynced.length && look < LOOKS_MAX) {
        this.#synced = new Set([...this.#synced, ...done]);
        continue;
      }
      if (done.length < unsynced.length) throw new Error('parts are merged faster than they are synced');
      const is_other = unsynced.length > 0 || active.length !== this.#synced.size || !this.#is_listed;
      if (is_other) await this.#note(active);
      return;
    }
  }

  /** To be called before the last `sync`: parts that are merged after it would not be on disk when the process ends. */
  async stopMerges(): Promise<void> {
    for (const { name } of this.#tables) await this.#engine.command(`SYSTEM STOP MERGES ${name}`);
  }

  /** Deletes the parts that a start set aside. To be called when their rows are stored again. */
  async dropAside(): Promise<void> {
    for (const path of await this.aside()) await rm(path, { recursive: true, force: true });
  }

  /** Paths of the parts that a start set aside. */
  async aside(): Promise<string[]> {
    return detachedOf(this.#tables, UNSYNCED);
  }

  /** @returns the parts that were synced: a part that is gone is left out */
  async #syncParts(parts: readonly string[]): Promise<string[]> {
    const done: string[] = [];
    await eachOf(parts, async (part) => {
      try {
        await syncTree(part);
        done.push(part);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    });
    await eachOf(new Set(done.map(dirname)), sync);
    return done;
  }

  async #note(active: readonly string[]): Promise<void> {
    const { store, list } = this.#options;
    const tables = new Map(this.#tables.map(({ path }) => [placeOf(path), new Set<string>()]));
    for (const part of active) tables.get(placeOf(dirname(part)))?.add(basename(part));
    await writePartList(list, { while: 'serving', tables });
    this.#synced = new Set(active);
    this.#is_listed = true;
    await sync(store);
  }

  /** Syncs everything in the engine's directory except the parts. */
  async #syncDescriptions(tables: readonly StoredTable[]): Promise<void> {
    const { store } = this.#options;
    for (const kind of ['metadata', 'data']) await syncTree(join(store, kind)).catch(ignoreGone);
    const directories = new Set<string>();
    for (const prefix of await readdir(join(store, 'store'))) {
      for (const id of await readdir(join(store, 'store', prefix)))
        directories.add(join(store, 'store', prefix, id));
      directories.add(join(store, 'store', prefix));
    }
    for (const { path } of tables) directories.add(path);
    await eachOf(directories, async (directory) => {
      for (const each of await readdir(directory, { withFileTypes: true }))
        if (each.isFile()) await sync(join(directory, each.name));
      await sync(directory);
    });
    await sync(join(store, 'store'));
    await sync(store);
    await sync(dirname(store));
  }

  async #tellBroken(tables: readonly StoredTable[]): Promise<void> {
    for (const path of await detachedOf(tables, 'broken')) this.#options.report({ kind: 'broken', path });
  }
}

async function detachedOf(tables: readonly StoredTable[], prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const { path } of tables) {
    const detached = join(path, 'detached');
    const names = await readdir(detached).catch(ignoreGone);
    for (const name of names ?? []) if (name.startsWith(prefix)) found.push(join(detached, name));
  }
  return found;
}

/** `store/xxx/UUID`: the end of the path of a table's directory. */
function placeOf(path: string): string {
  return relative('/', path).split('/').slice(-3).join('/');
}

function ignoreGone(error: unknown): undefined {
  if (!isGone(error)) throw error;
}
