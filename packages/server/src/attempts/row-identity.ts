import { mixed } from './rank.js';
import { behindText, CAMPAIGN_AT, RANK_AT, TELEPHONE_AT } from './row-layout.js';

/**
 * The identity of a row within its operation, read from the row's bytes in one pass, without an object or a string for each row. An
 * instance holds the identity of the row that it read last.
 */
export class RowIdentity {
  /** Where the row begins, and where its identity begins and ends. */
  start = 0;
  from = 0;
  to = 0;
  /** The two halves of its rank. */
  rank_high = 0;
  rank_low = 0;
  /** Two hashes of 32 bits, independent of each other: FNV-1a, and the same with another prime, both mixed. */
  hash_a = 0;
  hash_b = 0;

  /** @param start of the row */
  read(bytes: Buffer, start: number): void {
    this.start = start;
    this.from = start + CAMPAIGN_AT;
    this.to = behindText(bytes, behindText(bytes, start + TELEPHONE_AT));
    this.rank_low = number32(bytes, start + RANK_AT);
    this.rank_high = number32(bytes, start + RANK_AT + 4);
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    for (let at = this.from; at < this.to; at += 1) {
      const byte = bytes[at] ?? 0;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x5bd1e995);
    }
    this.hash_a = mixed(a);
    this.hash_b = mixed(b);
  }
}

export function number32(bytes: Buffer, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}
