import type { Aside } from '../set-aside.js';

/** An entry that is not stored whole yet. */
export interface PendingEntry {
  /** Ids sort by age. */
  readonly id: string;
  readonly operation_id: number;
  /** Numbers of the imports whose rows it has; none of an upload. */
  readonly imports: readonly number[];
}

/** Entries in a database that all processes share. Each is one process's: that which took it in, or took it over. */
export interface PendingEntries {
  /**
   * Keeps the rows of a delivery, durably. @returns its id
   *
   * @param imports whose rows they are, if they are of imports: each must run here
   */
  add(operation_id: number, imports: readonly number[], rows: Buffer): Promise<string>;
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
