/** What is known of a failure beyond its message. */
export interface FailureDetails {
  /** HTTP status of the reply; absent when there was none. */
  readonly status?: number;
  /** `code` of the reply's body, as a number also where the server writes a string. */
  readonly code?: number;
  /** `X-Request-Id` of the reply: the server's log has it too. */
  readonly requestId?: string;
  /** How long the server asks to wait (`Retry-After`). */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** Any failure of a report. Each kind of failure has a subclass. */
export class ReportsError extends Error {
  override readonly name: string = 'ReportsError';
  readonly status: number | undefined;
  readonly code: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.code = details.code;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The request is wrong (400, 405, 409, 415, 422, 431), or cannot be made at all: then no call was made. */
export class RequestError extends ReportsError {
  override readonly name = 'RequestError';
}

/** The token is missing, unknown or revoked, or may not do this (401, 403). */
export class AuthorizationError extends ReportsError {
  override readonly name = 'AuthorizationError';
}

/**
 * - `day`: the operation's calls of the day are used up;
 * - `budget`: the calls that this program may make are used up;
 * - `simultaneous`: the token has as many requests under way as it may have;
 * - `rate`: 429.
 */
export type LimitKind = 'day' | 'budget' | 'simultaneous' | 'rate';

/** Too many calls: of the day, or at once (403, 429). */
export class LimitError extends ReportsError {
  override readonly name = 'LimitError';
  readonly kind: LimitKind;

  constructor(kind: LimitKind, message: string, details: FailureDetails = {}) {
    super(message, details);
    this.kind = kind;
  }
}

/** A result that cannot be read whole: the server refuses it (413), or even a single second of it is too large. */
export class TooLargeError extends ReportsError {
  override readonly name = 'TooLargeError';
}

/** Nothing is served at the address (404). A report without records is not an error. */
export class NotFoundError extends ReportsError {
  override readonly name = 'NotFoundError';
}

/** The server failed, is not available, or took too long (5xx). */
export class ServerError extends ReportsError {
  override readonly name = 'ServerError';
}

/** No reply, or only a part of it: the connection broke, or the time was up. */
export class ConnectionError extends ReportsError {
  override readonly name = 'ConnectionError';
}

/** A reply that is not in the documented form. Nothing of it is used, because it could be misread. */
export class InvalidReplyError extends ReportsError {
  override readonly name = 'InvalidReplyError';
}
