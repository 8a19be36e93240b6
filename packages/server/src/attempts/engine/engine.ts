/** The port to ClickHouse: embedded in this process, or a server. Only SQL goes in, only bytes come out. */
export type SqlValue = string | number;
export type SqlParams = Readonly<Record<string, SqlValue>>;
export type EngineSettings = Readonly<Record<string, string | number>>;

export interface ReadRequest {
  /** SQL with `{name:Type}` blanks and a FORMAT clause. Values only ever come in as `params`. */
  readonly sql: string;
  readonly params?: SqlParams;
  readonly settings?: EngineSettings;
  /** Whose work this is: sessions are shared out fairly between keys. */
  readonly fair_key: string;
  /**
   * How much a report may have to read. Long ones leave sessions to the short ones, and each lane's line is bounded.
   * Absent is the service's own work (what imports look up, probes): as short, and never refused for waiting.
   */
  readonly lane?: 'short' | 'long';
  /** The engine stops the query by itself after this time. */
  readonly max_ms: number;
  /** Called when its turn has come; what it throws refuses the read. */
  readonly admit?: () => void;
  /** Stops the query, in the engine too. */
  readonly signal?: AbortSignal;
}

/** A statement without a FORMAT clause, whose rows are written as lines. */
export interface StreamRequest extends Omit<ReadRequest, 'lane'> {
  /** A row, its line end included: the engine's `Template`, with `${column:JSON}` and `${column:CSV}` as its blanks. */
  readonly line: string;
}

export interface InsertRequest {
  readonly table: string;
  readonly columns: readonly string[];
  /** Lines of tab separated values (the engine's `TabSeparated`), in the order of `columns`. */
  readonly rows: Buffer;
  readonly fair_key: string;
}

export interface Engine {
  /**
   * The reply's bytes, whole and this statement's own: a query that fails in its middle yields nothing.
   *
   * @throws EngineReplyMixed, EngineTimeout, EngineAborted, EngineUnavailable
   */
  read(request: ReadRequest): Promise<Buffer>;
  /**
   * The reply's bytes as they come, for replies of any length: they hold a session until they end, or their consumer stops
   * (or `signal` fires). A query may fail in its middle: what was yielded is then no whole reply. A chunk ends where a line
   * of the reply does, and was seen to be this statement's own before it is yielded.
   *
   * They wait in a lane of their own: whose work it is has one at a time.
   */
  stream(request: StreamRequest): AsyncGenerator<Buffer>;
  /**
   * Resolves when every read sees the rows. One block: all of them or, after a failure, none, per partition. Whether they are
   * on disk then is for the settings of the table to say.
   *
   * @throws EngineTooSpread
   */
  insert(request: InsertRequest): Promise<void>;
  /**
   * Runs a statement that changes rows that are there, and resolves when all that it changes is changed. It waits for a
   * session as inserts do.
   */
  change(sql: string, fair_key: string): Promise<void>;
  /** Runs a statement without a result (schema changes, kills). */
  command(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Rows of many partitions: each as the engine's `RowBinary`, in the order of `columns`. */
interface InsertRowBinary extends Omit<InsertRequest, 'rows'> {
  /** SQL over these columns by which the table is partitioned; a number. */
  readonly partition: string;
}

export interface InsertFileRequest extends InsertRowBinary {
  /** Absolute path of a file that has the rows and nothing else, for as long as the insert takes. */
  readonly file: string;
}

export interface InsertRowsRequest extends InsertRowBinary {
  /** They may not change until it is done. */
  readonly rows: Buffer;
}

/** Of an engine that reads files of this machine. */
export interface FileInserts {
  /**
   * As `insert`, of the rows in a file, which the engine reads itself. Where they lie in more partitions than one insert may
   * fill, it takes several inserts, and some of them may be done when another fails.
   */
  insertFile(request: InsertFileRequest): Promise<void>;
}

/** Of an engine on another machine. */
export interface RowInserts {
  /** As `insertFile`, of rows that are handed over. */
  insertRows(request: InsertRowsRequest): Promise<void>;
}

/** The engine stopped the query because its time was up. */
export class EngineTimeout extends Error {
  override readonly name = 'EngineTimeout';
}

/** The query was stopped because its `signal` fired. */
export class EngineAborted extends Error {
  override readonly name = 'EngineAborted';
}

/** The engine can't be used now: it is closed, away, at the end of its disk or memory, or too many wait for it. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

/** The engine cannot be opened as it is configured; the message is for the person who starts the service. */
export class EngineUnreachable extends Error {
  override readonly name = 'EngineUnreachable';
}

/** The rows of an insert lie in more partitions than one may fill (`MONTHS_AN_INSERT`). */
export class EngineTooSpread extends Error {
  override readonly name = 'EngineTooSpread';
}

/**
 * What the engine wrote is not the whole reply of the statement that was asked, and of no other. Nothing of it may be
 * sent: it may be somebody else's.
 */
export class EngineReplyMixed extends Error {
  override readonly name = 'EngineReplyMixed';
}
