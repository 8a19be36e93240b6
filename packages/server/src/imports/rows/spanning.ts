import type { Reading, Rejected } from '../reading/reading.js';
import { hasOddQuotes } from './rows.js';

/** The most that a quoted field may span: a note that somebody pasted, but not the rest of a file after a forgotten quote. */
export const SPAN_MAX = { lines: 100, chars: 64 * 1024 };

interface Line {
  readonly number: number;
  readonly text: string;
  /** Why the line cannot be read at all. */
  readonly fault: string | undefined;
}

/** Receives the result of a record: `line` is the number of its first line, `text` all its lines with LF in between. */
export type Settle = (line: number, text: string, reading: Reading | 'blank') => void;

/**
 * Joins lines that a quoted field spans (RFC 4180). A line with an open quote at its end waits for the line that closes
 * it, for at most `SPAN_MAX`. If all of them together are a row of the file, they are one record; otherwise the first is
 * rejected, and reading goes on with the second. So no line inside a note within `SPAN_MAX` becomes a record, and a
 * forgotten quote costs only its own line. The lines of a longer note are read as lines of the file.
 *
 * A line that opens a quote has an odd number of quotes. The lines that leave it open have an even number, so none of
 * them opens a quote by itself. Hence each line is read at most three times: alone, as part of a record, and as the line
 * that closes a quote.
 */
export class SpanningRecords {
  readonly #read: (text: string) => Reading;
  readonly #settle: Settle;
  #waiting: Line[] = [];
  #chars = 0;
  /** The result of the first waiting line by itself. */
  #alone: Rejected | undefined;

  constructor(read: (text: string) => Reading, settle: Settle) {
    this.#read = read;
    this.#settle = settle;
  }

  /** The number of lines that wait for a closing quote. */
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

  /** The quotes of lines that still wait are never closed. */
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

  /** Rejects the first waiting line, and reads the others again. */
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
