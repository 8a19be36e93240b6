/** Codes of the engine (src/Common/ErrorCodes.cpp upstream) for failures of a disk. */
const NOT_ENOUGH_SPACE = 243;
export const DISK_CODES = new Set([
  74, // CANNOT_READ_FROM_FILE_DESCRIPTOR
  75, // CANNOT_WRITE_TO_FILE_DESCRIPTOR
  76, // CANNOT_OPEN_FILE
  77, // CANNOT_CLOSE_FILE
  87, // CANNOT_SEEK_THROUGH_FILE
  88, // CANNOT_TRUNCATE_FILE
  89, // DIRECTORY_DOESNT_EXIST
  484, // CANNOT_CREATE_DIRECTORY
  1_001, // STD_EXCEPTION: the standard library's failures with files
]);
const ATTEMPT_TO_READ_AFTER_EOF = 32;
/** Codes with which the engine refuses malformed rows: another try would be refused too. */
const ROW_CODES = new Set([
  6, // CANNOT_PARSE_TEXT
  25, // CANNOT_PARSE_ESCAPE_SEQUENCE
  26, // CANNOT_PARSE_QUOTED_STRING
  27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  ATTEMPT_TO_READ_AFTER_EOF,
  33, // CANNOT_READ_ALL_DATA
  38, // CANNOT_PARSE_DATE
  41, // CANNOT_PARSE_DATETIME
  53, // TYPE_MISMATCH
  69, // ARGUMENT_OUT_OF_BOUND
  70, // CANNOT_CONVERT_TYPE
  72, // CANNOT_PARSE_NUMBER
  117, // INCORRECT_DATA
  130, // CANNOT_READ_ARRAY_FROM_TEXT
  131, // TOO_LARGE_STRING_SIZE
  321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
  349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
  691, // UNKNOWN_ELEMENT_OF_ENUM
]);

/** The error that a ClickHouse server answered in place of a reply. `code` is the engine's. */
export class EngineServerError extends Error {
  override readonly name = 'EngineServerError';
  readonly code: number;

  constructor(code: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** Whether the server refuses the rows of an insert as malformed. */
  get refuses_rows(): boolean {
    // A server that lost the connection to another one has this code too.
    const of_rows = this.code !== ATTEMPT_TO_READ_AFTER_EOF || /\w+InputFormat\b/.test(this.message);
    return of_rows && ROW_CODES.has(this.code);
  }
}

export type EngineFailure = 'disk full' | 'disk failing' | 'rows refused';

/**
 * Why the engine failed, as far as its code says, at any depth of the causes. 'disk full' and 'disk failing' are about this machine's
 * disk. The disk of a server is its operator's concern: here such a server only counts as one that cannot be used.
 */
export function engineFailureOf(error: unknown): EngineFailure | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = codeOf(at);
    if (code === undefined) continue;
    if (at instanceof EngineServerError) return at.refuses_rows ? 'rows refused' : undefined;
    const no_space = /No space left on device|ENOSPC|errno: 28\b/.test(at.message);
    if (code === NOT_ENOUGH_SPACE || (no_space && DISK_CODES.has(code))) return 'disk full';
    if (DISK_CODES.has(code)) return 'disk failing';
    if (ROW_CODES.has(code)) return 'rows refused';
  }
  return undefined;
}

/** The engine's code: from the text of the embedded engine's errors, or from `code` in those of the server's client. */
export function codeOf(error: Error): number | undefined {
  const said = /\bCode: (\d+)\. DB::/.exec(error.message)?.[1];
  if (said !== undefined) return Number(said);
  return 'code' in error && /^\d+$/.test(String(error.code)) ? Number(error.code) : undefined;
}
