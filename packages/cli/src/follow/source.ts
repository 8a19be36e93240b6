import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { UsageError } from '../usage-error.js';
import { FINGERPRINT_BYTES, fingerprintLength, fingerprintOf, type Position } from './position.js';

/** The most bytes of one upload, and of the memory for it: some 40,000 calls, which the server takes in a second. */
export const PIECE_MAX_BYTES = 8 * 1024 * 1024;
/** The longest header. The server does not accept a longer line either. */
const HEADER_MAX_BYTES = 64 * 1024;

/** Bytes after a position, and the position after those bytes. */
export interface Piece {
  readonly bytes: Buffer;
  readonly after: Position;
}

/** How many of these bytes are whole records. The bytes given are whole lines. */
export type WholeOf = (bytes: Buffer) => number;

/** The result of reading at a position: a piece, nothing new, or `replaced`: it is no longer the position's file. */
export type Found = Piece | 'nothing' | 'replaced';

/** A file that is followed, or one that it was rotated into. It stays readable when it is renamed or deleted. */
export interface Source {
  readonly path: string;
  /** Identifies the file with its content within this run. */
  key(): Promise<string>;
  /** The position at the beginning of the file. */
  start(): Promise<Position>;
  isEmpty(): Promise<boolean>;
  /** Whether this file has the same bytes before the position: it is the position's file, or a copy of it. */
  continues(position: Position): Promise<boolean>;
  /**
   * The bytes after the position: whole lines, up to the last whole record according to `wholeOf`. With `to_the_end`,
   * everything to the end of the file, even a last line without a line end.
   *
   * @throws UsageError when a line is longer than a piece, or a compressed file is broken
   */
  read(position: Position, to_the_end: boolean, wholeOf: WholeOf): Promise<Found>;
  /** Its first bytes, HEADER_MAX_BYTES at most: enough to find the header in. */
  beginning(): Promise<Buffer>;
  close(): Promise<void>;
}

const LF = 0x0a;
const EMPTY = Buffer.alloc(0);

/** A file that is not compressed, and may be growing. */
export class PlainSource implements Source {
  readonly path: string;
  readonly #handle: FileHandle;
  /** Size and time of the last look that found nothing new. */
  #looked = '';

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** @throws ENOENT and other failures of open */
  static async open(path: string): Promise<PlainSource> {
    return new PlainSource(path, await open(path, 'r'));
  }

