import { DELIVERY_DIGITS } from './attempt-rows.js';

const TAB = 0x09;
const DIGIT_0 = 0x30;

/**
 * The identity of a row, as it stands in the row's bytes: read in one pass, without an object or a text for each.
 * An instance holds that of the row it read last.
 */
export class RowIdentity {
  /** Where the row begins, and where its identity begins and ends (which is where a tab stands). */
  start = 0;
  from = 0;
  to = 0;
  campaign_id = 0;
  /** Seconds since 1970 UTC. */
  dialed_at_s = 0;
  /** Two hashes of 32 bits, independent of each other: FNV-1a, and the same with another prime, both mixed. */
  hash_a = 0;
  hash_b = 0;

  /** @param start of the row */
  read(bytes: Buffer, start: number): void {
    let at = start + DELIVERY_DIGITS + 1;
    while (bytes[at] !== TAB) at += 1; // the operation
    at += 1;
    let campaign_id = 0;
    let byte = bytes[at] ?? TAB;
    for (; byte !== TAB; byte = bytes[at] ?? TAB) {
      campaign_id = campaign_id * 10 + byte - DIGIT_0;
      at += 1;
    }
    at += 1;
    this.start = start;
    this.campaign_id = campaign_id;
    this.from = at;
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    let seconds = 0;
    byte = bytes[at] ?? TAB;
    for (; byte !== TAB; byte = bytes[at] ?? TAB) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x5bd1e995);
      seconds = seconds * 10 + byte - DIGIT_0;
      at += 1;
    }
    this.dialed_at_s = seconds;
    for (let tabs = 0; ; at += 1) {
      byte = bytes[at] ?? TAB;
      if (byte === TAB) {
        if (tabs === 2) break;
        tabs += 1;
      }
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x5bd1e995);
    }
    this.to = at;
    this.hash_a = mixed(a);
    this.hash_b = mixed(b);
  }

  /** The attempt_id, from the bytes that this was read from. */
  attemptId(bytes: Buffer): string {
    const text = bytes.toString('utf8', bytes.lastIndexOf(TAB, this.to - 1) + 1, this.to);
    return text.includes('\\') ? text.replaceAll('\\\\', '\\') : text;
  }
}

/** The finalizer of MurmurHash3: every bit of the input reaches every bit of the output. */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
