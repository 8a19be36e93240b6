import { engineFailureOf } from './engine/failures.js';
import { DamagedEntry, type Journal } from './journal.js';
import { entryRowsOf } from './journal-rows.js';
import type { WriteGuard } from './write-guard.js';

/** Waits between two tries to store again what could not be stored; each twice the one before. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** What may wait together: an engine that takes nothing for hours must not fill the disk with what it refused. */
const FULL_BYTES = 256 * 1024 ** 2;

/** What happened to an entry, for the log. */
export type JournalEvent =
  | { readonly kind: 'settled'; readonly entry: string }
  | { readonly kind: 'waits'; readonly entry: string; readonly error: unknown }
  | { readonly kind: 'damaged'; readonly entry: string; readonly path: string; readonly error: unknown };

export interface UnsettledOptions {
  readonly insert: (rows: Buffer, operation_id: number) => Promise<void>;
  readonly writing: WriteGuard;
  /** Called when an entry was stored after all, before it is forgotten: what was told of its operation holds no more. */
  readonly onStored: (operation_id: number) => Promise<void>;
  readonly report: (event: JournalEvent) => void;
  readonly first_wait_ms?: number;
}

/**
 * Entries of the journal that are not known to be stored whole: those that a stop left, and those that the engine failed
 * at. They are stored again until they are; storing twice is harmless, and a later delivery of the same attempts holds
 * against them whenever they come. What is damaged is set aside.
 */
export class Unsettled {
  readonly #journal: Journal;
  readonly #options: UnsettledOptions;
  /** With their bytes, oldest first. */
  readonly #entries = new Map<string, number>();
  #bytes = 0;
  #wait_ms: number;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #trying = false;
  #closed = false;

  constructor(journal: Journal, options: UnsettledOptions) {
    this.#journal = journal;
    this.#options = options;
    this.#wait_ms = options.first_wait_ms ?? FIRST_WAIT_MS;
  }

  get is_full(): boolean {
    return this.#bytes >= FULL_BYTES;
  }

  /**
   * Stores what a stop left. What can't be stored now waits.
   *
   * @returns the highest number of a delivery that waits, or 0
   */
  async replay(): Promise<bigint> {
    let highest = 0n;
    for (const entry of await this.#journal.left()) {
      const found = await this.#settle(entry);
      if (found === undefined) continue;
      this.#keep(entry, found.bytes);
      if (found.delivery > highest) highest = found.delivery;
    }
    return highest;
  }

  /** An entry of this life that could not be stored. Never rejects. */
  async add(entry: string, bytes: number, error: unknown): Promise<void> {
    if (engineFailureOf(error) === 'rows refused') {
      await this.#setAside(entry, error).catch(() => this.#keep(entry, bytes));
      return;
    }
    this.#options.report({ kind: 'waits', entry, error });
    this.#keep(entry, bytes);
  }

  /** Resolves when no try is under way any more. What still waits is left to the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  #keep(entry: string, bytes: number): void {
    if (!this.#entries.has(entry)) this.#bytes += bytes;
    this.#entries.set(entry, bytes);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer || this.#trying || this.#closed || this.#entries.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#trying = true;
      this.#turn = this.#tryAll()
        .catch((error: unknown) => this.#options.report({ kind: 'waits', entry: 'the journal', error }))
        .finally(() => {
          this.#trying = false;
          this.#schedule();
        });
    }, this.#wait_ms).unref();
  }

  /** Oldest first; what makes one fail makes the others fail too, so the first that fails ends this turn. */
  async #tryAll(): Promise<void> {
    for (const [entry, bytes] of this.#entries) {
      if (this.#closed) return;
      if ((await this.#settle(entry)) !== undefined) {
        this.#wait_ms = Math.min(this.#wait_ms * 2, LONGEST_WAIT_MS);
        return;
      }
      this.#entries.delete(entry);
      this.#bytes -= bytes;
    }
    this.#wait_ms = this.#options.first_wait_ms ?? FIRST_WAIT_MS;
  }

  /** Stores an entry, or sets it aside. @returns what is known of it when it waits further */
  async #settle(entry: string): Promise<{ bytes: number; delivery: bigint } | undefined> {
    const { insert, onStored, report, writing } = this.#options;
    let known = { bytes: 0, delivery: 0n };
    try {
      const { rows, is_proved } = await this.#journal.read(entry);
      const { operation_id, delivery } = entryRowsOf(rows, is_proved);
      known = { bytes: rows.length, delivery };
      await writing(rows.length, () => insert(rows, operation_id));
      await onStored(operation_id);
      await this.#journal.remove(entry);
      report({ kind: 'settled', entry });
      return undefined;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined; // somebody took it away
      if (error instanceof DamagedEntry || engineFailureOf(error) === 'rows refused') {
        // Where not even that can be done, the disk is at fault, and it may be done later.
        const aside = await this.#setAside(entry, error).catch(() => 'not aside' as const);
        if (aside !== 'not aside') return undefined;
      }
      report({ kind: 'waits', entry, error });
      return known;
    }
  }

  async #setAside(entry: string, error: unknown): Promise<void> {
    const path = await this.#journal.setAside(entry);
    this.#options.report({ kind: 'damaged', entry, path, error });
  }
}
