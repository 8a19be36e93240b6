import type { RecuentoError } from '@recuento/contract';
import { malformedBody, parseJson } from '../malformed-body.js';
import { type RecordBounds, SHORT_BYTES } from './record-bounds.js';

/** What a body is: one JSON array whose elements are the records, or one record. */
export type TextForm = 'array' | 'one';

/** Where the records of a body are. */
export interface Cut {
  /**
   * By record that is kept: the offset of its first byte and (`ends`) of the byte after its last. Equal offsets: an empty
   * record.
   */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The bound that a record exceeds, by the record's index. */
  readonly beyond: ReadonlyMap<number, keyof RecordBounds>;
  /** The number of all records, including those that are not kept. */
  readonly count: number;
  /** Goes on by so many bytes. Returns whether there are more. @throws RecuentoError malformed-body */
  step(bytes: number): boolean;
}

const READ_MAX_BYTES = 64 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Finds where the records of a body begin and end, without parsing them: one pass over the bytes, in steps as long as the
 * caller likes. Only two numbers of each record are kept.
 *
 * It looks only at what separates records: strings, brackets, commas. Whether a record is JSON is decided when it is
 * parsed, so an array is JSON if each of its records is, and if this found no fault. (`imports/records/json-records.ts`
 * continues after damaged records. Here damage refuses the whole body.)
 */
export class RecordCutter implements Cut {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly beyond = new Map<number, keyof RecordBounds>();
  count = 0;

  readonly #bytes: Buffer;
  readonly #form: TextForm;
  readonly #keep: number;
  readonly #bounds: RecordBounds;
  #at = 0;
  #depth = 0;
  #in_string = false;
  #opened = false;
  #closed = false;
  /** The current record: the offset of its first byte that is not white space, and (`#end`) of the byte after its last. */
  #start = 0;
  #end = 0;
  #deepest = 0;
  #commas = 0;

  /** @param keep records that are kept; further ones are counted */
  constructor(bytes: Buffer, form: TextForm, keep: number, bounds: RecordBounds) {
    this.#bytes = bytes;
    this.#form = form;
    this.#keep = keep;
    this.#bounds = bounds;
  }

  /** Goes on by so many bytes. Returns whether there are more. @throws RecuentoError malformed-body */
  step(count: number): boolean {
    const bytes = this.#bytes;
    const until = Math.min(this.#at + count, bytes.length);
    let at = this.#at;
    while (at < until) {
      if (this.#in_string) {
        at = endOfString(bytes, at, until);
        if (at >= until) break;
        at += 1;
        this.#in_string = false;
        this.#end = at;
      } else at = this.#run(at, until);
    }
    this.#at = at;
    if (at < bytes.length) return true;
    this.#finish();
    return false;
  }

  /**
   * Goes on to the next string, with the state of the loop in local variables, which is faster. Returns the offset that
   * it reached.
   */
  #run(from: number, until: number): number {
    const bytes = this.#bytes;
    const is_array = this.#form === 'array';
    let depth = this.#depth;
    let start = this.#start;
    let end = this.#end;
    let at = from;
    for (; at < until; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte <= SPACE && isSpace(byte)) {
        if (start === at) start += 1;
        continue;
      }
      if (depth < 2 && is_array) {
        if (depth === 0) {
          this.#openArray(byte);
          start = at + 1;
          depth = 1;
          continue;
        }
        if (byte === COMMA || byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
          this.#endElement(byte, start, end);
          start = at + 1;
          if (byte !== COMMA) depth = 0;
          continue;
        }
      }
      end = at + 1;
      if (byte === QUOTE) {
        this.#in_string = true;
        at += 1;
        break;
      }
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth += 1;
        if (depth > this.#deepest) this.#deepest = depth;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
      else if (byte === COMMA) this.#commas += 1;
    }
    this.#depth = depth;
    this.#start = start;
    this.#end = end;
    return at;
  }
  #openArray(byte: number): void {
    if (this.#opened) throw malformedBody('IT IS NOT JSON');
    if (byte !== OPEN_BRACKET) throw notAnArray(this.#bytes);
    this.#opened = true;
  }

  /** Handles a comma, or a bracket that should close the array. */
  #endElement(byte: number, start: number, end: number): void {
    if (byte === CLOSE_BRACE) throw malformedBody('IT IS NOT JSON');
    const is_empty = end <= start;
    if (byte === CLOSE_BRACKET) {
      this.#closed = true;
      if (is_empty && this.count === 0) return;
    }
    this.#keepRecord(start, is_empty ? start : end);
  }

  #keepRecord(start: number, end: number): void {
    if (this.count < this.#keep) {
      const beyond = end - start > SHORT_BYTES ? this.#beyond(end - start) : undefined;
      if (beyond !== undefined) this.beyond.set(this.count, beyond);
      this.starts.push(start);
      this.ends.push(end);
    }
    this.count += 1;
    this.#deepest = 0;
    this.#commas = 0;
  }

  #beyond(bytes: number): keyof RecordBounds | undefined {
    if (bytes > this.#bounds.bytes) return 'bytes';
    // The array around the records has a level of its own.
    if (this.#deepest > this.#bounds.depth + (this.#form === 'array' ? 1 : 0)) return 'depth';
    return this.#commas >= this.#bounds.values ? 'values' : undefined;
  }

  #finish(): void {
    if (this.#form === 'array') {
      if (!this.#closed) throw malformedBody('IT IS NOT JSON');
      return;
    }
    const end = this.#in_string ? this.#bytes.length : this.#end;
    if (end > this.#start) this.#keepRecord(this.#start, end);
  }
}

/** White space by JSON (RFC 8259, section 2). */
export function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

/** The offset of the quote that ends the string; `until` or more when there is none before it. */
function endOfString(bytes: Buffer, from: number, until: number): number {
  let at = from;
  for (; at < until; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  return at;
}

/** The error for a body that does not begin with a bracket. Only a short body is parsed, to tell which error it is. */
function notAnArray(bytes: Buffer): RecuentoError {
  if (bytes.length <= READ_MAX_BYTES) parseJson(bytes.toString(), 'IT IS NOT JSON');
  return malformedBody('IT IS NOT A JSON ARRAY');
}
