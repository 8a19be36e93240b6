import type { AttemptRows } from './attempt-rows.js';
import type { Aside } from './set-aside.js';

/** Entries that were not stored whole, as whoever stores them again needs them. */
export interface KeptEntries {
  /** What is this process's to store, oldest first; also what has such a name and is no entry, which is left where it is. */
  left(): Promise<{ readonly entries: readonly string[]; readonly strange: readonly string[] }>;
  /** The rows of an entry. @throws DamagedEntry when they are not what was written, EntryGone */
  read(entry: string): Promise<Buffer>;
  /** Puts an entry where nothing reads it, for a person to look at. @returns where that is @throws AsideFull */
  setAside(entry: string, why: unknown): Promise<string>;
  /** What was set aside and is still there. */
  aside(): Promise<Aside>;
}

/** Somebody took an entry away: it is stored, or another's to store. */
export class EntryGone extends Error {
  override readonly name = 'EntryGone';
}

/** Keeps the rows of deliveries until they are stored whole, and has the engine take them. */
export interface Deliveries extends KeptEntries {
  /** Resolves when so little waits that more may be written. @throws EngineUnavailable */
  room(): Promise<void>;
  /** Resolves with the entry's name when its rows are durable; after a failure nothing of it is left. */
  add(operation_id: number, rows: AttemptRows): Promise<string>;
  /** Has the engine take an entry's rows: resolves when every read sees them. */
  insert(entry: string, operation_id: number, rows: Buffer): Promise<void>;
  /** The engine has taken an entry's rows: it is forgotten as soon as they are durable there. */
  taken(entry: string, bytes: number): void;
  /** Resolves when everything is durable that the tables of the attempts have by now. */
  checkpoint(): Promise<void>;
  /**
   * Resolves when no entry that was there when this was called brings an import's rows any more, neither by a kill nor by
   * another process.
   *
   * @throws EngineUnavailable when some still waits
   */
  settle(operation_id: number, import_number: number): Promise<void>;
  /** To be called when nothing is written any more, and before the engine is closed. */
  close(): Promise<void>;
  /** Lets go of everything, and finishes nothing. Never rejects. */
  abandon(): Promise<void>;
}
