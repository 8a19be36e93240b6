import type { AmdResult, MachineCode, RecordField } from '@recuento/contract';
import type { NumberEvidence } from './number-evidence.js';
import { rankOf } from './rank.js';
import {
  AMD_NUMBERS,
  CAMPAIGN_AT,
  CODE_NUMBERS,
  DIALED_AT,
  EVIDENCE_NUMBERS,
  IMPORT_AT,
  OPERATION_AT,
  RANK_AT,
  TELEPHONE_AT,
} from './row-layout.js';

/** What identifies an attempt within a campaign of an operation. `dialed_at_s`: seconds since 1970 UTC. */
export interface Identity {
  readonly attempt_id: string;
  readonly telephone: string;
  readonly dialed_at_s: number;
}

/** The fields of an attempt of a campaign, from which a row is written. '' and undefined mean "not known". */
export interface AttemptFields extends Identity {
  readonly code: MachineCode;
  readonly amd: AmdResult | '';
  readonly duration_seconds: number | undefined;
  readonly trunk: string;
  readonly sip: number | undefined;
  readonly cause: number | undefined;
  /** What the attempt says of the number. */
  readonly evidence: NumberEvidence;
  /** The source's own word for how the call ended, if it is short: a cause's name, a SIT tone. */
  readonly said?: string | undefined;
  readonly agent_id: string;
  readonly customer_id?: string | undefined;
  readonly record?: Readonly<Partial<Record<RecordField, string | undefined>>>;
}

/** Bytes that a row needs besides its texts: 61 bytes of numbers, the lengths of the texts, a map's count. */
const ROW_BYTES = 128;
/** Bytes that an entry of a record needs besides its value: its name, and two lengths. */
const ENTRY_BYTES = 32;
/** A UTF-16 unit takes three bytes of UTF-8 at most. */
const BYTES_A_UNIT = 3;
/** The longest text whose length fits in one byte. */
const SHORT_TEXT_MAX = 127;
const ALL_32 = 2 ** 32;

/**
 * Attempts in the engine's binary format (`row-layout.ts`), with nothing left for it to parse. They are kept as bytes, not as
 * objects: many rows wait in memory for a short time, and the garbage collector would copy each object twice.
 */
export class AttemptRows {
  #bytes: Buffer;
  #length = 0;
  /** Where each row begins. */
  #starts: number[] = [];
  #claims: readonly number[] = [];

  /** @param bytes room at first; it grows as needed */
  constructor(bytes = 16 * 1024) {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
  }

  /** The rows, without a copy: valid until a row is added. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The memory that holds the rows; it is larger than they are. */
  get raw(): Buffer {
    return this.#bytes;
  }

  /** Bytes of all rows. */
  get length(): number {
    return this.#length;
  }

