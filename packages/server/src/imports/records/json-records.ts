import { isUtf8 } from 'node:buffer';
import type { RecordBatch } from './record-batch.js';
import { RecordSoFar } from './record-so-far.js';

/** Longest record, in bytes. A switch's JSON for a call has some tens of thousands; anything longer is not a record. */
export const RECORD_MAX_BYTES = 1024 * 1024;

/** Bytes that are kept of a record that is too long: enough to find it again. */
const KEPT_BYTES = 4 * 1024;

/**
 * The most values in a record, on all levels. A switch writes hundreds. Parsing 1 MiB of nothing but names takes 50 to 90
 * ms; so many values take at most ten.
 */
export const VALUES_MAX = 10_000;

/** Levels of nesting that are tracked; a dialer's record has fewer than ten. */
const DEPTH_MAX = 256;

/**
 * Cuts a stream of bytes into the texts of JSON records, a chunk's worth at a time. A record is
 *
 *   - a document of its own: one object, objects one after another, NDJSON;
 *   - an element of a document that is an array;
 *   - an element of the array under the key `list_key` of an object, at any depth of objects: a page of a reply. What
 *     surrounds that array is not a record.
 *
 * Documents may follow each other in any of these forms. A byte RS (RFC 7464), which never occurs in JSON, ends the
 * current document: so files that are sent as one stream cannot run into each other.
 *
 * Only the structure is read here (strings, brackets, keys); parsing decides whether a record is JSON. A value that is
 * not an object is a record with a fault. So is an incomplete record: it goes to where its brackets close, to a line that
 * begins with `}`, or to where another begins (`{` at a line's start, or after a document's `}`), whichever comes first.
 * A document that breaks off outside a record is reported as an empty record with a fault. Any number of commas between
 * records is accepted. Memory is bounded by a chunk and one record.
 *
 * @throws whatever the stream throws; the unfinished last record is then not given
 */
