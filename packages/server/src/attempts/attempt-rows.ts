import { type AmdResult, type MachineCode, RECORD_FIELDS, type RecordField } from '@recuento/contract';
import type { NumberEvidence } from './number-evidence.js';
import { RANK_DIGITS, rankOf } from './rank.js';

/**
 * Columns that an insert gives, in this order; the rest the engine computes. First what decides which of an attempt's
 * rows holds, the delivery foremost, as it is written into the row last; then the identity, in one piece; then what is
 * told of the attempt, the result first and what is seldom told last: a row ends behind the last column that it tells.
 */
export const ATTEMPT_COLUMNS = [
  'delivery',
  'import',
  'rank',
  'operation_id',
  'campaign_id',
  'dialed_at',
  'telephone',
  'attempt_id',
  'result',
  'amd',
  'duration_seconds',
  'trunk',
  'sip',
  'cause',
  'evidence',
  'said',
  'agent_id',
  'customer_id',
  'record',
] as const;

/** What identifies an attempt within a campaign of an operation. `dialed_at_s`: seconds since 1970 UTC. */
export interface Identity {
  readonly attempt_id: string;
  readonly telephone: string;
  readonly dialed_at_s: number;
}

/** An attempt of a campaign, as a row is made of it. '' and undefined: not told. */
export interface AttemptFields extends Identity {
  readonly code: MachineCode;
  readonly amd: AmdResult | '';
  readonly duration_seconds: number | undefined;
  readonly trunk: string;
  readonly sip: number | undefined;
  readonly cause: number | undefined;
  /** What it says of the number. */
  readonly evidence: NumberEvidence;
  /** The source's own word for the end, where it is short: a cause's name, a SIT tone. */
  readonly said?: string | undefined;
  readonly agent_id: string;
  readonly customer_id?: string | undefined;
  readonly record?: Readonly<Partial<Record<RecordField, string | undefined>>>;
}

/** Digits of a delivery, all of them: so it can be written into a row that is there. The engine takes no leading zeros. */
export const DELIVERY_DIGITS = 16;
const TAB = 0x09;
const LF = 0x0a;
const BACKSLASH = 0x5c;
const DIGIT_0 = 0x30;
/** Room that a row needs beside its texts: two numbers of 16 digits, nine of ten at most, the evidence, tabs, brackets. */
const ROW_BYTES = 192;
/** A UTF-16 unit takes three bytes of UTF-8 at most, or two when it is escaped. */
const BYTES_A_UNIT = 3;

/**
 * Attempts as the engine takes them: lines of tab separated values, half the engine's work for lines of JSON. They are
 * kept as bytes and not as objects, since many wait in memory for little: the collector would copy each of them twice.
 */
export class AttemptRows {
  #bytes: Buffer;
  #length = 0;
  /** Where each row begins. */
  #starts: number[] = [];

  /** @param bytes that it has room for at first; it grows as needed */
  constructor(bytes = 16 * 1024) {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
  }

  /** The rows, without a copy: they hold until a row is added. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The memory that the rows are in; more than they take. */
  get raw(): Buffer {
    return this.#bytes;
  }

  /** Bytes of all rows. */
  get length(): number {
    return this.#length;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Adds what an upload tells of an attempt. */
  add(operation_id: number, campaign_id: number, fields: AttemptFields): void {
    this.#begin();
    this.#number(0);
    this.#number(0);
    this.#identity(operation_id, campaign_id, fields);
    this.#tell(fields);
    this.#end();
  }

  /** Adds a leg of an import, or of what comes call by call (0): among others of its delivery it has a rank. */
  addLeg(import_number: number, operation_id: number, campaign_id: number, fields: AttemptFields): void {
    this.#begin();
    this.#number(import_number);
    this.#bytes[this.#length] = TAB;
    const rank_at = this.#length + 1;
    this.#length = rank_at + RANK_DIGITS;
    this.#identity(operation_id, campaign_id, fields);
    const from = this.#length;
    this.#tell(fields);
    const told = { bytes: this.#bytes, from, to: this.#length };
    const rank = rankOf(fields.code, fields.amd, fields.duration_seconds, told);
    this.#bytes.write(String(rank), rank_at, 'latin1');
    this.#end();
  }

  #begin(): void {
    this.#starts.push(this.#length);
    this.#reserve(ROW_BYTES);
    this.#length += DELIVERY_DIGITS;
  }

  #identity(
    operation_id: number,
    campaign_id: number,
    { dialed_at_s, telephone, attempt_id }: Identity,
  ): void {
    this.#number(operation_id);
    this.#number(campaign_id);
    this.#number(dialed_at_s);
    this.#text(telephone);
    this.#text(attempt_id);
  }

