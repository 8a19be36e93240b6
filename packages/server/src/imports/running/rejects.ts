import type { Reject } from '../../accounts/imports.js';

/**
 * Rejected lines that are kept of one import. A file with more does not have its format, and 100,000 are enough to show
 * it; further lines are only counted. With RAW_MAX_BYTES each they take 400 MiB at the very most, and usually about 20
 * MB.
 */
export const KEPT_MAX = 100_000;

/** Longer than any line that a dialer writes (Asterisk's buffer has 1,024 bytes). */
const RAW_MAX_BYTES = 4 * 1024;

/** Rejected lines that are not written yet. */
export class Rejects {
  readonly #kept_max: number;
  #kept = 0;
  #waiting: Reject[] = [];

  constructor(kept_max = KEPT_MAX) {
    this.#kept_max = kept_max;
  }

  add(line: number, reason: string, raw: string): void {
    if (this.#kept === this.#kept_max) return;
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
 * At most RAW_MAX_BYTES, well formed, and without NUL, at which a database ends a text. (Each character has at least one
 * byte, so no more characters than that are examined of a record of 1 MiB.)
 */
function shortened(raw: string): string {
  return Buffer.from(raw.slice(0, RAW_MAX_BYTES))
    .subarray(0, RAW_MAX_BYTES)
    .toString()
    .replaceAll('\0', '\uFFFD');
}
