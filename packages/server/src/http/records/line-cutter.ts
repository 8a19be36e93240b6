import { type RecordBounds, SHORT_BYTES } from './record-bounds.js';
import { type Cut, isSpace, RecordCutter } from './record-cutter.js';

const LF = 0x0a;
/** Bytes that are looked at one by one before `indexOf` takes over: it is faster, but slow to start. */
const NEAR_BYTES = 64;

/** Finds the lines of a body that are not blank, as `RecordCutter` finds the elements of an array. */
export class LineCutter implements Cut {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly beyond = new Map<number, keyof RecordBounds>();
  count = 0;

  readonly #bytes: Buffer;
  readonly #keep: number;
  readonly #bounds: RecordBounds;
  #at = 0;

  /** @param keep records that are kept; further ones are counted */
  constructor(bytes: Buffer, keep: number, bounds: RecordBounds) {
    this.#bytes = bytes;
    this.#keep = keep;
    this.#bounds = bounds;
  }

  /** Goes on by so many bytes, and to the end of the line that it is in then. Returns whether there are more. */
  step(count: number): boolean {
    const bytes = this.#bytes;
    const until = Math.min(this.#at + count, bytes.length);
    let at = this.#at;
    while (at < until) {
      if (isSpace(bytes[at])) at += 1;
      else {
        const end = endOfLine(bytes, at);
        this.#keepLine(at, end);
        at = end;
      }
    }
    this.#at = at;
    return at < bytes.length;
  }

  #keepLine(start: number, end: number): void {
    if (this.count < this.#keep) {
      const bytes = end - start;
      if (bytes > SHORT_BYTES && bytes <= this.#bounds.bytes) this.#look(start, end);
      else if (bytes > this.#bounds.bytes) this.beyond.set(this.count, 'bytes');
      this.starts.push(start);
      this.ends.push(end);
    }
    this.count += 1;
  }

  #look(start: number, end: number): void {
    const line = new RecordCutter(this.#bytes.subarray(start, end), 'one', 1, this.#bounds);
    line.step(end - start);
    const beyond = line.beyond.get(0);
    if (beyond !== undefined) this.beyond.set(this.count, beyond);
  }
}

function endOfLine(bytes: Buffer, from: number): number {
  const near = Math.min(from + NEAR_BYTES, bytes.length);
  for (let at = from; at < near; at += 1) if (bytes[at] === LF) return at;
  const found = bytes.indexOf(LF, near);
  return found < 0 ? bytes.length : found;
}
