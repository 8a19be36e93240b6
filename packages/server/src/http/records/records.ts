import { RecuentoError } from '@recuento/contract';
import { type GiveTurn, RECORDS_A_TURN, Turns } from '../../attempts/turns.js';
import { malformedBody, parseJson } from '../malformed-body.js';
import { DEPTH_MAX, RecordCutter, type RecordForm } from './record-cutter.js';

/**
 * Longest record. The largest customer that is valid has 26 texts of 1,024 characters and 12 telephones of 64, each of them
 * twelve bytes where it is written as two escapes: 320 KiB.
 */
export const RECORD_MAX_BYTES = 512 * 1024;

/** Bytes that are looked through for records before others get their turn: some milliseconds. */
const CUT_A_TURN_BYTES = 1024 * 1024;

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
   * @param bytes valid UTF-8
   * @throws RecuentoError malformed-body, too-many-records with how many there are
   */
  static async of(bytes: Buffer, form: RecordForm, limit: number, give_turn?: GiveTurn): Promise<Records> {
    const cut = new RecordCutter(bytes, form, limit);
    const turns = new Turns({ items: 1, bytes: CUT_A_TURN_BYTES }, give_turn);
    do await turns.before(0);
    while (cut.step(CUT_A_TURN_BYTES));
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
      const turn = turns.before(too_much === undefined ? this.#bytesOf(index) : 0);
      if (turn !== undefined || too_much !== undefined) {
        this.#read(first, index, reader);
        first = index;
      }
      if (turn !== undefined) await turn;
      if (too_much !== undefined) {
        reader.pass(too_much, index);
        first = index + 1;
      }
    }
    this.#read(first, this.count, reader);
  }

  /** What is wrong with a record that is not worth reading. */
  #tooMuch(index: number): string | undefined {
    const too_long = this.#bytesOf(index) > RECORD_MAX_BYTES;
    if (!too_long && !this.#cut.deep.has(index)) return undefined;
    if (this.#bytes[this.#startOf(index)] !== OPEN_BRACE) return 'is not an object';
    return too_long ? `has more than ${RECORD_MAX_BYTES} bytes` : `is nested deeper than ${DEPTH_MAX} levels`;
  }

  /** Elements of an array are read together, with their commas: that takes a fourth less than each by itself. */
  #read(first: number, end: number, reader: RecordReader): void {
    if (this.#form === 'lines') {
      for (let index = first; index < end; index += 1) reader.read(this.#line(index), index);
    } else if (first < end) {
      const text = this.#bytes.toString('utf8', this.#startOf(first), this.#endOf(end - 1));
      const records = parseJson(`[${text}]`, 'IT IS NOT JSON');
      if (!Array.isArray(records) || records.length !== end - first) throw malformedBody('IT IS NOT JSON');
      for (const [offset, record] of records.entries()) reader.read(record, first + offset);
    }
  }

  #line(index: number): unknown {
    const text = this.#bytes.toString('utf8', this.#startOf(index), this.#endOf(index));
    try {
      return JSON.parse(text);
    } catch (error) {
      throw malformedBody(`LINE ${this.#lineOf(this.#startOf(index))} IS NOT JSON`, error);
    }
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
