import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dice } from './dice.js';
import { DiskFile } from './file.js';
import type { DiskRecord } from './records.js';

type Node = DiskFile | Directory | { readonly leads_to: string };

class Directory {
  /** What is surely on disk. */
  readonly entries = new Map<string, Node>();
}

interface Entry {
  readonly directory: Directory;
  readonly name: string;
}

/** A change of directories: a rename has both, and happens as one. */
interface Change {
  readonly node: Node;
  readonly from?: Entry;
  readonly to?: Entry;
  /** What comes to `from` in exchange. */
  readonly back?: Node;
}

/** A flag of renameat2(2). */
const RENAME_EXCHANGE = 2;

/** SQLite's index of its log is memory, and made anew by whoever opens the file first. */
const MEMORY = /-shm$/;

/** A disk as a process sees it, of which a cut leaves only a part: what was synced, and of the rest this and that. */
export class Disk {
  readonly #root = new Directory();
  readonly #nodes = new Map<number, Node>();
  /** Of directories, in their order. */
  #changes: Change[] = [];
  /** By thread and directory: changes that had been made when its sync began. */
  readonly #syncing = new Map<string, readonly Change[]>();

  /** @param root inode of the directory, which is empty */
  constructor(root: number) {
    this.#nodes.set(root, this.#root);
  }

  apply(record: DiskRecord): void {
    const { kind, inode } = record;
    switch (kind) {
      case 'create':
        this.#appear(record, new DiskFile());
        return;
      case 'mkdir':
        this.#appear(record, new Directory());
        return;
      case 'symlink':
        this.#appear(record, { leads_to: record.data.toString() });
        return;
      case 'link':
        this.#changes.push({ node: this.#node(inode), to: this.#entry(record) });
        return;
      case 'unlink':
      case 'rmdir':
        this.#changes.push({ node: this.#node(inode), from: this.#entry(record) });
        return;
      case 'rename':
        this.#rename(record);
        return;
      case 'write':
        this.#file(inode).write(record.offset, record.data);
        return;
      case 'truncate':
        this.#file(inode).truncate(record.length);
        return;
      case 'sync':
        this.#sync(record);
        return;
      case 'unknown':
        throw new Error(`the service did what no record is made of: ${record.data} ${record.name}`);
    }
  }

  /**
   * Makes a directory as a cut would leave this disk.
   *
   * @param recorded the directory that was recorded: symbolic links lead to the one that is made
   * @param dice undefined: nothing is lost
   */
  async leave(directory: string, recorded: string, dice: Dice | undefined): Promise<void> {
    const seen = new Map<Directory, Map<string, Node>>();
    const of = (each: Directory) => {
      const known = seen.get(each) ?? new Map(each.entries);
      seen.set(each, known);
      return known;
    };
    for (const change of this.#changes) if (!dice || dice.entryHappened()) happen(change, of);
    const relocated = (target: string) => target.replace(recorded, directory);
    await leaveIn(directory, of(this.#root), { of, relocated, dice });
  }

  #appear(record: DiskRecord, node: Node): void {
    this.#nodes.set(record.inode, node);
    this.#changes.push({ node, to: this.#entry(record) });
  }

  #rename(record: DiskRecord): void {
    const to = { directory: this.#directory(record.to_directory), name: record.to_name };
    const change = { node: this.#node(record.inode), from: this.#entry(record), to };
    const is_exchange = (record.length & RENAME_EXCHANGE) !== 0;
    this.#changes.push(is_exchange ? { ...change, back: this.#node(record.offset) } : change);
  }

  #sync({ inode, offset, length: thread }: DiskRecord): void {
    const node = this.#node(inode);
    if (node instanceof DiskFile) {
      if (offset === 1) node.beginSync(thread);
      else node.endSync(thread, offset === 2);
      return;
    }
    if (!(node instanceof Directory)) return;
    const key = `${thread} ${inode}`;
    if (offset === 1) {
      this.#syncing.set(
        key,
        this.#changes.filter(({ from, to }) => from?.directory === node || to?.directory === node),
      );
      return;
    }
    if (offset === 2) this.#settle(this.#syncing.get(key) ?? []);
    this.#syncing.delete(key);
  }

  /** With those before them that are of the same names: a name that was made and renamed is not made again. */
  #settle(synced: readonly Change[]): void {
    const settled = new Set(synced);
    const names = new Map<Directory, Set<string>>();
    const add = ({ directory, name }: Entry) =>
      names.set(directory, (names.get(directory) ?? new Set()).add(name));
    for (const change of this.#changes.toReversed()) {
      const ends = [change.from, change.to].filter((end) => end !== undefined);
      if (!settled.has(change) && !ends.some(({ directory, name }) => names.get(directory)?.has(name)))
        continue;
      settled.add(change);
      for (const end of ends) add(end);
    }
    for (const change of this.#changes) if (settled.has(change)) happen(change, ({ entries }) => entries);
    this.#changes = this.#changes.filter((change) => !settled.has(change));
  }

  #entry({ directory, name }: DiskRecord): Entry {
    return { directory: this.#directory(directory), name };
  }

  #node(inode: number): Node {
    const node = this.#nodes.get(inode);
    if (!node) throw new Error(`inode ${inode} was never made`);
    return node;
  }

  #directory(inode: number): Directory {
    const node = this.#node(inode);
    if (node instanceof Directory) return node;
    throw new Error(`inode ${inode} is no directory`);
  }

  #file(inode: number): DiskFile {
    const node = this.#node(inode);
    if (node instanceof DiskFile) return node;
    throw new Error(`inode ${inode} is no file`);
  }
}

function happen({ node, from, to, back }: Change, of: (directory: Directory) => Map<string, Node>): void {
  if (from && of(from.directory).get(from.name) === node) of(from.directory).delete(from.name);
  if (to) of(to.directory).set(to.name, node);
  if (from && back) of(from.directory).set(from.name, back);
}

interface Means {
  readonly of: (directory: Directory) => Map<string, Node>;
  readonly relocated: (target: string) => string;
  readonly dice: Dice | undefined;
}

async function leaveIn(path: string, entries: ReadonlyMap<string, Node>, means: Means): Promise<void> {
  const { of, relocated, dice } = means;
  await mkdir(path, { recursive: true, mode: 0o700 });
  for (const [name, node] of entries) {
    const place = join(path, name);
    if (node instanceof Directory) await leaveIn(place, of(node), means);
    else if (!(node instanceof DiskFile)) await symlink(relocated(node.leads_to), place);
    else if (!MEMORY.test(name)) await writeFile(place, node.afterCut(dice), { mode: 0o600 });
  }
}