  async key(): Promise<string> {
    return keyOf(this.#handle);
  }

  start(): Promise<Position> {
    return startOf(this.#handle);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#handle.stat()).size === 0;
  }

  async continues(position: Position): Promise<boolean> {
    const length = fingerprintLength(position.offset);
    if (length === 0) return false;
    const before = await this.#bytes(position.offset - length, length);
    return before.length === length && fingerprintOf(before) === position.fingerprint;
  }

  async read(position: Position, to_the_end: boolean, wholeOf: WholeOf): Promise<Found> {
    const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
    const available = Number(size) - position.offset;
    if (available < 0) return 'replaced';
    const look = `${size}/${mtimeNs}`;
    if (look === this.#looked && !to_the_end) return 'nothing';
    const length = fingerprintLength(position.offset);
    // The same read gets the bytes before the position, so that a file that replaced this one is noticed.
    const bytes = await this.#bytes(position.offset - length, length + Math.min(available, PIECE_MAX_BYTES));
    if (bytes.length < length || fingerprintOf(bytes.subarray(0, length)) !== position.fingerprint) {
      return 'replaced';
    }
    const { device, inode, written_at_ms } = await this.start();
    const found = cut(
      this.path,
      { ...position, device, inode, written_at_ms },
      bytes,
      length,
      to_the_end,
      wholeOf,
    );
    if (found === 'nothing') this.#looked = look;
    return found;
  }

  async beginning(): Promise<Buffer> {
    return this.#bytes(0, HEADER_MAX_BYTES);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #bytes(from: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await this.#handle.read(buffer, 0, length, from);
    return buffer.subarray(0, bytesRead);
  }
}

/** A rotated file that was compressed. It is complete, and is read from its beginning up to the position. */
export class GzipSource implements Source {
  readonly path: string;
  readonly #handle: FileHandle;
  #gunzip: Gunzip | undefined;
  #chunks: AsyncIterator<Buffer> | undefined;
  /** Decompressed bytes from `#from` on: some before the position that was last read, and those read ahead. */
  #held: Buffer = EMPTY;
  #from = 0;
  #ended = false;
  /** The file's first bytes. They are kept even when `#held` has moved on. */
  #head: Buffer = EMPTY;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  static async open(path: string): Promise<GzipSource> {
    return new GzipSource(path, await open(path, 'r'));
  }

  async key(): Promise<string> {
    return keyOf(this.#handle);
  }

  start(): Promise<Position> {
    return startOf(this.#handle);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#read(0, 1)).length === 0;
  }

  async continues(position: Position): Promise<boolean> {
    const length = fingerprintLength(position.offset);
    if (length === 0) return false;
    const before = await this.#read(position.offset - length, length);
    return before.length === length && fingerprintOf(before) === position.fingerprint;
  }

  async read(position: Position, to_the_end: boolean, wholeOf: WholeOf): Promise<Found> {
    const length = fingerprintLength(position.offset);
    const bytes = await this.#read(position.offset - length, length + PIECE_MAX_BYTES);
    if (bytes.length < length || fingerprintOf(bytes.subarray(0, length)) !== position.fingerprint) {
      return 'replaced';
    }
    const { device, inode, written_at_ms } = await this.start();
    return cut(this.path, { ...position, device, inode, written_at_ms }, bytes, length, to_the_end, wholeOf);
  }

  async beginning(): Promise<Buffer> {
    if (this.#chunks === undefined) await this.#read(0, HEADER_MAX_BYTES);
    return this.#head.subarray(0, HEADER_MAX_BYTES);
  }

  async close(): Promise<void> {
    this.#gunzip?.destroy();
    await this.#handle.close().catch(() => undefined);
  }

  /** Decompressed bytes; fewer at the end. Reading before `#held` decompresses the file from its beginning again. */
  async #read(from: number, length: number): Promise<Buffer> {
    if (this.#chunks === undefined || from < this.#from) this.#rewind();
    for (;;) {
      const end = this.#from + this.#held.length;
      if (end < from) this.#drop(end);
      else if (this.#from < from) this.#drop(from);
      if (this.#ended || this.#from + this.#held.length >= from + length) break;
      await this.#more();
    }
    return this.#held.subarray(from - this.#from, from - this.#from + length);
  }

  #drop(before: number): void {
    this.#held = this.#held.subarray(before - this.#from);
    this.#from = before;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks?.next().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(
        `${this.path} can't be decompressed: ${reason}. Mend or move it, and start again.`,
      );
    });
    if (next === undefined || next.done) {
      this.#ended = true;
      return;
    }
    this.#held = Buffer.concat([this.#held, next.value]);
    if (this.#head.length < HEADER_MAX_BYTES) this.#head = Buffer.concat([this.#head, next.value]);
  }

  #rewind(): void {
    this.#gunzip?.destroy();
    const gunzip = createGunzip({ chunkSize: 1024 * 1024 });
    // Failures reach the reader through `gunzip`.
    pipeline(this.#handle.createReadStream({ start: 0, autoClose: false }), gunzip, () => undefined);
    this.#gunzip = gunzip;
    this.#chunks = gunzip[Symbol.asyncIterator]();
    this.#held = EMPTY;
    this.#head = EMPTY;
    this.#from = 0;
    this.#ended = false;
  }
}

/** Cuts a piece from bytes that were read. The first `before` bytes are those of the position's fingerprint. */
function cut(
  path: string,
  at: Position,
  bytes: Buffer,
  before: number,
  to_the_end: boolean,
  wholeOf: WholeOf,
): Found {
  const last_end = bytes.lastIndexOf(LF) + 1;
  const full = bytes.length - before >= PIECE_MAX_BYTES;
  const lines_end = last_end > before ? last_end : to_the_end && !full ? bytes.length : before;
  // An unfinished record waits for its end, except at the end of a file that is no longer written to.
  const waits = !(to_the_end && !full) && lines_end > before;
  const end = waits ? before + wholeOf(bytes.subarray(before, lines_end)) : lines_end;
  if (end === before) {
    if (!full) return 'nothing';
    throw new UsageError(
      `${path} has no line end in ${PIECE_MAX_BYTES} bytes from byte ${at.offset} on: it is no file of lines.`,
    );
  }
  const tail = bytes.subarray(Math.max(0, end - FINGERPRINT_BYTES), end);
  const after = { ...at, offset: at.offset + end - before, fingerprint: fingerprintOf(tail) };
  return { bytes: bytes.subarray(before, end), after };
}

async function keyOf(handle: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs } = await handle.stat({ bigint: true });
  return `${dev}/${ino}/${size}/${mtimeNs}`;
}

const NOTHING_BEFORE = fingerprintOf(EMPTY);

async function startOf(handle: FileHandle): Promise<Position> {
  const { dev, ino, mtimeMs } = await handle.stat({ bigint: true });
  return {
    device: String(dev),
    inode: String(ino),
    written_at_ms: Math.max(Number(mtimeMs), 0),
    offset: 0,
    fingerprint: NOTHING_BEFORE,
  };
}

/** The position before a file that does not exist yet: everything written from `now_ms` on comes after it. */
export function beforeTheFile(now_ms: number): Position {
  return { device: '0', inode: '0', written_at_ms: now_ms, offset: 0, fingerprint: NOTHING_BEFORE };
}
