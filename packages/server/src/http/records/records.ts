import { RecuentoError } from '@recuento/contract';
import { type GiveTurn, RECORDS_A_TURN, Turns } from '../../attempts/turns.js';
import { decodeUtf8, malformedBody, parseJson } from '../malformed-body.js';
import { RecordCutter, type RecordForm } from './record-cutter.js';

/**
 * Longest record. The largest customer that is valid has 26 texts of 1,024 characters and 12 telephones of 64, each of them
 * twelve bytes where it is written as two escapes: 320 KiB.
 */
export const RECORD_MAX_BYTES = 512 * 1024;

/**
 * One level and 39 values are what is taken; programs in the field send more that is ignored. 512 KiB of nothing but
 * brackets, or of 60,000 keys, take as long to read as all of a common body.
 */
const RECORD_BOUNDS = { depth: 16, values: 1_000 };

/** Bytes that are looked through for records before others get their turn: some milliseconds, of nothing but commas too. */
const CUT_A_TURN_BYTES = 256 * 1024;

/** What is done with each record of a body, in their order. */
export interface RecordReader {
  /** @param record what JSON it is; anything */
  read(record: unknown, index: number): void;
  /** It is too long or too deep to be read: `reason` says so, in the words of a fault. */
  pass(reason: string, index: number): void;
}

/** The records of a body, none of which is read yet: two numbers of each are kept, and the bytes. */
export class Records {
  readonly #bytes: Buffer;
  readonly #form: RecordForm;
  readonly #cut: RecordCutter;
  readonly #give_turn: GiveTurn | undefined;

  private constructor(bytes: Buffer, form: RecordForm, cut: RecordCutter, give_turn: GiveTurn | undefined) {
    this.#bytes = bytes;
    this.#form = form;
    this.#cut = cut;
    this.#give_turn = give_turn;
  }

  /**
   * Counts the records of a body, before any is read.
   *
   * @throws RecuentoError malformed-body, too-many-records with how many there are
   */
  static async of(bytes: Buffer, form: RecordForm, limit: number, give_turn?: GiveTurn): Promise<Records> {
    const cut = new RecordCutter(bytes, form, limit, RECORD_BOUNDS);
    const turns = new Turns({ items: 1, bytes: CUT_A_TURN_BYTES }, give_turn);
    while (cut.step(CUT_A_TURN_BYTES)) await turns.give();
    if (cut.count > limit) {
      throw new RecuentoError('too-many-records', { values: { records: cut.count, limit } });
    }
    return new Records(bytes, form, cut, give_turn);
  }

  get count(): number {
    return this.#cut.count;
  }

  /** Reads them in their order; other requests get their turn between them. @throws RecuentoError malformed-body */
  async each(reader: RecordReader): Promise<void> {
    const turns = new Turns(RECORDS_A_TURN, this.#give_turn);
    let first = 0;
    for (let index = 0; index < this.count; index += 1) {
      const too_much = this.#tooMuch(index);
      const is_over = turns.isOver(too_much === undefined ? this.#bytesOf(index) : 0);
      if (is_over || too_much !== undefined) {
        this.#read(first, index, reader);
        first = index;
      }
      if (is_over) await turns.give();
      if (too_much !== undefined) {
        reader.pass(too_much, index);
        first = index + 1;
      }
    }
    this.#read(first, this.count, reader);
  }

  /** What is wrong with a record that is not worth reading. */
  #tooMuch(index: number): string | undefined {
    const bytes = this.#bytesOf(index);
    const beyond = bytes > RECORD_MAX_BYTES ? 'bytes' : this.#cut.beyond.get(index);
    if (beyond === undefined) return undefined;
    if (this.#bytes[this.#startOf(index)] !== OPEN_BRACE) return 'is not an object';
    if (beyond === 'depth') return `is nested deeper than ${RECORD_BOUNDS.depth} levels`;
    return `has more than ${beyond === 'bytes' ? RECORD_MAX_BYTES : RECORD_BOUNDS.values} ${beyond}`;
  }

  /** Elements of an array are read together, with their commas: that takes a fourth less than each by itself. */
  #read(first: number, end: number, reader: RecordReader): void {
    if (this.#form === 'lines') {
      for (let index = first; index < end; index += 1) reader.read(this.#line(index), index);
    } else if (first < end) {
      const text = this.#text(this.#startOf(first), this.#endOf(end - 1));
      const records = parseJson(`[${text}]`, 'IT IS NOT JSON');
      if (!Array.isArray(records) || records.length !== end - first) throw malformedBody('IT IS NOT JSON');
      for (const [offset, record] of records.entries()) reader.read(record, first + offset);
    }
  }

  #line(index: number): unknown {
    const text = this.#text(this.#startOf(index), this.#endOf(index));
    try {
      return JSON.parse(text);
    } catch (error) {
      throw malformedBody(`LINE ${this.#lineOf(this.#startOf(index))} IS NOT JSON`, error);
    }
  }

  #text(start: number, end: number): string {
    return decodeUtf8(this.#bytes.subarray(start, end));
  }

  #startOf(index: number): number {
    return this.#cut.starts[index] ?? 0;
  }

  #endOf(index: number): number {
    return this.#cut.ends[index] ?? 0;
  }

  #bytesOf(index: number): number {
    return this.#endOf(index) - this.#startOf(index);
  }

  /** From 1. Blank lines count too. (Looking for each with `indexOf` takes seconds where there is nothing but line ends.) */
  #lineOf(at: number): number {
    let line = 1;
    for (let before = 0; before < at; before += 1) if (this.#bytes[before] === LF) line += 1;
    return line;
  }
}

const OPEN_BRACE = 0x7b;
const LF = 0x0a;
