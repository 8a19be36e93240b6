import type { AttemptRows } from './attempt-rows.js';
import type { Aside } from './set-aside.js';

/** Access to the entries that were not stored whole, for `Unsettled`, which stores them again. */
export interface KeptEntries {
  /**
   * Entries that this process has to store, oldest first. `strange` has what is named like an entry and is none: it is left where
   * it is.
   */
  left(): Promise<{ readonly entries: readonly string[]; readonly strange: readonly string[] }>;
  /** The rows of an entry. @throws DamagedEntry when they are not what was written, EntryGone */
  read(entry: string): Promise<Buffer>;
  /** Puts an entry where nothing reads it, for a person to look at. @returns where that is @throws AsideFull */
  setAside(entry: string, why: unknown): Promise<string>;
  /** How much was set aside and is still there. */
  aside(): Promise<Aside>;
}

/** An entry is not there any more: it is stored, or another process stores it. */
export class EntryGone extends Error {
  override readonly name = 'EntryGone';
}

/** Keeps the rows of deliveries until they are stored whole, and has the engine take them. */
export interface Deliveries extends KeptEntries {
  /** Resolves when so little waits that more may be written. @throws EngineUnavailable */
  room(): Promise<void>;
  /**
   * Resolves with the entry's name when its rows are durable. After a failure nothing of the entry is left, unless a connection broke
   * before it was known whether the entry was kept.
   */
  add(operation_id: number, rows: AttemptRows): Promise<string>;
  /** Has the engine take an entry's rows: resolves when every read sees them. */
  insert(entry: string, operation_id: number, rows: Buffer): Promise<void>;
  /** To be called when the engine has taken an entry's rows: the entry is forgotten as soon as they are durable there. */
  taken(entry: string, bytes: number): void;
  /** Resolves when everything is durable that the attempts' tables had when this was called. */
  checkpoint(): Promise<void>;
  /**
   * Resolves when none of the entries that were there when this was called can bring an import's rows again, neither after a kill
   * nor by another process.
   *
   * @throws EngineUnavailable when an entry still waits to be stored
   */
  settle(operation_id: number, import_number: number): Promise<void>;
  /** To be called after the last write and before the engine is closed. */
  close(): Promise<void>;
  /** Releases everything and finishes nothing. Never rejects. */
  abandon(): Promise<void>;
}