  /** Where each row begins. */
  get starts(): readonly number[] {
    return this.#starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Claims of the keys under which the rows were uploaded. */
  get claims(): readonly number[] {
    return this.#claims;
  }

  /** Notes that the rows were uploaded under a key: they may be stored only while its claim holds. */
  claimedBy(claim: number): void {
    this.#claims = [...this.#claims, claim];
  }

  /** Adds an attempt of an upload. */
  add(operation_id: number, campaign_id: number, fields: AttemptFields): void {
    this.#identity(0, operation_id, campaign_id, fields);
    this.#afterIdentity(fields);
  }

  /** Adds a leg of an import, or of a call that came by hook (import 0). Its rank decides between the legs of one delivery. */
  addLeg(import_number: number, operation_id: number, campaign_id: number, fields: AttemptFields): void {
    const start = this.#length;
    this.#identity(import_number, operation_id, campaign_id, fields);
    const from = this.#length;
    this.#afterIdentity(fields);
    const hashed = { bytes: this.#bytes, from, to: this.#length };
    this.#number64(start + RANK_AT, rankOf(fields.code, fields.amd, fields.duration_seconds, hashed));
  }

  /** Writes a row up to the end of its identity. The delivery is written later, and so is the rank of a leg. */
  #identity(import_number: number, operation_id: number, campaign_id: number, of: Identity): void {
    const start = this.#length;
    this.#starts.push(start);
    this.#reserve(ROW_BYTES);
    this.#number32(start + IMPORT_AT, import_number);
    this.#number64(start + RANK_AT, 0);
    this.#number32(start + OPERATION_AT, operation_id);
    this.#number32(start + CAMPAIGN_AT, campaign_id);
    this.#number32(start + DIALED_AT, of.dialed_at_s);
    this.#length = start + TELEPHONE_AT;
    this.#text(of.telephone);
    this.#text(of.attempt_id);
  }

  /** Writes the rest of a row. */
  #afterIdentity(fields: AttemptFields): void {
    this.#reserve(ROW_BYTES);
    const bytes = this.#bytes;
    bytes[this.#length] = CODE_NUMBERS[fields.code];
    bytes[this.#length + 1] = AMD_NUMBERS[fields.amd];
    this.#length += 2;
    this.#maybe(fields.duration_seconds, 4);
    this.#text(fields.trunk);
    this.#maybe(fields.sip, 2);
    this.#maybe(fields.cause, 1);
    this.#bytes[this.#length] = EVIDENCE_NUMBERS[fields.evidence];
    this.#length += 1;
    this.#text(fields.said);
    this.#text(fields.agent_id);
    this.#text(fields.customer_id);
    this.#record(fields.record);
  }

  /** Adds a row of another `AttemptRows`, as it is. */
  addRow(row: Buffer): void {
    this.#starts.push(this.#length);
    this.#reserve(row.length);
    this.#bytes.set(row, this.#length);
    this.#length += row.length;
  }

  /** Removes the rows from `row` on. @returns them */
  split(row: number): AttemptRows {
    const { start } = this.bounds(row);
    const rest = new AttemptRows(this.#length - start);
    rest.#bytes.set(this.#bytes.subarray(start, this.#length));
    rest.#length = this.#length - start;
    rest.#starts = this.#starts.splice(row).map((at) => at - start);
    this.#length = start;
    return rest;
  }

  /** Adds all rows of another `AttemptRows`, in their order. */
  addAll(others: AttemptRows): void {
    this.#claims = [...this.#claims, ...others.claims];
    this.#reserve(others.length);
    for (const start of others.#starts) this.#starts.push(this.#length + start);
    this.#bytes.set(others.bytes, this.#length);
    this.#length += others.length;
  }

  dropLast(): void {
    this.#length = this.#starts.pop() ?? 0;
  }

  /** Keeps the rows for which `keep` returns true, given their index. */
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

  /** Writes the delivery into every row. */
  stamp(delivery: number): void {
    for (const start of this.#starts) this.#number64(start, delivery);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#length + bytes));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  #number32(at: number, value: number): void {
    const bytes = this.#bytes;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
  }

  /** @param value a safe integer */
  #number64(at: number, value: number): void {
    this.#number32(at, (value % ALL_32) >>> 0);
    this.#number32(at + 4, (value / ALL_32) >>> 0);
  }

  /** A number of `size` bytes, or the mark that it is not known. */
  #maybe(value: number | undefined, size: 1 | 2 | 4): void {
    const bytes = this.#bytes;
    const at = this.#length;
    if (value === undefined) {
      bytes[at] = 1;
      this.#length = at + 1;
      return;
    }
    bytes[at] = 0;
    for (let byte = 0; byte < size; byte += 1) bytes[at + 1 + byte] = value >>> (8 * byte);
    this.#length = at + 1 + size;
  }

  /** A text after its length. A text that is not known is empty. */
  #text(text: string | undefined): void {
    if (text === undefined || text === '') {
      this.#bytes[this.#length] = 0;
      this.#length += 1;
      return;
    }
    this.#reserve(text.length * BYTES_A_UNIT + ROW_BYTES);
    if (text.length > SHORT_TEXT_MAX) {
      this.#longText(text);
      return;
    }
    const bytes = this.#bytes;
    const from = this.#length + 1;
    for (let unit = 0; unit < text.length; unit += 1) {
      const code = text.charCodeAt(unit);
      if (code > 0x7f) {
        this.#longText(text);
        return;
      }
      bytes[from + unit] = code;
    }
    bytes[this.#length] = text.length;
    this.#length = from + text.length;
  }

  /** A text of any length and any characters. */
  #longText(text: string): void {
    this.#varint(Buffer.byteLength(text));
    this.#length += this.#bytes.write(text, this.#length);
  }

  #varint(value: number): void {
    let left = value;
    while (left > SHORT_TEXT_MAX) {
      this.#bytes[this.#length] = (left & 0x7f) | 0x80;
      this.#length += 1;
      left >>>= 7;
    }
    this.#bytes[this.#length] = left;
    this.#length += 1;
  }

  /** A map: the count of its entries in one byte, then the entries. */
  #record(record: AttemptFields['record']): void {
    const count_at = this.#length;
    this.#bytes[count_at] = 0;
    this.#length += 1;
    if (record === undefined) return;
    // Not a loop: a property with a fixed name is read faster than one by a variable name.
    this.#entry(count_at, 'customer_name', record.customer_name);
    this.#entry(count_at, 'customer_last_name', record.customer_last_name);
    this.#entry(count_at, 'id_type', record.id_type);
    this.#entry(count_at, 'file_name', record.file_name);
    this.#entry(count_at, 'opt1', record.opt1);
    this.#entry(count_at, 'opt2', record.opt2);
    this.#entry(count_at, 'opt3', record.opt3);
    this.#entry(count_at, 'opt4', record.opt4);
    this.#entry(count_at, 'opt5', record.opt5);
    this.#entry(count_at, 'opt6', record.opt6);
    this.#entry(count_at, 'opt7', record.opt7);
    this.#entry(count_at, 'opt8', record.opt8);
    this.#entry(count_at, 'opt9', record.opt9);
    this.#entry(count_at, 'opt10', record.opt10);
    this.#entry(count_at, 'opt11', record.opt11);
    this.#entry(count_at, 'opt12', record.opt12);
  }

  /** @param count_at where the map's count is */
  #entry(count_at: number, name: RecordField, value: string | undefined): void {
    if (value === undefined) return;
    this.#reserve(ENTRY_BYTES);
    const bytes = this.#bytes;
    bytes[count_at] = (bytes[count_at] ?? 0) + 1;
    const at = this.#length;
    bytes[at] = name.length;
    for (let unit = 0; unit < name.length; unit += 1) bytes[at + 1 + unit] = name.charCodeAt(unit);
    this.#length = at + 1 + name.length;
    this.#text(value);
  }
}
