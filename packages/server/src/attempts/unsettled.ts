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
/** Tries that fail of an entry's own before it is set aside: a quarter of an hour. */
const TRIES_MAX = 20;
/** What may wait together: an engine that takes nothing for hours must not fill the disk with what it refused. */
const FULL_BYTES = 256 * 1024 ** 2;
/** An entry takes a block of the disk, however few rows it has. */
const ENTRY_MIN_BYTES = 4_096;

/** What happened to an entry, for the log. */
export type JournalEvent =
  | { readonly kind: 'settled'; readonly entry: string }
  | { readonly kind: 'waits'; readonly entry: string; readonly error: unknown }
  /** It has the name of one and is no file. */
  | { readonly kind: 'strange'; readonly entry: string }
  /** At a start: some are still set aside. */
  | { readonly kind: 'aside'; readonly held: Aside }
  /** There is no more room for damaged ones, and what would go there waits. */
  | { readonly kind: 'aside full'; readonly error: AsideFull }
  | { readonly kind: 'damaged'; readonly entry: string; readonly path: string; readonly error: unknown };

export interface UnsettledOptions {
  /** Stores the rows of an entry. */
  readonly insert: (entry: string, operation_id: number, rows: Buffer) => Promise<void>;
  /** The engine has taken an entry's rows: it is forgotten when they are on disk. */
  readonly taken: (entry: string, bytes: number) => void;
  readonly writing: WriteGuard;
  /** Called when an entry was stored after all, before it is taken for stored: what was told of its operation holds no more. */
  readonly onStored: (operation_id: number) => Promise<void>;
  /** Whether a failure of `writing` or `onStored` is of the disk or the accounts, and of no entry. */
  readonly isUnavailable: (error: unknown) => boolean;
  readonly report: (event: JournalEvent) => void;
  readonly wait_ms?: { readonly first: number; readonly longest: number };
  /** What may wait together. */
  readonly full_bytes?: number;
}

/** What is known of an entry: nothing, where it could not even be read. */
interface Known {
  bytes: number;
  operation_id: number;
}

/**
 * Entries that are not known to be stored whole: those that a stop left, and those that the engine failed
 * at. They are stored again until they are; storing twice is harmless, and a later delivery of the same attempts holds
 * against them whenever they come. What is damaged is set aside, and so is what fails of its own again and again.
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
   * Whether too much of an operation waits: as much as is left for all. Alone it may have half of the whole, and whoever
   * has nothing waiting is let in beside any other.
   */
  isFull(operation_id: number): boolean {
    return this.#retries.bytesOf(String(operation_id)) >= this.#full_bytes - this.#retries.bytes;
  }

  /** Of an operation, that wait. */
  bytesOf(operation_id: number): number {
    return this.#retries.bytesOf(String(operation_id));
  }

  /** Tells what was set aside and is still there. */
  async tellAside(): Promise<void> {
    const held = await this.#kept.aside();
    if (held.entries > 0) this.#options.report({ kind: 'aside', held });
  }

  /** Stores what a stop, or another process, left. What can't be stored now waits. @returns whether everything was stored */
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

  /** An entry of this life that could not be stored. Never rejects. */
  async add(entry: string, operation_id: number, bytes: number, error: unknown): Promise<void> {
    if (engineFailureOf(error) === 'rows refused' && (await this.#setAside(entry, error))) return;
    this.#options.report({ kind: 'waits', entry, error });
    this.#keep(entry, operation_id, bytes, error);
  }

  /** Resolves when no try is under way any more. What still waits is left to the next start. */
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

  /** Stores an entry, or sets it aside; rejects when it waits further. @returns whether it is stored */
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
   * @returns whether it could be: where not, the disk is at fault, or too many are there, and it may be done later. Never
   *   rejects
   */
  async #setAside(entry: string, error: unknown): Promise<boolean> {
    try {
      const path = await this.#kept.setAside(entry, error);
      this.#is_aside_full = false;
      this.#options.report({ kind: 'damaged', entry, path, error });
      return true;
    } catch (failure) {
      if (failure instanceof AsideFull && !this.#is_aside_full) {
        this.#is_aside_full = true; // told once, however often it is tried
        this.#options.report({ kind: 'aside full', error: failure });
      }
      return false;
    }
  }
}

/** Whether the engine or the disk is at fault, so that all entries would fail. A sector of one file that cannot be read is its own. */
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
