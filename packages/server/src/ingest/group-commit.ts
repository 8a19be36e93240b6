import { AttemptRows } from '../attempts/attempt-rows.js';

/** Rows of one insert that groups several uploads: more gain nothing, and all of them wait for it. */
const GROUP_MAX_ROWS = 20_000;

interface Waiting {
  readonly rows: AttemptRows;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes all uploads that come while another is being written in one piece. A commit waits for several writes to the disk,
 * however few rows it has, so many small uploads share one commit. Each resolves only when its rows are durable. They are written
 * in the order in which they came, and one group at a time.
 */
export class GroupCommit {
  readonly #write: (rows: AttemptRows) => Promise<void>;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(write: (rows: AttemptRows) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves when the rows are written. They may not change meanwhile. @throws what `write` throws */
  add(rows: AttemptRows): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, resolve, reject });
      if (!this.#writing) this.#writeAll().catch((error: unknown) => this.#giveUp(error));
    });
  }

  get idle(): boolean {
    return !this.#writing;
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      try {
        await this.#write(joined(group));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = false;
  }

  /** Nobody may wait for ever, whatever failed. */
  #giveUp(error: unknown): void {
    this.#writing = false;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  /** At least one upload, and as many more as fit. */
  #nextGroup(): Waiting[] {
    let rows = 0;
    let length = 0;
    for (const waiting of this.#waiting) {
      rows += waiting.rows.count;
      if (length > 0 && rows > GROUP_MAX_ROWS) break;
      length += 1;
    }
    return this.#waiting.splice(0, length);
  }
}

function joined(group: readonly Waiting[]): AttemptRows {
  const [first] = group;
  if (first && group.length === 1) return first.rows;
  const all = new AttemptRows();
  for (const { rows } of group) all.addAll(rows);
  return all;
}
