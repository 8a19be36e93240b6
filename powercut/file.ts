import type { Dice } from './dice.js';

/** What a disk writes whole, mostly; a cut may leave a part of it, in sectors. */
const BLOCK = 4_096;
const SECTOR = 512;

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly data: Buffer }
  | { readonly kind: 'size'; readonly size: number };

/** A file: what of it is surely on disk, and what was done to it since. */
export class DiskFile {
  #bytes = Buffer.alloc(0);
  #size = 0;
  #changes: Change[] = [];
  /** By the thread that syncs: changes that had been made when it began. */
  readonly #syncing = new Map<number, number>();

  write(at: number, data: Buffer): void {
    this.#changes.push({ kind: 'write', at, data });
  }

  truncate(size: number): void {
    this.#changes.push({ kind: 'size', size });
  }

  beginSync(thread: number): void {
    this.#syncing.set(thread, this.#changes.length);
  }

  endSync(thread: number, is_done: boolean): void {
    const changes = this.#syncing.get(thread) ?? 0;
    this.#syncing.delete(thread);
    if (!is_done) return;
    for (const change of this.#changes.splice(0, changes)) this.#settle(change);
    for (const [other, count] of this.#syncing) this.#syncing.set(other, Math.max(0, count - changes));
  }

  /** Everything that was done. */
  whole(): Buffer {
    return this.afterCut(undefined);
  }

  /** What a cut leaves. @param dice undefined: nothing is lost */
  afterCut(dice: Dice | undefined): Buffer {
    const settled = this.#bytes.subarray(0, this.#size);
    const fate = dice?.fateOfFile() ?? 'kept';
    if (this.#changes.length === 0 || fate === 'lost') return settled;
    const sizes = [this.#size];
    for (const change of this.#changes)
      sizes.push(
        change.kind === 'size' ? change.size : Math.max(sizes.at(-1) ?? 0, change.at + change.data.length),
      );
    const last = sizes.at(-1) ?? 0;
    const left = Buffer.alloc(Math.max(...sizes));
    settled.copy(left);
    const lost = new Set<number>();
    for (const change of this.#changes) {
      if (change.kind === 'size') left.fill(0, Math.min(change.size, left.length));
      else if (fate === 'kept' || !dice) change.data.copy(left, change.at);
      else writeSome(left, change.at, change.data, lost, dice);
    }
    const size = fate === 'kept' || !dice ? last : dice.sizeOf(sizes);
    return left.subarray(0, size);
  }

  #settle(change: Change): void {
    if (change.kind === 'size') {
      if (change.size < this.#size) this.#bytes.fill(0, change.size, this.#size);
      this.#grow(change.size);
      this.#size = change.size;
      return;
    }
    this.#grow(change.at + change.data.length);
    change.data.copy(this.#bytes, change.at);
    this.#size = Math.max(this.#size, change.at + change.data.length);
  }

  #grow(size: number): void {
    if (size <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(size, 2 * this.#bytes.length));
    this.#bytes.copy(grown);
    this.#bytes = grown;
  }
}

/** Each block takes what was written to it, in order, until one write of it is lost or torn. */
function writeSome(left: Buffer, at: number, data: Buffer, lost: Set<number>, dice: Dice): void {
  for (let from = 0; from < data.length; ) {
    const block = Math.floor((at + from) / BLOCK);
    const to = Math.min(data.length, (block + 1) * BLOCK - at);
    if (!lost.has(block)) {
      const fate = dice.fateOfBlock();
      const torn_at = Math.floor((at + from + Math.floor((to - from) / 2)) / SECTOR) * SECTOR - at;
      const until = fate === 'kept' ? to : fate === 'torn' ? Math.max(from, torn_at) : from;
      data.copy(left, at + from, from, until);
      if (fate !== 'kept') lost.add(block);
    }
    from = to;
  }
}
