import type { Aside } from '../set-aside.js';

/** An entry that is not stored whole yet. */
export interface PendingEntry {
  /** Ids sort by age. */
  readonly id: string;
  readonly operation_id: number;
  /** Numbers of the imports whose rows it has; empty for uploads. */
  readonly imports: readonly number[];
}

/** The sources of a delivery. The entry is kept only if all of them still belong to this process. */
export interface BroughtBy {
  /** Numbers of the imports whose rows it has, each of which must run here. */
  readonly imports: readonly number[];
  /** Claims of the keys of its uploads, each of which must hold. */
  readonly claims: readonly number[];
}

/**
 * Entries in a database that all processes share (`accounts/pending-deliveries.ts`). Each belongs to one process: the one that took it
 * in, or took it over.
 */
export interface PendingEntries {
  /** Keeps the rows of a delivery, durably. @returns its id */
  add(operation_id: number, from: BroughtBy, rows: Buffer): Promise<string>;
  /** Entries of this process, oldest first. */
  own(): Promise<readonly PendingEntry[]>;
  /** The rows of an entry; undefined when the entry is not this process's. */
  read(id: string): Promise<Buffer | undefined>;
  /** Forgets entries that are stored. @returns those that belong to another process by now, which stay as they are */
  done(ids: readonly string[]): Promise<readonly string[]>;
  /** Puts an entry where nothing reads it, for a person to look at. */
  setAside(id: string, reason: string): Promise<void>;
  aside(): Promise<Aside>;
  /** Ids of the entries of any process that have rows of an import. */
  idsOf(operation_id: number, import_number: number): Promise<readonly string[]>;
}
