import type { Reject } from '../../accounts/imports.js';

/**
 * Lines kept of one import. A file with more is not of its format, and 100,000 say so; beyond, lines are counted
 * only. With RAW_MAX_BYTES each it is 400 MiB at the very most, and some 20 MB as lines go.
 */
export const KEPT_MAX = 100_000;

/** Longer than any line that a dialer writes (Asterisk's buffer has 1,024 bytes). */
const RAW_MAX_BYTES = 4 * 1024;

/** Rejected lines that are not written down yet. */
export class Rejects {
  #kept = 0;
  #waiting: Reject[] = [];

  add(line: number, reason: string, raw: string): void {
    if (this.#kept === KEPT_MAX) return;
    this.#kept += 1;
    this.#waiting.push({ line, reason: shortened(reason), raw: shortened(raw) });
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  take(): Reject[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}

/**
 * At most RAW_MAX_BYTES, well formed, and without NUL, at which a text of a database ends. (Each character has a byte at
 * least, so of a record of 1 MiB no more is looked at.)
 */
function shortened(raw: string): string {
  return Buffer.from(raw.slice(0, RAW_MAX_BYTES))
    .subarray(0, RAW_MAX_BYTES)
    .toString()
    .replaceAll('\0', '\uFFFD');
}