export async function* readJsonRecords(
  bytes: AsyncIterable<Uint8Array>,
  list_key?: string,
): AsyncGenerator<RecordBatch> {
  const cutter = new JsonCutter(list_key);
  for await (const chunk of bytes) {
    const batch = cutter.take(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (batch.texts.length > 0) yield batch;
  }
  const rest = cutter.finish();
  if (rest.texts.length > 0) yield rest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const RS = 0x1e;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** The kind of an open bracket. The elements of a `list` are records; `object` and `array` are in a record or around a list. */
type Frame = 'object' | 'array' | 'list';

/**
 * Where a byte belongs: to no record (between records, or around a list), to a bracketed record, to a bare value in a
 * list, or to text outside all documents that is not JSON, which goes to the end of its line.
 */
type Within = 'no record' | 'record' | 'bare value' | 'junk';

class JsonCutter {
  readonly #list_key: Buffer;
  #next_record = 1;
  #texts: string[] = [];
  #faults = new Map<number, string>();

  readonly #stack: Frame[] = [];
  /** How many frames of the stack are arrays: inside an array, no key names a list. */
  #arrays = 0;
  /** Open brackets beyond DEPTH_MAX. */
  #deeper = 0;
  #within: Within = 'no record';
  /** Length of the stack where the current record began. */
  #base = 0;
  #fault: string | undefined;
  /** Commas of the current record, outside strings. */
  #commas = 0;
  /** What surrounds the lists of this document is broken, and that was reported. */
  #broken_around = false;

  #in_string = false;
  #escaped = false;
  /** Bytes of the list's key that the current string has matched; -1 when it is another string, or not a key. */
  #matched = -1;
  #key_names_list = false;
  /** The last byte that was neither in a string nor white space; a string counts as its quote. */
  #before = 0;
  #at_line_start = true;

  /** The current chunk, where the record in it began, and the part of the record from earlier chunks. */
  #chunk: Buffer = EMPTY;
  #start = 0;
  readonly #earlier = new RecordSoFar(RECORD_MAX_BYTES, KEPT_BYTES);

  constructor(list_key: string | undefined) {
    this.#list_key = Buffer.from(list_key ?? '');
  }

  take(chunk: Buffer): RecordBatch {
    this.#chunk = chunk;
    this.#start = 0;
    let at = 0;
    while (at < chunk.length) at = this.#in_string ? this.#scanString(at) : this.#step(chunk[at] ?? 0, at);
    if (this.#within !== 'no record') this.#earlier.add(chunk.subarray(this.#start));
    return this.#batch();
  }

  finish(): RecordBatch {
    this.#chunk = EMPTY;
    this.#start = 0;
    this.#breakOff(0);
    return this.#batch();
  }

  #batch(): RecordBatch {
    const batch = { first: this.#next_record, texts: this.#texts, faults: this.#faults };
    this.#next_record += batch.texts.length;
    this.#texts = [];
    this.#faults = new Map();
    return batch;
  }

  /** Scans a string; returns where it ended, or where a raw line end, which no string may have, was found. */
  #scanString(from: number): number {
    const chunk = this.#chunk;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#escaped) {
        this.#escaped = false;
      } else if (byte === QUOTE) {
        this.#in_string = false;
        this.#key_names_list = this.#matched > 0 && this.#matched === this.#list_key.length;
        return at + 1;
      } else if (byte === BACKSLASH) {
        this.#escaped = true;
        this.#matched = -1;
      } else if (byte === LF || byte === CR || byte === RS) {
        this.#in_string = false;
        if (byte !== RS) this.#isBroken('a string does not end on its line');
        return at;
      } else if (this.#matched >= 0) {
        this.#matched = byte === this.#list_key[this.#matched] ? this.#matched + 1 : -1;
      }
    }
    return chunk.length;
  }

  /** Handles a byte outside strings. Returns where to go on: after it, or at the same byte in another state. */
  #step(byte: number, at: number): number {
    if (byte === RS) {
      this.#breakOff(at);
      return at + 1;
    }
    if (byte <= SPACE) {
      const line_ends = byte === LF || byte === CR;
      this.#at_line_start = line_ends;
      if (this.#within === 'bare value' || (this.#within === 'junk' && line_ends)) this.#emit(at);
      return at + 1;
    }
    if (this.#within === 'junk') return at + 1;
    const line_starts = this.#at_line_start;
    this.#at_line_start = false;
    if (this.#within === 'bare value') return this.#stepBare(byte, at);
    switch (byte) {
      case OPEN_BRACE:
      case OPEN_BRACKET:
        return this.#open(byte, at, line_starts);
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        return this.#close(byte, at, line_starts);
      default:
        return this.#stepOther(byte, at, line_starts);
    }
  }

  #stepBare(byte: number, at: number): number {
    if (byte === QUOTE) this.#openString();
    else if (ENDS_BARE.has(byte)) {
      this.#emit(at);
      return at;
    }
    return at + 1;
  }

  /** A quote, a comma, a colon, or a byte of a number or word. */
  #stepOther(byte: number, at: number, line_starts: boolean): number {
    if (this.#recordMayBegin() && byte !== COMMA) {
      if (this.#stack.length > 0) {
        this.#begin('bare value', at);
        this.#isBroken(NO_OBJECT);
      } else if (BYTE_ORDER_MARK.includes(byte)) this.#at_line_start = line_starts;
      else {
        this.#begin('junk', at);
        this.#isBroken('it is not JSON');
      }
    }
    if (byte === QUOTE && this.#within !== 'junk') this.#openString();
    else {
      this.#before = byte;
      if (byte === COMMA) this.#commas += 1;
    }
    return at + 1;
  }

  #openString(): void {
    const is_key = this.#stack.at(-1) === 'object' && (this.#before === OPEN_BRACE || this.#before === COMMA);
    this.#in_string = true;
    this.#matched = is_key && this.#arrays === 0 ? 0 : -1;
    this.#key_names_list = false;
    this.#before = QUOTE;
  }

  #open(byte: number, at: number, line_starts: boolean): number {
    const kind = byte === OPEN_BRACE ? 'object' : 'array';
    if (this.#recordMayBegin()) {
      if (kind === 'array' && this.#stack.length === 0) this.#push('list');
      else {
        this.#begin('record', at);
        if (kind === 'array') this.#isBroken(NO_OBJECT);
        this.#push(kind);
      }
    } else {
      const broken = !this.#valueMayBegin() || this.#fault !== undefined || this.#broken_around;
      if (broken && (line_starts || this.#followsDocument(kind))) {
        this.#beginAnew(kind, at);
        return at;
      }
      if (broken) this.#isBroken('a bracket opens where none may');
      if (kind === 'array' && this.#opensList()) this.#push(this.#dropAround());
      else this.#push(kind);
    }
    this.#before = byte;
    return at + 1;
  }

  /** `}{` never occurs inside a document. (In a list, it may be a record in which a comma is missing.) */
  #followsDocument(kind: Frame): boolean {
    const is_document = this.#within === 'record' && this.#base === 0;
    return is_document && kind === 'object' && this.#before === CLOSE_BRACE;
  }

  #opensList(): boolean {
    return this.#before === COLON && this.#key_names_list && this.#arrays === 0;
  }

  /** The current record turns out to be what surrounds a list. */
  #dropAround(): Frame {
    const fault = this.#fault;
    this.#forget();
    if (fault !== undefined) this.#isBroken(fault);
    return 'list';
  }

  #close(byte: number, at: number, line_starts: boolean): number {
    this.#before = byte;
    if (line_starts && byte === CLOSE_BRACE && this.#within === 'record' && this.#fault !== undefined) {
      // If a document is printed over several lines, only its last brace is at the start of a line.
      this.#cutStack(this.#base);
      this.#emit(at + 1);
      return at + 1;
    }
    if (this.#deeper > 0) {
      this.#deeper -= 1;
      return at + 1;
    }
    if (this.#recordMayBegin()) {
      if (byte === CLOSE_BRACKET && this.#stack.length > 0) this.#stack.pop();
      else if (this.#stack.length > 0) this.#isBroken('a bracket closes that never opened');
      else {
        this.#begin('junk', at);
        this.#isBroken('it is not JSON');
      }
    } else this.#closeWithin(byte === CLOSE_BRACE ? 'object' : 'array', at);
    if (this.#stack.length === 0) this.#broken_around = false;
    return at + 1;
  }

  #closeWithin(kind: Frame, at: number): void {
    const floor = this.#within === 'record' ? this.#base : this.#stack.lastIndexOf('list') + 1;
    const opened = this.#stack.lastIndexOf(kind);
    if (opened !== this.#stack.length - 1) this.#isBroken('its brackets do not match');
    if (opened < floor) return; // it closes something around the record: more likely a fault of the record
    this.#cutStack(opened);
    if (this.#within === 'record' && this.#stack.length === this.#base) this.#emit(at + 1);
  }

  /** Something begins that cannot belong to the broken record before it. */
  #beginAnew(kind: Frame, at: number): void {
    if (kind === 'array' || this.#within === 'no record') this.#breakOff(at);
    else {
      this.#isBroken('it is cut off: another record begins inside it');
      this.#cutStack(this.#base);
      this.#emit(at);
    }
    this.#at_line_start = true;
  }

  /** Ends all current documents. An unfinished one is reported. */
  #breakOff(at: number): void {
    if (this.#within !== 'no record') {
      if (this.#stack.length > 0) this.#isBroken('it is cut off');
      this.#cutStack(0);
      this.#emit(at);
    } else if (this.#stack.length > 0 && !this.#broken_around) this.#tell('', 'its document is cut off');
    this.#cutStack(0);
    this.#broken_around = false;
    this.#in_string = false;
    this.#escaped = false;
    this.#at_line_start = true;
  }

  /** Whether a bracket here would begin a record or a document: outside all documents, or in a list. */
  #recordMayBegin(): boolean {
    return this.#within === 'no record' && (this.#stack.length === 0 || this.#stack.at(-1) === 'list');
  }

  #valueMayBegin(): boolean {
    if (this.#deeper > 0) return true;
    if (this.#stack.at(-1) === 'object') return this.#before === COLON;
    return this.#before === OPEN_BRACKET || this.#before === COMMA;
  }

  #push(frame: Frame): void {
    if (this.#stack.length === DEPTH_MAX) {
      this.#deeper += 1;
      this.#isBroken(`it is nested deeper than ${DEPTH_MAX} levels`);
      return;
    }
    this.#stack.push(frame);
    if (frame === 'array') this.#arrays += 1;
  }

  #cutStack(length: number): void {
    while (this.#stack.length > length) if (this.#stack.pop() === 'array') this.#arrays -= 1;
    this.#deeper = 0;
  }

  #begin(within: Within, at: number): void {
    this.#within = within;
    this.#base = this.#stack.length;
    this.#start = at;
    this.#commas = 0; // the commas between records belong to none
  }

  #isBroken(fault: string): void {
    if (this.#within !== 'no record') this.#fault ??= fault;
    else if (!this.#broken_around) {
      this.#broken_around = true;
      this.#tell('', `what surrounds its records is broken: ${fault}`);
    }
  }

  /** The current record ends before `end` of this chunk. */
  #emit(end: number): void {
    const piece = this.#chunk.subarray(this.#start, end);
    const is_here = this.#earlier.length === 0 && piece.length <= RECORD_MAX_BYTES;
    if (!is_here) this.#earlier.add(piece);
    const bytes = is_here ? piece : this.#earlier.take();
    if (this.#earlier.is_too_long)
      this.#tell(bytes.toString(), `it is longer than ${RECORD_MAX_BYTES} bytes`);
    else {
      if (this.#commas >= VALUES_MAX) this.#isBroken(`it has more than ${VALUES_MAX} values`);
      // Old switches write names in Latin-1.
      this.#tell(bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1'), this.#fault);
    }
    this.#forget();
  }

  #tell(text: string, fault: string | undefined): void {
    if (fault !== undefined) this.#faults.set(this.#texts.length, fault);
    this.#texts.push(text);
  }

  #forget(): void {
    this.#within = 'no record';
    this.#fault = undefined;
    this.#commas = 0;
    this.#earlier.clear();
  }
}

const NO_OBJECT = 'it is no JSON object';
const EMPTY = Buffer.alloc(0);
const ENDS_BARE: ReadonlySet<number> = new Set([COMMA, OPEN_BRACE, OPEN_BRACKET, CLOSE_BRACE, CLOSE_BRACKET]);
