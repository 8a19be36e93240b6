import {
  AuthorizationError,
  ConnectionError,
  type FailureDetails,
  InvalidReplyError,
  LimitError,
  NotFoundError,
  type ReportsError,
  RequestError,
  ServerError,
  TooLargeError,
} from './errors.js';
import { textOf } from './rows.js';

/** A successful reply, possibly without rows. */
export interface Reply {
  readonly data: readonly unknown[];
  /** How many rows the server says it found, if it says so. */
  readonly found: number | undefined;
  /** undefined: the server has no cursors; null: this is the last page. */
  readonly next_cursor: string | null | undefined;
}

/** What came over the wire. */
export interface RawReply {
  readonly status: number;
  readonly body: string;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

interface Envelope {
  readonly code: number;
  readonly error: unknown;
  readonly msg: string;
  readonly data: unknown;
  readonly next_cursor: unknown;
}

/**
 * Reads the documented envelope as Recuento or any other server writes it. `code` is a number or a string. A report without
 * records is a 404 or an empty list. A refusal has its own HTTP status, or is a 200 and only `code` shows it.
 *
 * @throws ReportsError of the family that the reply belongs to
 */
export function readReply(raw: RawReply): Reply {
  const envelope = readEnvelope(raw.body);
  const ok = raw.status >= 200 && raw.status < 300;
  const status = ok && envelope ? envelope.code : raw.status;
  const details: FailureDetails = {
    status: raw.status,
    ...(envelope && { code: envelope.code }),
    ...(raw.requestId !== undefined && { requestId: raw.requestId }),
    ...(raw.retryAfterMs !== undefined && { retryAfterMs: raw.retryAfterMs }),
  };
  if (!envelope && wasCutOff(raw.body)) {
    throw new ConnectionError('The reply was cut off on its way.', details);
  }
  if (envelope && status === 404 && meansEmpty(envelope))
    return { data: [], found: 0, next_cursor: undefined };
  if (status < 200 || status > 299) throw refusal(status, wordsOf(envelope), details);
  if (!envelope) throw notAnEnvelope(details);
  return readData(envelope, details);
}

/** Programs treat any truthy `error` as a failure, so servers send null with a success. */
function readData({ error, msg, data, next_cursor }: Envelope, details: FailureDetails): Reply {
  if (error)
    throw new InvalidReplyError(`The server says 200 and an error: ${bounded(String(error))}`, details);
  const found = foundOf(msg);
  const rows = data === null && found === 0 ? [] : data;
  if (!Array.isArray(rows)) throw new InvalidReplyError('The reply has no list of rows.', details);
  if (next_cursor !== undefined && next_cursor !== null && typeof next_cursor !== 'string') {
    throw new InvalidReplyError('The reply has a next_cursor that is no text.', details);
  }
  return { data: rows, found, next_cursor };
}

function readEnvelope(body: string): Envelope | undefined {
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null || !('code' in parsed) || !('msg' in parsed))
    return undefined;
  const code = Number(textOf(parsed.code));
  if (!Number.isInteger(code) || code < 100 || code > 599) return undefined;
  const msg = textOf(parsed.msg) ?? '';
  const { error, data, next_cursor } = parsed as { error?: unknown; data?: unknown; next_cursor?: unknown };
  return { code, error, msg, data, next_cursor };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a 404 means an empty report. It may also mean that the path does not exist. */
function meansEmpty({ data, msg }: Envelope): boolean {
  const nothing = data === undefined || data === null || (Array.isArray(data) && data.length === 0);
  return nothing && !/DOES NOT EXIST/i.test(msg);
}

function foundOf(msg: string): number | undefined {
  const [, digits] = /^\s*(\d{1,12})\s+records?\b/i.exec(msg) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A body that begins like JSON but does not parse was cut off on its way, whatever the status is. */
function wasCutOff(body: string): boolean {
  return body.trimStart().startsWith('{') && parseJson(body) === undefined;
}

function notAnEnvelope(details: FailureDetails): ReportsError {
  return new InvalidReplyError(
    'The reply is not that of a Reports Manager API. Check baseUrl: it is the address before /api/v2.',
    details,
  );
}

function refusal(status: number, words: string, details: FailureDetails): ReportsError {
  const message = `The server refused (${status})${words}`;
  if (status >= 500) return new ServerError(`The server failed (${status})${words}`, details);
  switch (status) {
    case 401:
      return new AuthorizationError(message, details);
    case 403:
      return forbidden(words, message, details);
    case 404:
      return new NotFoundError(`Nothing is served there (404)${words}`, details);
    case 408:
      return new ConnectionError(message, details);
    case 413:
      return new TooLargeError(message, details);
    case 429:
      return new LimitError('rate', message, details);
    default:
      return new RequestError(
        status < 400 ? `The server answers ${status}: give the address it moved to.` : message,
        details,
      );
  }
}

/** 403 has three meanings, and only the words of the message tell them apart. */
function forbidden(words: string, message: string, details: FailureDetails): ReportsError {
  if (/SIMULTANEOUS/i.test(words)) return new LimitError('simultaneous', message, details);
  if (/LIMIT EXCEEDED/i.test(words)) return new LimitError('day', message, details);
  return new AuthorizationError(message, details);
}

function wordsOf(envelope: Envelope | undefined): string {
  if (!envelope) return '.';
  const words = [envelope.msg, envelope.error].find((said) => typeof said === 'string' && said !== '');
  return words === undefined ? '.' : `: ${bounded(String(words))}`;
}

const MESSAGE_CHARS = 500;
const CONTROL = /\p{Cc}+/gu;

/** Messages of a server go to logs and terminals, so they become one line of bounded length. */
function bounded(words: string): string {
  return words.replace(CONTROL, ' ').slice(0, MESSAGE_CHARS);
}
