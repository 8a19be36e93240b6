import type { Aside } from '../set-aside.js';

/** An entry that is not stored whole yet. */
export interface PendingEntry {
  /** Ids sort by age. */
  readonly id: string;
  readonly operation_id: number;
  /** Numbers of the imports whose rows it has; none of an upload. */
  readonly imports: readonly number[];
}

/** What brought a delivery: all of it must be this process's still, or nothing is kept. */
export interface BroughtBy {
  /** Numbers of the imports whose rows it has, each of which must run here. */
  readonly imports: readonly number[];
  /** Claims of the keys of its uploads, each of which must hold. */
  readonly claims: readonly number[];
}

/** Entries in a database that all processes share (`accounts/pending-deliveries.ts` is that). Each is one process's: that which took it in, or took it over. */
export interface PendingEntries {
  /** Keeps the rows of a delivery, durably. @returns its id */
  add(operation_id: number, from: BroughtBy, rows: Buffer): Promise<string>;
  /** Those of this process, oldest first. */
  own(): Promise<readonly PendingEntry[]>;
  /** The rows of an entry of this process; undefined is none of its own. */
  read(id: string): Promise<Buffer | undefined>;
  /** Forgets entries that are stored. @returns those that were another process's by then, which stay as they are */
  done(ids: readonly string[]): Promise<readonly string[]>;
  /** Puts an entry where nothing reads it, for a person to look at. */
  setAside(id: string, reason: string): Promise<void>;
  aside(): Promise<Aside>;
  /** Entries of any process that have rows of an import. */
  idsOf(operation_id: number, import_number: number): Promise<readonly string[]>;
}
