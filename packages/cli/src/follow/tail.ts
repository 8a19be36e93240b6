import { stat } from 'node:fs/promises';
import type { FollowedRecords } from '@recuento/server';
import type { Position } from './position.js';
import { COARSE_MS, snapshot } from './siblings.js';
import { beforeTheFile, type Piece, PlainSource, type Source } from './source.js';

/**
 * How long a rotated file must be unchanged before its last line counts as its end: a program that has the file open may
 * still be writing. The program must also have written to the new file, which shows that it has switched to it.
 */
const STILL_MS = 2_000;
/** A file whose modification time is this old counts as unchanged without watching it. */
const LONG_STILL_MS = 10_000;
/** The most files that are remembered as read to their end in this run. */
const FINISHED_MAX = 10_000;

/** A piece to send, with the header of its file unless the piece begins with the header. */
export interface TailPiece extends Piece {
  readonly path: string;
  /** Empty if the file has none, or the piece begins with it. */
  readonly header: Buffer;
}

const NO_HEADER = Buffer.alloc(0);

/**
 * Reads a growing file from a position on, through its rotations. It returns whole lines, in the order of the files, and
 * leaves none out as long as the file with them can be found.
 *
 * It recognises three kinds of rotation. Renamed: the open descriptor still reads the file. Copied and truncated: the bytes
 * before the position have changed, and the copy beside the file has them. Rotated while this program did not run: a file
 * with the same bytes is looked for, also compressed with gzip. In doubt lines are read twice, which does no harm: an
 * attempt counts once.
 */
export class Tail {
  readonly #path: string;
  readonly #say: (message: string) => void;
  readonly #records: FollowedRecords;
  /** The header of the file that is read, once it is certain. */
  #header: { readonly of: Source; readonly bytes: Buffer } | undefined;
  /** Files to read, in order: the position is in the first, and the last may be the file itself. */
  #chain: Source[] = [];
  #position: Position | undefined;
  readonly #finished = new Set<string>();
  #still: { readonly key: string; readonly since_ms: number } | undefined;
  #waiting_for_file = false;

  constructor(
    path: string,
    position: Position | undefined,
    records: FollowedRecords,
    say: (message: string) => void,
  ) {
    this.#path = path;
    this.#position = position;
    this.#records = records;
    this.#say = say;
  }

  /** Where the next piece begins; undefined before the first look. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** The next piece to send: the same piece until `took` is called with it; undefined if there is none. @throws UsageError */
  async next(): Promise<TailPiece | undefined> {
    for (;;) {
      const piece = await this.#step();
      if (piece !== 'again') return piece;
    }
  }

  took(piece: TailPiece): void {
    this.#position = piece.after;
  }

  async close(): Promise<void> {
    const chain = this.#chain;
    this.#chain = [];
    for (const source of chain) await source.close();
  }

