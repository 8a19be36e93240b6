import { Retries } from '../retries/retries.js';
import { EntryGone, type KeptEntries } from './deliveries.js';
import { EngineUnavailable } from './engine/engine.js';
import { engineFailureOf } from './engine/failures.js';
import { DamagedEntry } from './journal.js';
import { operationOf } from './journal-rows.js';
import { type Aside, AsideFull } from './set-aside.js';
import { isTextEntry, operationOfText } from './text-entries.js';
import type { WriteGuard } from './write-guard.js';

/** Waits between two tries to store again what could not be stored. */
const WAIT_MS = { first: 1_000, longest: 60_000 };
/** An entry is set aside after so many failures of its own, which takes a quarter of an hour. */
const TRIES_MAX = 20;
/** Bytes that may wait in all: when the engine takes nothing for hours, the disk must not fill with entries. */
const FULL_BYTES = 256 * 1024 ** 2;
/** An entry takes a block of the disk, however few rows it has. */
const ENTRY_MIN_BYTES = 4_096;

/** What happened to an entry, for the log. */
export type JournalEvent =
  | { readonly kind: 'settled'; readonly entry: string }
  | { readonly kind: 'waits'; readonly entry: string; readonly error: unknown }
  /** Something is named like an entry and is no file. */
  | { readonly kind: 'strange'; readonly entry: string }
  /** At a start: some entries are still set aside. */
  | { readonly kind: 'aside'; readonly held: Aside }
  /** There is no more room for damaged entries, so further ones wait. */
  | { readonly kind: 'aside full'; readonly error: AsideFull }
  | { readonly kind: 'damaged'; readonly entry: string; readonly path: string; readonly error: unknown };

export interface UnsettledOptions {
  /** Stores the rows of an entry. */
  readonly insert: (entry: string, operation_id: number, rows: Buffer) => Promise<void>;
  /** Called when the engine has taken an entry's rows: the entry is forgotten when they are on disk. */
  readonly taken: (entry: string, bytes: number) => void;
  readonly writing: WriteGuard;
  /** Called when an entry was stored after all, and before it counts as stored: earlier replies about its operation are out of date. */
  readonly onStored: (operation_id: number) => Promise<void>;
  /** Whether a failure of `writing` or `onStored` comes from the disk or the accounts, and not from the entry. */
  readonly isUnavailable: (error: unknown) => boolean;
  readonly report: (event: JournalEvent) => void;
  readonly wait_ms?: { readonly first: number; readonly longest: number };
  /** Bytes that may wait in all. */
  readonly full_bytes?: number;
}

/** An entry's size and operation; both are 0 when it could not even be read. */
interface Known {
  bytes: number;
  operation_id: number;
}

/**
 * Entries that are not known to be stored whole: those that a stop left, and those that the engine failed to store. They are stored
 * again until that succeeds. Storing twice is harmless, and a later delivery of the same attempts holds whenever these come. Damaged
 * entries are set aside, and so are those that fail of their own again and again.
 */
export class Unsettled {
  readonly #kept: KeptEntries;
  readonly #options: UnsettledOptions;
  /** Owners are operations. */
  readonly #retries: Retries;
  readonly #full_bytes: number;
  #is_aside_full = false;

