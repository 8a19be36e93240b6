import type { EngineSettings, InsertRequest, SqlParams } from './engine.js';

/** A statement with its settings and values. `tag` is a UUID of its own, by which it can be killed. */
export interface Statement {
  readonly sql: string;
  readonly settings: EngineSettings;
  readonly params?: SqlParams | undefined;
  readonly tag: string;
  /** Fires when nobody waits for the statement any more, although it has not ended. */
  readonly signal?: AbortSignal;
}

/**
 * A connection to an engine, as the pool needs it, which runs one statement at a time. It is used until something on it does not end
 * well, and never again after that.
 */
export interface Session {
  /** The whole output of a statement, and nothing else. @throws EngineReplyMixed, or what the engine throws */
  read(statement: Statement): Promise<Buffer>;
  /** The rows of a statement with `FORMAT Template`, in chunks, none of which is empty. @throws as `read` */
  stream(statement: Statement): AsyncGenerator<Buffer>;
  /** Resolves when every read sees the rows. */
  insert(request: Omit<InsertRequest, 'fair_key'>): Promise<void>;
  /** Runs a statement that changes stored rows. */
  change(statement: Statement): Promise<void>;
  /** Runs a statement and ignores its output. `signal` fires when nobody waits for it any more. */
  command(sql: string, signal?: AbortSignal): Promise<void>;
  /** Closes the session. Nothing may be running on it. */
  close(): Promise<void>;
}
