import { DELIVERY_DIGITS } from './attempt-rows.js';
import { mixed } from './rank.js';

const TAB = 0x09;

/**
 * The identity of a row within its operation, as it stands in the row's bytes: read in one pass, without an object or a
 * text for each. An instance holds that of the row it read last.
 */
export class RowIdentity {
  /** Where the row begins, where its rank does, and where its identity begins and ends (which is where a tab stands). */
  start = 0;
  rank = 0;
  from = 0;
  to = 0;
  /** Two hashes of 32 bits, independent of each other: FNV-1a, and the same with another prime, both mixed. */
  hash_a = 0;
  hash_b = 0;

  /** @param start of the row */
  read(bytes: Buffer, start: number): void {
    this.start = start;
    this.rank = behindTab(bytes, start + DELIVERY_DIGITS + 1); // behind the import
    this.from = behindTab(bytes, behindTab(bytes, this.rank)); // behind the rank and the operation
    let at = this.from;
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    for (let tabs = 0; ; at += 1) {
      const byte = bytes[at] ?? TAB;
      if (byte === TAB) {
        if (tabs === TABS_WITHIN) break;
        tabs += 1;
      }
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x5bd1e995);
    }
    this.to = at;
    this.hash_a = mixed(a);
    this.hash_b = mixed(b);
  }

  /** When it was dialed, in seconds since 1970 UTC, from the bytes that this was read from. */
  dialedAt(bytes: Buffer): number {
    const from = behindTab(bytes, this.from); // behind the campaign
    return Number(bytes.toString('latin1', from, behindTab(bytes, from) - 1));
  }
}

/** Campaign, time, telephone and attempt_id have three tabs between them. */
const TABS_WITHIN = 3;

/** Where the column behind the one that begins at `at` begins. */
function behindTab(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] !== TAB && end < bytes.length) end += 1;
  return end + 1;
}
