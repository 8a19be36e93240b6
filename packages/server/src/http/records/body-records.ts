import { RecuentoError } from '@recuento/contract';
import { type GiveTurn, LONG_READS_A_TURN, RECORDS_A_TURN, Turns } from '../../admission/turns.js';
import { decodeUtf8, malformedBody, parseJson } from '../malformed-body.js';
import { LineCutter } from './line-cutter.js';
import { type Cut, isSpace, RecordCutter } from './record-cutter.js';

/** How the records of a body are told apart: elements of one JSON array (one object by itself is one too), or lines (NDJSON). */
export type RecordForm = 'array' | 'lines';

/** How a body was found to hold them. */
type FoundForm = RecordForm | 'one';

/**
 * Longest record. The largest customer that is valid has 26 texts of 1,024 characters and 12 telephones of 64, each of them
 * twelve bytes where it is written as two escapes: 320 KiB.
 */
export const RECORD_MAX_BYTES = 512 * 1024;

/**
 * One level and 39 values are what is taken; programs in the field send more that is ignored. 512 KiB of nothing but
 * brackets, or of 60,000 keys, take as long to read as all of a common body.
 */
const RECORD_BOUNDS = { bytes: RECORD_MAX_BYTES, depth: 16, values: 1_000 };

/** Bytes that are looked through for records before others get their turn: some milliseconds, of nothing but commas too. */
const CUT_A_TURN_BYTES = 256 * 1024;

/** A body of no more records has one turn for all that is done with it. */
const SMALL_RECORDS = 100;

/** What is done with each record of a body, in their order. */
export interface RecordReader {
  /**
   * @param record what JSON it is; anything
   * @returns 'short' where it took some microseconds, 'long' where it took ten times that or more
   */
  read(record: unknown, index: number): 'short' | 'long';
  /** It is too long or too deep to be read: `reason` says so, in the words of a fault. */
  pass(reason: string, index: number): void;
  /** A line that is no JSON. Absent: it refuses the whole body, as what is no JSON in an array always does. */
  broken?(index: number): void;
}

/** Stands for a line that is no JSON. */
const BROKEN = Symbol('a line that is not JSON');

/** The records of a body, none of which is read yet: two numbers of each are kept, and the bytes. */
export class Records {
  readonly #bytes: Buffer;
  readonly #form: FoundForm;
  readonly #cut: Cut;
  /** Gives the turns of the body, also of what is made of it. */
  readonly give_turn: GiveTurn;

  private constructor(bytes: Buffer, form: FoundForm, cut: Cut, give_turn: GiveTurn) {
    this.#bytes = bytes;
    this.#form = form;
    this.#cut = cut;
    this.give_turn = give_turn;
  }

  /**
   * Counts the records of a body, before any is read. It is begun in a turn of its own; a small body needs no other.
   *
   * @throws RecuentoError malformed-body, too-many-records with how many there are
   */
  static async of(bytes: Buffer, form: RecordForm, limit: number, give_turn: GiveTurn): Promise<Records> {
    const turns = new Turns({ items: 1, bytes: CUT_A_TURN_BYTES }, give_turn);
    await turns.give();
    const found = form === 'array' && (await beginsWith(OPEN_BRACE, bytes, turns)) ? 'one' : form;
    const cut =
      found === 'lines'
        ? new LineCutter(bytes, limit, RECORD_BOUNDS)
        : new RecordCutter(bytes, found, limit, RECORD_BOUNDS);
    while (cut.step(CUT_A_TURN_BYTES)) await turns.give();
    if (cut.count > limit) {
      throw new RecuentoError('too-many-records', { values: { records: cut.count, limit } });
    }
    // Lines that are sent as JSON look so: each by itself may be a good record, and together they are none.
    if (found === 'one' && cut.beyond.size > 0) throw malformedBody('IT IS NOT A JSON ARRAY');
    return new Records(bytes, found, cut, give_turn);
  }

  get count(): number {
    return this.#cut.count;
  }

