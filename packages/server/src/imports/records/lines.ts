import { isAscii, isUtf8 } from 'node:buffer';
import { GatheredBytes } from '../../attempts/gathered-bytes.js';

/**
 * Longest line, in bytes without its line end. A CDR line has at most 1,024 (cdr_csv.c's buffer) and the longest JSON
 * record of a dialer some tens of thousands. Anything longer is not a record, and is not held in memory.
 */
export const LINE_MAX_BYTES = 64 * 1024;

/** Bytes that are kept of a line that is too long: enough to find it again. */
const KEPT_BYTES = 4 * 1024;

/** Consecutive lines. `texts[i]` is line `first + i`, counted from 1, without its line end. */
export interface LineBatch {
  readonly first: number;
  readonly texts: readonly string[];
  /** Indices of lines that were too long; `texts` has only their beginning. */
  readonly too_long: ReadonlySet<number>;
  /** Indices of lines that are not valid UTF-8 and were read as Latin-1. */
  readonly not_utf8: ReadonlySet<number>;
}

/**
 * Cuts a stream of bytes into lines, a chunk's worth at a time.
 *
 * Lines end with LF, CRLF or CR; the last line may have no end. A UTF-8 byte order mark is dropped before any line,
 * because files that were concatenated have one each. A line that is not valid UTF-8 is read as Latin-1, independently of
 * the others: old switches write Latin-1 names, next to UTF-8 from newer ones. Memory is bounded by a chunk and one line.
 *
 * @throws whatever the stream throws; the unfinished last line is then not given
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LineBatch> {
  const cutter = new LineCutter();
  for await (const chunk of bytes) {
    const batch = cutter.take(asBuffer(chunk));
    if (batch.texts.length > 0) yield batch;
  }
  const rest = cutter.finish();
  if (rest.texts.length > 0) yield rest;
}

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** The byte order mark as a character. */
const MARK = '\ufeff';
const EMPTY = Buffer.alloc(0);
const NONE: ReadonlySet<number> = new Set();

class LineCutter {
  #next_line = 1;
  /** Bytes after the last line end, or just a CR at the very end, which may be half of a CRLF. */
  readonly #rest = new GatheredBytes();
  /** The current line is too long: this is its beginning, and the rest of it is dropped. */
  #overlong: Buffer | undefined;
  #at_start = true;

  /** Searches only the chunk for line ends: the part of a long line that is held is neither searched nor copied again. */
  take(chunk: Buffer): LineBatch {
    const bytes = this.#at_start ? this.#begin(chunk) : chunk;
    if (bytes.length === 0) return this.#batch([], NONE, NONE);
    const end = endOfLastLine(bytes);
    const ends_one = end > 0 || this.#rest.last === CR;
    const batch = ends_one
      ? this.#cut(joined(this.#rest.take(), bytes.subarray(0, end)))
      : this.#batch([], NONE, NONE);
    this.#keep(bytes.subarray(end));
    return batch;
  }

  finish(): LineBatch {
    const rest = this.#rest.take();
    if (rest.length === 0 && !this.#overlong) return this.#batch([], NONE, NONE);
    // A held-back CR is a line end; a line without a line end gets one.
    return this.#cut(rest.at(-1) === CR ? rest : joined(rest, Buffer.from('\n')));
  }

  /** The first bytes without a byte order mark; empty as long as they may still become one. */
  #begin(chunk: Buffer): Buffer {
    const bytes = joined(this.#rest.take(), chunk);
    if (bytes.length < BOM.length && BOM.subarray(0, bytes.length).equals(bytes)) {
      this.#rest.add(bytes);
      return EMPTY;
    }
    this.#at_start = false;
    return bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
  }

  /** Holds more bytes of the next line; beyond the limit only its beginning. */
  #keep(left: Buffer): void {
    if (left.length === 0) return;
    const held = this.#rest;
    if (!this.#overlong && held.length + left.length <= LINE_MAX_BYTES + 1) {
      held.add(left);
      return;
    }
    const beginning = held.take();
    this.#overlong ??= Buffer.from(joined(beginning, left.subarray(0, KEPT_BYTES)).subarray(0, KEPT_BYTES));
    // The rest of the line is dropped, except a CR that may be half of a CRLF.
    if (left.at(-1) === CR) held.add(Buffer.from('\r'));
  }

  /** `bytes` are whole lines, each with its end. */
  #cut(bytes: Buffer): LineBatch {
    if (bytes.length === 0) return this.#batch([], NONE, NONE);
    const not_utf8 = new Set<number>();
    const texts = isUtf8(bytes) ? splitText(bytes) : splitBytes(bytes, not_utf8);
    const too_long = new Set<number>();
    for (let at = 0; at < texts.length; at += 1) {
      const text = texts[at] ?? '';
      // A UTF-16 unit takes at most three bytes, so short texts need not be counted.
      if (text.length > LINE_MAX_BYTES / 3 && Buffer.byteLength(text) > LINE_MAX_BYTES) {
        too_long.add(at);
        texts[at] = text.slice(0, KEPT_BYTES);
      }
    }
    if (this.#overlong) {
      texts[0] = decodeLine(this.#overlong);
      too_long.add(0);
      this.#overlong = undefined;
    }
    return this.#batch(texts, too_long, not_utf8);
  }

  #batch(texts: string[], too_long: ReadonlySet<number>, not_utf8: ReadonlySet<number>): LineBatch {
    const first = this.#next_line;
    this.#next_line += texts.length;
    return { first, texts, too_long, not_utf8 };
  }
}

function joined(before: Buffer, after: Buffer): Buffer {
  if (before.length === 0) return after;
  return after.length === 0 ? before : Buffer.concat([before, after]);
}

/** Just after the last line end. A CR as the very last byte waits, because an LF may follow. */
function endOfLastLine(bytes: Buffer): number {
  const before = bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
  return Math.max(before.lastIndexOf(LF), before.lastIndexOf(CR)) + 1;
}

function splitText(bytes: Buffer): string[] {
  // Latin-1 and UTF-8 agree on ASCII, and the decoder of Latin-1 is faster.
  const text = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
  const lines = text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n');
  lines.pop(); // what follows the last line end: nothing
  return text.includes(MARK) ? lines.map(withoutMark) : lines;
}

/** Adds the indices of lines that are not UTF-8 to `not_utf8`. */
function splitBytes(bytes: Buffer, not_utf8: Set<number>): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte !== LF && byte !== CR) continue;
    const line = bytes.subarray(start, at);
    if (!isUtf8(line)) not_utf8.add(lines.length);
    lines.push(decodeLine(line));
    if (byte === CR && bytes[at + 1] === LF) at += 1;
    start = at + 1;
  }
  return lines;
}

function decodeLine(bytes: Buffer): string {
  return isUtf8(bytes) ? withoutMark(bytes.toString('utf8')) : bytes.toString('latin1');
}

function withoutMark(line: string): string {
  return line.startsWith(MARK) ? line.slice(1) : line;
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
