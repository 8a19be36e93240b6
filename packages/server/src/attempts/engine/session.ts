import type { EngineSettings, InsertRequest, SqlParams } from './engine.js';

/** A statement and everything that it is told. `tag` is what it can be killed by, and a UUID of its own. */
export interface Statement {
  readonly sql: string;
  readonly settings: EngineSettings;
  readonly params?: SqlParams | undefined;
  readonly tag: string;
  /** Fires when nobody waits for it any more, although it was not seen to end. */
  readonly signal?: AbortSignal;
}

/**
 * What the pool needs of an engine: a way to it that runs one statement at a time. It is used until something on it does not
 * end well, and never again.
 */
export interface Session {
  /** What a statement wrote, whole and its own. @throws EngineReplyMixed, or what the engine throws */
  read(statement: Statement): Promise<Buffer>;
  /** The rows of a statement with `FORMAT Template`, in chunks, none of which is empty. @throws as `read` */
  stream(statement: Statement): AsyncGenerator<Buffer>;
  /** Resolves when every read sees the rows. */
  insert(request: Omit<InsertRequest, 'fair_key'>): Promise<void>;
  /** Runs a statement whose output is nobody's to see. `signal` fires when nobody waits for it any more. */
  command(sql: string, signal?: AbortSignal): Promise<void>;
  /** Closes a session that nothing runs on. */
  close(): Promise<void>;
}