  constructor(kept: KeptEntries, options: UnsettledOptions) {
    this.#kept = kept;
    this.#options = options;
    this.#full_bytes = options.full_bytes ?? FULL_BYTES;
    const { first, longest } = options.wait_ms ?? WAIT_MS;
    this.#retries = new Retries({
      first_wait_ms: first,
      longest_wait_ms: longest,
      tries_max: TRIES_MAX,
      isOfPlace: (error) => isOfPlace(error) || options.isUnavailable(error),
      giveUp: (entry, error) => this.#setAside(entry, error),
    });
  }

  /**
   * Whether too much of an operation waits: as much as is left free for all. A single operation may have half of the limit, and an
   * operation with nothing waiting is always let in.
   */
  isFull(operation_id: number): boolean {
    return this.#retries.bytesOf(String(operation_id)) >= this.#full_bytes - this.#retries.bytes;
  }

  /** Bytes of an operation that wait. */
  bytesOf(operation_id: number): number {
    return this.#retries.bytesOf(String(operation_id));
  }

  /** Reports the entries that are still set aside. */
  async tellAside(): Promise<void> {
    const held = await this.#kept.aside();
    if (held.entries > 0) this.#options.report({ kind: 'aside', held });
  }

  /** Stores the entries that a stop, or another process, left. Those that fail wait. @returns whether all were stored */
  async replay(): Promise<boolean> {
    const { entries, strange } = await this.#kept.left();
    for (const entry of strange) this.#options.report({ kind: 'strange', entry });
    let stored = 0;
    for (const entry of entries) {
      const known: Known = { bytes: 0, operation_id: 0 };
      try {
        if (await this.#settle(entry, known)) stored += 1;
      } catch (error) {
        this.#keep(entry, known.operation_id, known.bytes, error);
      }
    }
    return stored === entries.length;
  }

  /** Adds an entry that this process could not store just now. Never rejects. */
  async add(entry: string, operation_id: number, bytes: number, error: unknown): Promise<void> {
    if (engineFailureOf(error) === 'rows refused' && (await this.#setAside(entry, error))) return;
    this.#options.report({ kind: 'waits', entry, error });
    this.#keep(entry, operation_id, bytes, error);
  }

  /** Resolves when no try is under way. Entries that still wait are left to the next start. */
  async close(): Promise<void> {
    await this.#retries.close();
  }

  #keep(entry: string, operation_id: number, bytes: number, error: unknown): void {
    const work = async () => {
      await this.#settle(entry);
    };
    const owner = String(operation_id);
    this.#retries.add(entry, { work, owner, bytes: Math.max(bytes, ENTRY_MIN_BYTES) }, error);
  }

  /** Stores an entry, or sets it aside. Rejects when it has to wait longer. @returns whether it is stored */
  async #settle(entry: string, known?: Known): Promise<boolean> {
    const { insert, onStored, report, taken, writing } = this.#options;
    try {
      const rows = await this.#kept.read(entry);
      const operation_id = isTextEntry(entry) ? operationOfText(rows) : operationOf(rows);
      if (known) Object.assign(known, { bytes: rows.length, operation_id });
      await writing(rows.length, () => insert(entry, operation_id, rows));
      await onStored(operation_id);
      taken(entry, rows.length);
      report({ kind: 'settled', entry });
      return true;
    } catch (error) {
      if (error instanceof EntryGone || systemCodeOf(error) === 'ENOENT') return false; // somebody took it away
      const is_damaged = error instanceof DamagedEntry || engineFailureOf(error) === 'rows refused';
      if (is_damaged && (await this.#setAside(entry, error))) return false;
      report({ kind: 'waits', entry, error });
      throw error;
    }
  }

  /**
   * @returns whether the entry could be set aside. If not, the disk is at fault, or too many are there, and it may succeed later.
   *   Never rejects
   */
  async #setAside(entry: string, error: unknown): Promise<boolean> {
    try {
      const path = await this.#kept.setAside(entry, error);
      this.#is_aside_full = false;
      this.#options.report({ kind: 'damaged', entry, path, error });
      return true;
    } catch (failure) {
      if (failure instanceof AsideFull && !this.#is_aside_full) {
        this.#is_aside_full = true; // reported once, however often it is tried
        this.#options.report({ kind: 'aside full', error: failure });
      }
      return false;
    }
  }
}

/** Whether the engine or the disk is at fault, so that all entries would fail. An unreadable sector (EIO) is a fault of one entry. */
function isOfPlace(error: unknown): boolean {
  const failure = engineFailureOf(error);
  if (error instanceof EngineUnavailable || failure === 'disk full' || failure === 'disk failing')
    return true;
  const code = systemCodeOf(error);
  return code !== undefined && code !== 'EIO';
}

/** The code of a system call that failed. */
function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}