  #tell(fields: AttemptFields): void {
    this.#text(fields.code);
    let told = this.#length;
    if (this.#text(fields.amd)) told = this.#length;
    if (this.#number(fields.duration_seconds)) told = this.#length;
    if (this.#text(fields.trunk)) told = this.#length;
    if (this.#number(fields.sip)) told = this.#length;
    if (this.#number(fields.cause)) told = this.#length;
    if (this.#text(fields.evidence === 'none' ? '' : fields.evidence)) told = this.#length;
    if (this.#text(fields.said)) told = this.#length;
    if (this.#text(fields.agent_id)) told = this.#length;
    if (this.#text(fields.customer_id)) told = this.#length;
    if (this.#record(fields.record)) told = this.#length;
    this.#length = told;
  }

  #end(): void {
    this.#reserve(1);
    this.#bytes[this.#length] = LF;
    this.#length += 1;
  }

  /** Adds a row of others, as it is. */
  addRow(row: Buffer): void {
    this.#starts.push(this.#length);
    this.#reserve(row.length);
    this.#bytes.set(row, this.#length);
    this.#length += row.length;
  }

  /** Takes the rows from `row` on away, as rows of their own. */
  split(row: number): AttemptRows {
    const { start } = this.bounds(row);
    const rest = new AttemptRows(this.#length - start);
    rest.#bytes.set(this.#bytes.subarray(start, this.#length));
    rest.#length = this.#length - start;
    rest.#starts = this.#starts.splice(row).map((at) => at - start);
    this.#length = start;
    return rest;
  }

  /** Adds all rows of others, in their order. */
  addAll(others: AttemptRows): void {
    this.#reserve(others.length);
    for (const start of others.#starts) this.#starts.push(this.#length + start);
    this.#bytes.set(others.bytes, this.#length);
    this.#length += others.length;
  }

  dropLast(): void {
    this.#length = this.#starts.pop() ?? 0;
  }

  /** Keeps the rows of which `keep` says so, by their index. */
  filter(keep: (row: number) => boolean): void {
    const starts: number[] = [];
    let at = 0;
    for (let row = 0; row < this.#starts.length; row += 1) {
      if (!keep(row)) continue;
      const { start, end } = this.bounds(row);
      if (at !== start) this.#bytes.copyWithin(at, start, end);
      starts.push(at);
      at += end - start;
    }
    this.#starts = starts;
    this.#length = at;
  }

  /** Where a row begins and ends. */
  bounds(row: number): { start: number; end: number } {
    return { start: this.#starts[row] ?? 0, end: this.#starts[row + 1] ?? this.#length };
  }

  /** Writes the delivery into every row. It must have DELIVERY_DIGITS digits. */
  stamp(delivery: number): void {
    const digits = Buffer.from(delivery.toString());
    if (digits.length !== DELIVERY_DIGITS) throw new RangeError(`delivery ${delivery}`);
    for (const start of this.#starts) {
      for (let at = 0; at < DELIVERY_DIGITS; at += 1) this.#bytes[start + at] = digits[at] ?? DIGIT_0;
    }
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#length + bytes));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  /** A tab, and behind it a whole number from 0, or NULL when it is not told. Returns whether it is. */
  #number(value: number | undefined): boolean {
    const bytes = this.#bytes;
    bytes[this.#length] = TAB;
    let at = this.#length + 1;
    if (value === undefined) {
      bytes[at] = BACKSLASH;
      bytes[at + 1] = 0x4e; // N
      this.#length = at + 2;
      return false;
    }
    let end = at + 1;
    for (let left = value; left >= 10; left = Math.floor(left / 10)) end += 1;
    let left = value;
    for (at = end - 1; at > this.#length; at -= 1) {
      const rest = Math.floor(left / 10);
      bytes[at] = DIGIT_0 + left - rest * 10;
      left = rest;
    }
    this.#length = end;
    return true;
  }

  /** A tab, and behind it a text. Returns whether there is one. */
  #text(text: string | undefined): boolean {
    this.#bytes[this.#length] = TAB;
    this.#length += 1;
    if (text === undefined || text === '') return false;
    this.#reserve(text.length * BYTES_A_UNIT + ROW_BYTES);
    this.#characters(text);
    return true;
  }

  /** Stored texts hold no control characters, so the backslash is the one that the format gives a meaning. */
  #characters(text: string): void {
    const bytes = this.#bytes;
    let at = this.#length;
    for (let unit = 0; unit < text.length; unit += 1) {
      const code = text.charCodeAt(unit);
      if (code > 0x7f || code === BACKSLASH) {
        this.#length += bytes.write(text.replaceAll('\\', '\\\\'), this.#length);
        return;
      }
      bytes[at] = code;
      at += 1;
    }
    this.#length = at;
  }

  /** A tab, and behind it a map as the engine reads it: `{'opt1':'x'}`. Returns whether it has anything. */
  #record(record: AttemptFields['record']): boolean {
    if (record === undefined) return false;
    let text = '';
    for (const name of RECORD_FIELDS) {
      const value = record[name];
      if (value !== undefined) text += `${text && ','}'${name}':'${value.replace(/[\\']/g, '\\$&')}'`;
    }
    if (text === '') return false;
    this.#reserve(text.length * BYTES_A_UNIT + ROW_BYTES);
    this.#length += this.#bytes.write(`\t{${text}}`, this.#length);
    return true;
  }
}
