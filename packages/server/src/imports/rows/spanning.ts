import type { Reading, Rejected } from '../reading/reading.js';
import { hasOddQuotes } from './rows.js';

/** What a quoted field may span: a note that somebody pasted, not the rest of a file behind a quote that was forgotten. */
export const SPAN_MAX = { lines: 100, chars: 64 * 1024 };

interface Line {
  readonly number: number;
  readonly text: string;
  /** Why it can't be read at all. */
  readonly fault: string | undefined;
}

/** What is made of a record: `line` is its first line's number, `text` all of it with LF between lines. */
export type Settle = (line: number, text: string, reading: Reading | 'blank') => void;

/**
 * Puts lines together that a quoted field holds together (RFC 4180). A line at whose end a quote is open waits for the one
 * that closes it, for `SPAN_MAX` at most: if all of them are then a row of the file they are one record, else the first is
 * rejected and reading goes on with the second. So nothing inside a note within `SPAN_MAX` becomes a record, and a quote that
 * was forgotten costs its own line. The lines of a longer note are read as lines of the file.
 *
 * A line that opens a quote has an odd number of them; those that leave it open an even one, so none of them opens another
 * by itself. Hence each line is read three times at most: alone, as a part, and where it closes what another one opened.
 */
export class SpanningRecords {
  readonly #read: (text: string) => Reading;
  readonly #settle: Settle;
  #waiting: Line[] = [];
  #chars = 0;
  /** What the first of those that wait is on its own. */
  #alone: Rejected | undefined;

  constructor(read: (text: string) => Reading, settle: Settle) {
    this.#read = read;
    this.#settle = settle;
  }

  /** Lines that wait for what closes a quote. */
  get waiting(): number {
    return this.#waiting.length;
  }

  take(number: number, text: string, fault?: string): void {
    if (this.#alone === undefined) {
      this.#begin(number, text, fault);
      return;
    }
    this.#waiting.push({ number, text, fault });
    this.#chars += text.length + 1;
    if (fault !== undefined || this.#waiting.length > SPAN_MAX.lines || this.#chars > SPAN_MAX.chars) {
      this.#giveUp();
    } else if (hasOddQuotes(text)) this.#close();
  }

  /** What still waits has no end. */
  finish(): void {
    while (this.#alone !== undefined) this.#giveUp();
  }

  #begin(number: number, text: string, fault: string | undefined): void {
    if (text === '' && fault === undefined) {
      this.#settle(number, text, 'blank');
      return;
    }
    const reading = fault === undefined ? this.#read(text) : ({ kind: 'rejected', reason: fault } as const);
    if (reading.kind !== 'rejected' || reading.row !== 'open') {
      this.#settle(number, text, reading);
      return;
    }
    this.#alone = reading;
    this.#waiting = [{ number, text, fault }];
    this.#chars = text.length + 1;
  }

  #close(): void {
    const [first] = this.#waiting;
    const text = this.#waiting.map((line) => line.text).join('\n');
    const reading = this.#read(text);
    if (first === undefined || (reading.kind === 'rejected' && reading.row !== undefined)) {
      this.#giveUp();
      return;
    }
    this.#forget();
    this.#settle(first.number, text, reading);
  }

  /** The first line of those that wait is rejected, and the others are read anew. */
  #giveUp(): void {
    const [first, ...others] = this.#waiting;
    const alone = this.#alone;
    this.#forget();
    if (first === undefined || alone === undefined) return;
    this.#settle(first.number, first.text, alone);
    for (const { number, text, fault } of others) this.take(number, text, fault);
  }

  #forget(): void {
    this.#waiting = [];
    this.#alone = undefined;
    this.#chars = 0;
  }
}
