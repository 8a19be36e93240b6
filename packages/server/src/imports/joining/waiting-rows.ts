import type { MachineCode } from '@recuento/contract';
import { AttemptRows } from '../../attempts/attempt-rows.js';
import { number32, type RowIdentity } from '../../attempts/row-identity.js';
import { RANK_AT } from '../../attempts/row-layout.js';
import type { Leg } from '../reading/leg.js';

/** Slots for two entries at least, so that a search ends soon. */
const LOAD = 2;
const SLOTS_AT_FIRST = 1_024;
const FREE = -1;

/** Whose leg it is, and of what. */
export interface LegOf {
  readonly operation_id: number;
  readonly campaign_id: number;
  /** 0: of no import. */
  readonly import_number: number;
}

/**
 * Rows of one operation that wait, one for each identity: bytes and numbers in a hash table, in which the collector
 * finds nothing to look at. A row is found by both hashes and then by the identity itself, so no two calls are ever
 * taken for one.
 */
export class WaitingRows {
  readonly #rows: AttemptRows;
  /** By entry, which is a row of `rows`. */
  readonly #hash_a: number[] = [];
  readonly #hash_b: number[] = [];
  readonly #codes: MachineCode[] = [];
  /** Campaigns of the rows, of those too that are held no more. */
  readonly campaigns = new Set<number>();
  #last_campaign: number | undefined;
  /** Entries that are held no more. */
  readonly #gone = new Set<number>();
  /** Entry by slot. */
  #slots = new Int32Array(SLOTS_AT_FIRST).fill(FREE);

  /** @param bytes that it has room for at first */
  constructor(bytes?: number) {
    this.#rows = new AttemptRows(bytes);
  }

  /** How many are held. */
  get size(): number {
    return this.#codes.length - this.#gone.size;
  }

  /** Bytes that it has room for: what the next one may need too. */
  get capacity(): number {
    return this.#rows.raw.length;
  }

  /**
   * Writes a leg's row behind those that are held and reads its identity: it is held if `keepDraft` follows, and never
   * was there if `takeDraft` does. Nothing else may come between.
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

  /** A copy of the draft's row; the draft is gone. */
  takeDraft(): Buffer {
    const row = this.#rows.raw.subarray(this.#rows.bounds(this.#codes.length).start, this.#rows.length);
    this.#rows.dropLast();
    return Buffer.from(row);
  }

  /** The bytes that a draft is in. */
  get raw(): Buffer {
    return this.#rows.raw;
  }

  /** The entry of an identity, which was read from `bytes`; -1 when it is not held. */
  find(identity: RowIdentity, bytes: Buffer): number {
    return this.#slots[this.#slotOf(identity, bytes)] ?? FREE;
  }

  /** Takes in another row of an entry's identity: the stronger one is held. */
  join(entry: number, identity: RowIdentity, row: Buffer, code: MachineCode): void {
    if (this.#compare(entry, identity, row) >= 0) return;
    const slot = this.#slotOf(identity, row);
    this.#gone.add(entry);
    this.#rows.addRow(row);
    this.#enter(slot, identity, code);
  }

  /** Above 0 when an entry is stronger than another row of its identity, below 0 when it is weaker. */
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

  /** Calls `visit` with the entries that are held, from entry `from` up to `to`, which is not visited. */
  forEach(from: number, to: number, visit: (entry: number, code: MachineCode) => void): void {
    for (let entry = from; entry < Math.min(to, this.#codes.length); entry += 1) {
      const code = this.#codes[entry];
      if (code !== undefined && !this.#gone.has(entry)) visit(entry, code);
    }
  }

  /** One more than the last entry's number, those that are gone included. */
  get entries(): number {
    return this.#codes.length;
  }

  /** The rows that are held, given away: nothing else may be asked of this any more. */
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

  /** The slot that has the identity, or the free one that it would take. */
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
    // Texts stand behind their lengths, so none begins as another one ends.
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