  async #step(): Promise<TailPiece | 'again' | undefined> {
    if (this.#chain.length === 0 && !(await this.#find())) return undefined;
    const [head] = this.#chain;
    const position = this.#position;
    if (head === undefined || position === undefined) return undefined;
    const current = this.#chain.length === 1 && (await this.#isCurrent(head));
    const header = position.offset === 0 ? NO_HEADER : await this.#headerOf(head);
    const found = await head.read(position, false, (bytes) => this.#records.wholeOf(header, bytes));
    if (found === 'replaced') {
      this.#say(`${head.path} was truncated or replaced; looking for what it held`);
      await this.close();
      return 'again';
    }
    if (found !== 'nothing') {
      // A file that begins anew may just have been copied and truncated: its unread lines are then in the copy.
      if (current && position.offset === 0 && (await this.#olderFirst(head))) return 'again';
      return { ...found, path: head.path, header };
    }
    if (current) return undefined;
    return this.#finish(head, position);
  }

  /** The first file was rotated, and has nothing more at this moment. */
  async #finish(head: Source, position: Position): Promise<TailPiece | 'again' | undefined> {
    if (!(await this.#isStill(head, position)) || !(await this.#hasSuccessor(head))) return undefined;
    const header = position.offset === 0 ? NO_HEADER : await this.#headerOf(head);
    const last = await head.read(position, true, (bytes) => this.#records.wholeOf(header, bytes));
    if (last === 'replaced') {
      await this.close();
      return 'again';
    }
    if (last !== 'nothing') return { ...last, path: head.path, header };
    await this.#remember(head);
    this.#chain.shift();
    await head.close();
    const [next] = this.#chain;
    if (next === undefined) return 'again';
    this.#say(`${head.path} was rotated and is read to its end; going on with ${next.path}`);
    this.#position = (await next.continues(position)) ? position : await next.start();
    return 'again';
  }

  /** The header that must precede every part of a file. */
  async #headerOf(source: Source): Promise<Buffer> {
    if (this.#header?.of === source) return this.#header.bytes;
    const { bytes, is_sure } = this.#records.headerOf(await source.beginning());
    if (is_sure) this.#header = { of: source, bytes };
    return bytes;
  }

  /** Finds the files to read, and the position in the first. False while no file exists. */
  async #find(): Promise<boolean> {
    const known = this.#position;
    const { current, rotated, unreadable } = await snapshot(this.#path, known);
    this.#complain(unreadable);
    if (known === undefined) {
      // The first start: read the file itself, and no earlier rotated files.
      this.#position = current ? await current.start() : beforeTheFile(Date.now());
      this.#chain = current ? [current] : [];
      return this.#sayWhetherThere(current !== undefined);
    }
    if (current && (await current.continues(known))) {
      for (const other of rotated) await other.close();
      this.#chain = [current];
      return this.#sayWhetherThere(true);
    }
    const own = await ownOf(known, rotated);
    // If it was not found, it may be a copy whose time lost precision.
    const lost = own === undefined && known.offset > 0;
    const since = own ?? { ...known, written_at_ms: known.written_at_ms - (lost ? COARSE_MS : 0) };
    this.#chain = await this.#after(since, rotated, current);
    const [first] = this.#chain;
    if (first === undefined) return this.#sayWhetherThere(false);
    this.#sayWhetherThere(true);
    if (own !== undefined) {
      this.#say(`${this.#path} was rotated; finishing ${own.path} from byte ${known.offset} on`);
      return true;
    }
    if (lost || (rotated.length === 0 && (await isNoneOf(known, this.#chain)))) {
      this.#sayGone(known, this.#chain);
    }
    this.#position = await first.start();
    return true;
  }

  /** Puts rotated files that were written to since the position in front of the current file. False if there are none. */
  async #olderFirst(head: Source): Promise<boolean> {
    const { current, rotated, unreadable } = await snapshot(this.#path, this.#position);
    this.#complain(unreadable);
    await current?.close();
    const older = this.#position ? await this.#after(this.#position, rotated, undefined) : [];
    const [first] = older;
    if (first === undefined) return false;
    this.#chain = [...older, head];
    this.#position = await first.start();
    return true;
  }

  /** Whether a later file has been written to. Looks for new files if none of the known ones has. */
  async #hasSuccessor(head: Source): Promise<boolean> {
    if (await someHold(this.#chain.slice(1))) return true;
    const { current, rotated, unreadable } = await snapshot(this.#path, this.#position);
    this.#complain(unreadable);
    const own_key = await head.key();
    const later: Source[] = [];
    for (const source of await this.#after(await head.start(), rotated, current)) {
      if ((await source.key()) === own_key) await source.close();
      else later.push(source);
    }
    for (const source of this.#chain.slice(1)) await source.close();
    this.#chain = [head, ...later];
    return someHold(later);
  }

  /**
   * The files from `since` on, the current one last: `since` itself if it is one of them, and the files that were written
   * to later and were not read to their end in this run. Closes all other files.
   */
  async #after(
    since: Source | Pick<Position, 'written_at_ms'>,
    rotated: readonly Source[],
    current: Source | undefined,
  ): Promise<Source[]> {
    const { written_at_ms } = 'start' in since ? await since.start() : since;
    const later: Source[] = [];
    for (const source of rotated) {
      if (source === since) continue;
      const start = await source.start();
      if (start.written_at_ms < written_at_ms || this.#finished.has(await source.key())) await source.close();
      else later.push(source);
    }
    return [...('start' in since ? [since] : []), ...later, ...(current ? [current] : [])];
  }

  async #isCurrent(head: Source): Promise<boolean> {
    const now = await stat(this.#path, { bigint: true }).catch(() => undefined);
    if (now === undefined || !(head instanceof PlainSource)) return false;
    const { device, inode } = await head.start();
    return device === String(now.dev) && inode === String(now.ino);
  }

  async #isStill(head: Source, position: Position): Promise<boolean> {
    // Nobody writes to a compressed file, nor to a file with two later ones.
    if (!(head instanceof PlainSource) || this.#chain.length > 2) return true;
    const { written_at_ms } = await head.start();
    if (Date.now() - written_at_ms > LONG_STILL_MS) return true;
    const key = `${await head.key()}@${position.offset}`;
    if (this.#still?.key !== key) this.#still = { key, since_ms: performance.now() };
    return performance.now() - this.#still.since_ms >= STILL_MS;
  }

  async #remember(source: Source): Promise<void> {
    if (this.#finished.size >= FINISHED_MAX) this.#finished.clear();
    this.#finished.add(await source.key());
  }

  #sayWhetherThere(there: boolean): boolean {
    if (!there && !this.#waiting_for_file) this.#say(`${this.#path} does not exist; waiting for it`);
    this.#waiting_for_file = !there;
    return there;
  }

  #sayGone(known: Position, chain: readonly Source[]): void {
    this.#say(
      `LINES MAY BE MISSING: the file that was followed as ${this.#path} is gone (inode ${known.inode}, read to byte ` +
        `${known.offset}), and no rotated file beside it continues it. Import it whole when you find it: what is ` +
        `known already counts once. Going on with ${chain.map((source) => source.path).join(', ')}.`,
    );
  }

  #complain(unreadable: readonly string[]): void {
    for (const path of unreadable) {
      if (this.#finished.has(path)) continue;
      this.#finished.add(path);
      this.#say(
        `LINES MAY BE MISSING: ${path} was rotated, and its compression can't be read here (gzip can). ` +
          'Decompress it and import it whole: what is known already counts once.',
      );
    }
  }
}

async function someHold(sources: readonly Source[]): Promise<boolean> {
  for (const source of sources) if (!(await source.isEmpty())) return true;
  return false;
}

/**
 * The rotated file that the position is in. There is none for the beginning of a file: no bytes identify the file, and its
 * inode may belong to another file by now. The caller then relies on modification times.
 */
async function ownOf(position: Position, rotated: readonly Source[]): Promise<Source | undefined> {
  for (const source of rotated) if (await source.continues(position)) return source;
  return undefined;
}

/** Whether the position is in a file that is gone. False if the file never existed. */
async function isNoneOf({ device, inode }: Position, sources: readonly Source[]): Promise<boolean> {
  if (inode === '0') return false;
  for (const source of sources) {
    const start = await source.start();
    if (start.device === device && start.inode === inode) return false;
  }
  return true;
}
