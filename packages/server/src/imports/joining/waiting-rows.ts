import type { MachineCode } from '@recuento/contract';
import { AttemptRows } from '../../attempts/attempt-rows.js';
import { number32, type RowIdentity } from '../../attempts/row-identity.js';
import { RANK_AT } from '../../attempts/row-layout.js';
import type { Leg } from '../reading/leg.js';

/** At least two slots for each entry, so that a search is short. */
const LOAD = 2;
const SLOTS_AT_FIRST = 1_024;
const FREE = -1;

/** The owner of a leg. */
export interface LegOf {
  readonly operation_id: number;
  readonly campaign_id: number;
  /** 0: not of an import. */
  readonly import_number: number;
}

/**
 * Rows of one operation that are not written yet, one for each identity. They are bytes and numbers in a hash table, so
 * the garbage collector has nothing to traverse. A row is found by both hashes and then by the identity itself, so two
 * calls are never taken for one.
 */
export class WaitingRows {
  readonly #rows: AttemptRows;
  /** By entry; entries have the numbers of their rows in `#rows`. */
  readonly #hash_a: number[] = [];
  readonly #hash_b: number[] = [];
  readonly #codes: MachineCode[] = [];
  /** The campaigns of all rows, including rows that are no longer held. */
  readonly campaigns = new Set<number>();
  #last_campaign: number | undefined;
  /** Entries that are no longer held. */
  readonly #gone = new Set<number>();
  /** Entry by slot. */
  #slots = new Int32Array(SLOTS_AT_FIRST).fill(FREE);

  /** @param bytes initial capacity */
  constructor(bytes?: number) {
    this.#rows = new AttemptRows(bytes);
  }

  /** The number of rows that are held. */
  get size(): number {
    return this.#codes.length - this.#gone.size;
  }

  /** Capacity in bytes: the next one will probably need as much. */
  get capacity(): number {
    return this.#rows.raw.length;
  }

  /**
   * Writes a leg's row after the held ones and reads its identity. Either `keepDraft` or `takeDraft` must follow at once:
   * the first keeps the row, the second removes it.
   */
  draft(of: LegOf, leg: Leg, identity: RowIdentity): void {
    this.#rows.addLeg(of.import_number, of.operation_id, of.campaign_id, leg);
    if (of.campaign_id !== this.#last_campaign) {
      this.#last_campaign = of.campaign_id;
      this.campaigns.add(of.campaign_id);
    }
    identity.read(this.#rows.raw, this.#rows.bounds(this.#codes.length).start);
  }

  /** @param identity that of the draft, which is not held */
  keepDraft(identity: RowIdentity, code: MachineCode): void {
    this.#enter(this.#slotFor(identity, this.#rows.raw), identity, code);
  }

  /** Removes the draft and returns a copy of its row. */
  takeDraft(): Buffer {
    const row = this.#rows.raw.subarray(this.#rows.bounds(this.#codes.length).start, this.#rows.length);
    this.#rows.dropLast();
    return Buffer.from(row);
  }

  /** The buffer that has the draft. */
  get raw(): Buffer {
    return this.#rows.raw;
  }

  /** The entry with an identity that was read from `bytes`; -1 when it is not held. */
  find(identity: RowIdentity, bytes: Buffer): number {
    return this.#slots[this.#slotOf(identity, bytes)] ?? FREE;
  }

  /** Takes another row with an entry's identity. Only the stronger of the two stays. */
  join(entry: number, identity: RowIdentity, row: Buffer, code: MachineCode): void {
    if (this.#compare(entry, identity, row) >= 0) return;
    const slot = this.#slotOf(identity, row);
    this.#gone.add(entry);
    this.#rows.addRow(row);
    this.#enter(slot, identity, code);
  }

  /** Positive when an entry is stronger than another row of its identity, negative when it is weaker. */
  #compare(entry: number, identity: RowIdentity, row: Buffer): number {
    const { start, end } = this.#rows.bounds(entry);
    const { raw } = this.#rows;
    const { to, rank_high, rank_low } = identity;
    return (
      number32(raw, start + RANK_AT + 4) - rank_high ||
      number32(raw, start + RANK_AT) - rank_low ||
      raw.compare(row, to, row.length, start + to - identity.start, end)
    );
  }

  /** Calls `visit` with the held entries from number `from` up to, but not including, `to`. */
  forEach(from: number, to: number, visit: (entry: number, code: MachineCode) => void): void {
    for (let entry = from; entry < Math.min(to, this.#codes.length); entry += 1) {
      const code = this.#codes[entry];
      if (code !== undefined && !this.#gone.has(entry)) visit(entry, code);
    }
  }

  /** The number of all entries, including those that are no longer held. */
  get entries(): number {
    return this.#codes.length;
  }

  /** Returns the held rows. This object must not be used afterwards. */
  handOver(): AttemptRows {
    if (this.#gone.size > 0) this.#rows.filter((row) => !this.#gone.has(row));
    return this.#rows;
  }

  /** Makes an entry of the row that was written last. */
  #enter(slot: number, identity: RowIdentity, code: MachineCode): void {
    this.#slots[slot] = this.#codes.length;
    this.#hash_a.push(identity.hash_a);
    this.#hash_b.push(identity.hash_b);
    this.#codes.push(code);
  }

  #slotFor(identity: RowIdentity, bytes: Buffer): number {
    if ((this.#codes.length + 1) * LOAD > this.#slots.length) this.#grow();
    return this.#slotOf(identity, bytes);
  }

  /** The slot of the identity, or the free slot that it would get. */
  #slotOf(identity: RowIdentity, bytes: Buffer): number {
    const { hash_a, hash_b } = identity;
    const mask = this.#slots.length - 1;
    let slot = hash_a & mask;
    for (;;) {
      const entry = this.#slots[slot] ?? FREE;
      if (entry === FREE) return slot;
      const alike = this.#hash_a[entry] === hash_a && this.#hash_b[entry] === hash_b;
      if (alike && this.#isOf(entry, identity, bytes)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isOf(entry: number, { start, from, to }: RowIdentity, bytes: Buffer): boolean {
    const held = this.#rows.bounds(entry).start;
    // Each text follows its length, so different identities never have the same bytes.
    return this.#rows.raw.compare(bytes, from, to, held + from - start, held + to - start) === 0;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2).fill(FREE);
    const mask = this.#slots.length - 1;
    for (const entry of before) {
      if (entry === FREE) continue;
      let slot = (this.#hash_a[entry] ?? 0) & mask;
      while (this.#slots[slot] !== FREE) slot = (slot + 1) & mask;
      this.#slots[slot] = entry;
    }
  }
}
