import { RecuentoError } from '@recuento/contract';
import { type GiveTurn, LONG_READS_A_TURN, RECORDS_A_TURN, Turns } from '../../admission/turns.js';
import { decodeUtf8, malformedBody, parseJson } from '../malformed-body.js';
import { LineCutter } from './line-cutter.js';
import { type Cut, isSpace, RecordCutter } from './record-cutter.js';

/**
 * How the records of a body are separated: as elements of one JSON array (a single object counts as one), or as lines
 * (NDJSON).
 */
export type RecordForm = 'array' | 'lines';

/** The form that a body was found to have. */
type FoundForm = RecordForm | 'one';

/**
 * Longest record. The largest valid customer has 26 texts of 1,024 characters and 12 telephones of 64. Each character may
 * be written as two escapes, which are twelve bytes: 320 KiB.
 */
export const RECORD_MAX_BYTES = 512 * 1024;

/**
 * A valid record has one level and 39 values; programs in the field send more, which is ignored. 512 KiB of nothing but
 * brackets, or of 60,000 keys, would take as long to parse as a whole body of the usual kind.
 */
const RECORD_BOUNDS = { bytes: RECORD_MAX_BYTES, depth: 16, values: 1_000 };

/** Bytes that are searched for records before other requests get their turn: some milliseconds, even of nothing but commas. */
const CUT_A_TURN_BYTES = 256 * 1024;

/** A body with at most so many records needs one turn for all of its work. */
const SMALL_RECORDS = 100;

/** Receives the records of a body, in their order. */
export interface RecordReader {
  /**
   * @param record any JSON value
   * @returns 'short' where it took some microseconds, 'long' where it took ten times that or more
   */
  read(record: unknown, index: number): 'short' | 'long';
  /** Called for a record that is too long or too deep to be parsed: `reason` says so, in the words of a fault. */
  pass(reason: string, index: number): void;
  /**
   * Called for a line that is not JSON. If absent, such a line refuses the whole body, as broken JSON in an array always
   * does.
   */
  broken?(index: number): void;
}

/** Yielded in place of a line that is not JSON. */
const BROKEN = Symbol('a line that is not JSON');

/** The records of a body, not parsed yet: the bytes, and two numbers for each record. */
export class Records {
  readonly #bytes: Buffer;
  readonly #form: FoundForm;
  readonly #cut: Cut;
  /** Gives the turns for this body, also for what is made of it later. */
  readonly give_turn: GiveTurn;

  private constructor(bytes: Buffer, form: FoundForm, cut: Cut, give_turn: GiveTurn) {
    this.#bytes = bytes;
    this.#form = form;
    this.#cut = cut;
    this.give_turn = give_turn;
  }

  /**
   * Finds and counts the records of a body, without parsing them. It begins in a turn of its own; a small body needs no
   * other.
   *
   * @throws RecuentoError malformed-body, too-many-records with their number
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
    // The form of NDJSON that was sent as JSON: each line may be a valid record, but together they are not JSON.
    if (found === 'one' && cut.beyond.size > 0) throw malformedBody('IT IS NOT A JSON ARRAY');
    return new Records(bytes, found, cut, give_turn);
  }

  get count(): number {
    return this.#cut.count;
  }

  /**
   * Parses the records in their order; other requests get their turn in between. After a body that is not small it gives
   * one more turn, so that the caller's work on the records begins in a turn of its own.
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

  /** The fault of a record that exceeds a bound. */
  #tooMuch(index: number): string | undefined {
    const beyond = this.#cut.beyond.get(index);
    if (beyond === undefined) return undefined;
    if (this.#bytes[this.#startOf(index)] !== OPEN_BRACE) return 'is not an object';
    if (beyond === 'depth') return `is nested deeper than ${RECORD_BOUNDS.depth} levels`;
    return `has more than ${RECORD_BOUNDS[beyond]} ${beyond}`;
  }

  /** Parses the records of one turn as one text: parsing them one by one would take a fourth longer. */
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
   * The text from one byte to another, in brackets. The brackets temporarily overwrite the comma, bracket or space on
   * either side in the array: concatenating strings would copy the text once more before it is parsed.
   */
  #bracketed(from: number, to: number): string {
    const bytes = this.#bytes;
    const [before, after] = [bytes[from - 1] ?? 0, bytes[to] ?? 0];
    bytes[from - 1] = OPEN_BRACKET;
    bytes[to] = CLOSE_BRACKET;
    try {
      return decodeUtf8(bytes.subarray(from - 1, to + 1));
    } finally {
      bytes[from - 1] = before;
      bytes[to] = after;
    }
  }

  /** Parses lines one at a time, on demand: a line that is not JSON takes ten times as long, and `each` counts it as long. */
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

  /** Bytes of a record, including those between it and the one before it: they are decoded together. */
  #bytesTo(index: number): number {
    return this.#endOf(index) - (index === 0 ? this.#startOf(0) : this.#endOf(index - 1));
  }

  /** Line number from 1, blank lines included. (Searching with `indexOf` takes seconds in a body of nothing but line ends.) */
  #lineOf(at: number): number {
    let line = 1;
    for (let before = 0; before < at; before += 1) if (this.#bytes[before] === LF) line += 1;
    return line;
  }
}

/** Whether this is the first byte that is not white space. There may be millions of spaces before it. */
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