  /**
   * Reads them in their order; other requests get their turn between them. What is made of more than a small body
   * is begun in a turn of its own.
   *
   * @throws RecuentoError malformed-body
   */
  async each(reader: RecordReader): Promise<void> {
    const turns = new Turns(RECORDS_A_TURN, this.give_turn);
    let long_reads = 0;
    const readAll = async (first: number, end: number) => {
      const spares_broken = reader.broken !== undefined;
      let index = first - 1;
      for (const record of this.#parse(first, end, spares_broken)) {
        index += 1;
        if (long_reads === LONG_READS_A_TURN) {
          await turns.give();
          long_reads = 0;
        }
        if (record === BROKEN) {
          reader.broken?.(index);
          long_reads += 1;
        } else if (reader.read(record, index) === 'long') long_reads += 1;
      }
    };
    let first = 0;
    for (let index = 0; index < this.count; index += 1) {
      const too_much = this.#tooMuch(index);
      const is_over = turns.isOver(too_much === undefined ? this.#bytesTo(index) : 0);
      if (is_over || too_much !== undefined) {
        await readAll(first, index);
        first = index;
      }
      if (is_over) {
        await turns.give();
        long_reads = 0;
      }
      if (too_much !== undefined) {
        reader.pass(too_much, index);
        first = index + 1;
      }
    }
    await readAll(first, this.count);
    if (this.count > SMALL_RECORDS) await turns.give();
  }

  /** What is wrong with a record that is not worth reading. */
  #tooMuch(index: number): string | undefined {
    const beyond = this.#cut.beyond.get(index);
    if (beyond === undefined) return undefined;
    if (this.#bytes[this.#startOf(index)] !== OPEN_BRACE) return 'is not an object';
    if (beyond === 'depth') return `is nested deeper than ${RECORD_BOUNDS.depth} levels`;
    return `has more than ${RECORD_BOUNDS[beyond]} ${beyond}`;
  }

  /** Those of a turn are made one text: each by itself would take a fourth more. */
  *#parse(first: number, end: number, spares_broken: boolean): Generator<unknown> {
    if (first === end) return;
    const [from, to] = [this.#startOf(first), this.#endOf(end - 1)];
    let count = 0;
    for (const record of this.#recordsOf(from, to, first, spares_broken)) {
      count += 1;
      yield record;
    }
    if (count !== end - first) throw malformedBody('IT IS NOT JSON');
  }

  #recordsOf(from: number, to: number, first: number, spares_broken: boolean): Iterable<unknown> {
    if (this.#form === 'array') return elementsOf(this.#bracketed(from, to));
    const text = decodeUtf8(this.#bytes.subarray(from, to));
    if (this.#form === 'one') return [parseJson(text, 'IT IS NOT JSON')];
    return this.#linesOf(text, first, spares_broken);
  }

  /**
   * The text from one byte to another, in brackets. They stand for a moment where the array has a bracket, a comma or a space
   * before and behind it: a text that is put together is copied once more to be read.
   */
  #bracketed(from: number, to: number): string {
    const bytes = this.#bytes;
    const [before, behind] = [bytes[from - 1] ?? 0, bytes[to] ?? 0];
    bytes[from - 1] = OPEN_BRACKET;
    bytes[to] = CLOSE_BRACKET;
    try {
      return decodeUtf8(bytes.subarray(from - 1, to + 1));
    } finally {
      bytes[from - 1] = before;
      bytes[to] = behind;
    }
  }

  /** One after the other, as they are asked for: what is no JSON takes ten times as long, and is counted so by `each`. */
  *#linesOf(text: string, first: number, spares_broken: boolean): Generator<unknown> {
    let index = first;
    for (const line of text.split('\n')) {
      if (BLANK.test(line)) continue;
      yield this.#lineAs(line, index, spares_broken);
      index += 1;
    }
  }

  #lineAs(line: string, index: number, spares_broken: boolean): unknown {
    try {
      return JSON.parse(line);
    } catch (error) {
      if (spares_broken) return BROKEN;
      throw malformedBody(`LINE ${this.#lineOf(this.#startOf(index))} IS NOT JSON`, error);
    }
  }

  #startOf(index: number): number {
    return this.#cut.starts[index] ?? 0;
  }

  #endOf(index: number): number {
    return this.#cut.ends[index] ?? 0;
  }

  /** With what is before it: that becomes text with it, when the one before it does. */
  #bytesTo(index: number): number {
    return this.#endOf(index) - (index === 0 ? this.#startOf(0) : this.#endOf(index - 1));
  }

  /** From 1. Blank lines count too. (Looking for each with `indexOf` takes seconds where there is nothing but line ends.) */
  #lineOf(at: number): number {
    let line = 1;
    for (let before = 0; before < at; before += 1) if (this.#bytes[before] === LF) line += 1;
    return line;
  }
}

/** Whether the first byte that is no space is this one. There may be millions of spaces before it. */
async function beginsWith(byte: number, bytes: Buffer, turns: Turns): Promise<boolean> {
  let at = 0;
  while (isSpace(bytes[at])) {
    at += 1;
    if (at % CUT_A_TURN_BYTES === 0) await turns.give();
  }
  return bytes[at] === byte;
}

/** @throws RecuentoError malformed-body */
function elementsOf(text: string): unknown[] {
  const records = parseJson(text, 'IT IS NOT JSON');
  return Array.isArray(records) ? records : [];
}

const BLANK = /^[ \t\r]*$/;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LF = 0x0a;
