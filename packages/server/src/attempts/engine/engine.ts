/** The port to ClickHouse: embedded in this process, or a server. Only SQL goes in, only bytes come out. */
/** A list is for a blank of the type Array(…). */
export type SqlValue = string | number | SqlList;
export type SqlList = readonly (string | number | bigint)[];
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
   * Whether a report may have much to read. Long reports leave sessions to the short ones, and the queue of each lane is bounded.
   * Absent for the service's own reads (look-ups of imports, probes): they run as short ones and are never refused for waiting.
   */
  readonly lane?: 'short' | 'long';
  /**
   * The share of a read's memory, 0 to 1, that its groups may fill before they go to the disk, which takes twice the time. Half, if
   * absent. More is for a statement that needs little memory after it has grouped.
   */
  readonly groups_in_memory?: number;
  /** The engine stops the query by itself after this time. */
  readonly max_ms: number;
  /** Called when the read's turn has come. If it throws, the read is refused with that error. */
  readonly admit?: () => void;
  /** Stops the query, in the engine too. */
  readonly signal?: AbortSignal;
}

/** A statement without a FORMAT clause, whose rows are written as lines. */
export interface StreamRequest extends Omit<ReadRequest, 'lane'> {
  /** A row with its line end: the engine's `Template`, with `${column:JSON}` and `${column:CSV}` as its blanks. */
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
   * The whole reply's bytes, and only this statement's. A query that fails in its middle yields nothing.
   *
   * @throws EngineReplyMixed, EngineTimeout, EngineAborted, EngineUnavailable
   */
  read(request: ReadRequest): Promise<Buffer>;
  /**
   * The reply's bytes as they come, for replies of any length. A stream holds a session until it ends, its consumer stops, or
   * `signal` fires. A query may fail in its middle, after part of the reply was yielded. Each chunk ends with a line of the reply,
   * and is known to be this statement's own before it is yielded.
   *
   * Streams wait in a lane of their own. Each `fair_key` has one stream at a time.
   */
  stream(request: StreamRequest): AsyncGenerator<Buffer>;
  /**
   * Resolves when every read sees the rows. They are one block: of each partition all rows are there or, after a failure, none.
   * Whether they are on disk by then depends on the table's settings.
   *
   * @throws EngineTooSpread
   */
  insert(request: InsertRequest): Promise<void>;
  /**
   * Runs a statement that changes stored rows, or adds some that it selects, and resolves when everything is changed. It waits for a
   * session as inserts do.
   *
   * @param params values of the statement's `{name:Type}` blanks
   */
  change(sql: string, fair_key: string, params?: SqlParams): Promise<void>;
  /** Runs a statement without a result (schema changes, kills). */
  command(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Rows of many partitions: each as the engine's `RowBinary`, in the order of `columns`. */
interface InsertRowBinary extends Omit<InsertRequest, 'rows'> {
  /** The table's partition expression: SQL over these columns that yields a number. */
  readonly partition: string;
}

export interface InsertFileRequest extends InsertRowBinary {
  /** Absolute path of a file that has the rows and nothing else, for as long as the insert takes. */
  readonly file: string;
}

export interface InsertRowsRequest extends InsertRowBinary {
  /** They must not change until the insert is done. */
  readonly rows: Buffer;
}

/** Inserts of an engine that reads files of this machine. */
export interface FileInserts {
  /**
   * As `insert`, for the rows in a file, which the engine reads itself. When they lie in more partitions than one insert may fill,
   * there are several inserts, and some may be done when another fails.
   */
  insertFile(request: InsertFileRequest): Promise<void>;
}

/** Inserts of an engine on another machine. */
export interface RowInserts {
  /** As `insertFile`, for rows in memory. */
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

/** The engine can't be used now: it is closed or away, its disk or memory is full, or too many callers wait for it. */
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
 * The engine's output is not exactly the whole reply of the statement that was asked. Nothing of it may be sent: it may belong to
 * another caller.
 */
export class EngineReplyMixed extends Error {
  override readonly name = 'EngineReplyMixed';
}
