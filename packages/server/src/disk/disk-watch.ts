import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskFull, isNoSpace } from './disk-full.js';

/** How often the disk is looked at: as often as a close monitor asks `/readyz`. */
const LOOK_EVERY_MS = 1_000;
/** A look that takes longer means that the disk hangs: a disk that works needs less than a hundredth of this. */
const LOOK_MAX_MS = 10_000;
/** Bytes that a look writes: one block of common file systems. */
const PROBE_BYTES = 4_096;
/** How many times rows are written: once in the journal, and in the engine once in `told` and once in each of three orders. */
const COPIES = 5;

/** A fault of the disk, as `/readyz` names it. */
export type DiskFault = 'disk-full' | 'disk-write';

export interface DiskWatchOptions {
  /** Writes leave so much free. */
  readonly reserve_bytes: number;
  /** Called when a look finds another fault than the one before, or none any more. */
  readonly report: (fault: DiskFault | undefined, free_bytes: number, error: unknown) => void;
  /** Free bytes of the disk; tests set it. */
  readonly free_bytes?: (directory: string) => Promise<number>;
  /** How long `open` and `close` wait for a look. */
  readonly look_max_ms?: number;
}

/**
 * Looks at the disk of the data directory once a second: it makes a small write that reaches the disk, and asks for the free space.
 * Writes that would take of the reserve are refused, so that calls can still be counted and uploads under way finished.
 */
export class DiskWatch {
  readonly #directory: string;
  readonly #options: DiskWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #looked_at_ms = performance.now();
  #free_bytes = 0;
  #fault: DiskFault | undefined;
  /** Bytes that the writes under way may take. */
  #promised_bytes = 0;
  /** Bytes of writes that ended since the last look began: that look may not have seen them. */
  #taken_bytes = 0;
  #closed = false;

  private constructor(directory: string, options: DiskWatchOptions) {
    this.#directory = directory;
    this.#options = options;
  }

  /** Resolves after the first look. The directory must be there. @throws Error when the disk does not answer */
  static async open(directory: string, options: DiskWatchOptions): Promise<DiskWatch> {
    const watch = new DiskWatch(directory, options);
    if (!(await watch.#ended(watch.look()))) throw new Error(`the disk of ${directory} does not answer`);
    watch.#schedule();
    return watch;
  }

  /** What the last look found. A look that does not end is a fault too. */
  get fault(): DiskFault | undefined {
    if (this.#looking && performance.now() - this.#looked_at_ms > LOOK_MAX_MS) return 'disk-write';
    return this.#fault;
  }

  /**
   * Runs a write of so many bytes of rows.
   *
   * @throws DiskFull before it begins, where it would take of the reserve
   */
  readonly writing = async <T>(bytes: number, work: () => Promise<T>): Promise<T> => {
    const needed_bytes = bytes * COPIES;
    this.assertRoom(needed_bytes);
    this.#promised_bytes += needed_bytes;
    try {
      return await work();
    } finally {
      this.#promised_bytes -= needed_bytes;
      this.#taken_bytes += needed_bytes;
    }
  };

  /** @throws DiskFull */
  assertRoom(needed_bytes = 0): void {
    const left_bytes = this.#free_bytes - this.#promised_bytes - this.#taken_bytes - needed_bytes;
    if (left_bytes >= this.#options.reserve_bytes && this.#fault !== 'disk-full') return;
    throw new DiskFull(`a write needs ${needed_bytes} bytes, and ${this.#free_bytes} are free`);
  }

  /** Ends with the look under way, or without it when the disk hangs. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const tidy = async () => {
      await this.#looking;
      await rm(this.#probe, { force: true });
    };
    await this.#ended(tidy().catch(() => undefined));
  }

  /** @returns whether the work ended within `look_max_ms`. The work must not reject */
  async #ended(work: Promise<void>): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#options.look_max_ms ?? LOOK_MAX_MS);
    });
    const has_ended = await Promise.race([work.then(() => true), overdue]);
    clearTimeout(timer);
    return has_ended;
  }

  /** One look now; never rejects. */
  async look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
      this.#looked_at_ms = performance.now();
    });
    await this.#looking;
  }

  #schedule(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.look()
        .finally(() => this.#schedule())
        .catch((error: unknown) => this.#note('disk-write', error));
    }, LOOK_EVERY_MS).unref();
  }

  /** Free bytes and fault change together: when a caller is refused, `/readyz` reports the same fault. */
  async #look(): Promise<void> {
    const taken_before = this.#taken_bytes;
    try {
      const free_bytes = await (this.#options.free_bytes ?? freeBytes)(this.#directory);
      const error = await writeProbe(this.#probe).catch((error: unknown) => error);
      this.#free_bytes = free_bytes;
      this.#taken_bytes -= taken_before;
      this.#note(
        faultOf(error) ?? (free_bytes < this.#options.reserve_bytes ? 'disk-full' : undefined),
        error,
      );
    } catch (error) {
      this.#note(faultOf(error), error);
    }
  }

  #note(fault: DiskFault | undefined, error: unknown): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#options.report(fault, this.#free_bytes, error);
  }

  get #probe(): string {
    return join(this.#directory, '.write-probe');
  }
}

function faultOf(error: unknown): DiskFault | undefined {
  if (error === undefined) return undefined;
  return isNoSpace(error) ? 'disk-full' : 'disk-write';
}

/** Bytes that a process without privileges can still write. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Creates the file each time: to write over an existing one takes no space, and would succeed on a full disk. */
async function writeProbe(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.write(Buffer.alloc(PROBE_BYTES, 1));
    await file.sync();
  } finally {
    await file.close();
  }
}
