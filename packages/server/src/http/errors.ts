import { type ErrorId, MAX_BODY_BYTES, RecuentoError } from '@recuento/contract';
import { AccountsUnavailable } from '../accounts/unavailable.js';
import { Refused } from '../admission/refused.js';
import { EngineAborted, EngineTimeout, EngineUnavailable } from '../attempts/engine/engine.js';
import { engineFailureOf } from '../attempts/engine/failures.js';
import { isNoSpace } from '../disk/disk-full.js';

/** The caller's connection ended: nobody waits for the reply any more. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

/** How long a caller should wait when the service can't answer for the moment. */
const RETRY_AFTER_S = 5;

/** The same while the disk is full: somebody has to make room. */
const DISK_RETRY_AFTER_S = 30;

/** Largest request line and headers, as Node's parser counts them. Valid requests need well under 2 KiB. */
export const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Any failure as an entry of the catalogue. A failure that is known to be neither the caller's nor a store's becomes
 * `internal`, and the caller sees only the request id of it.
 */
export function asCatalogueError(error: unknown, request_id: string): RecuentoError {
  if (error instanceof RecuentoError) return error;
  if (isDiskFull(error)) return diskFull(error);
  if (
    error instanceof CallerGone ||
    error instanceof AccountsUnavailable ||
    engineFailureOf(error) === 'disk failing' ||
    error instanceof Refused ||
    error instanceof EngineUnavailable ||
    error instanceof EngineAborted ||
    error instanceof EngineTimeout
  ) {
    return unavailable(error);
  }
  return asFastifyError(error) ?? new RecuentoError('internal', { values: { request_id }, cause: error });
}

/** The failure of a store during a write: `disk-full`, or else `unavailable`. */
export function storeFailure(cause: unknown): RecuentoError {
  return isDiskFull(cause) ? diskFull(cause) : unavailable(cause);
}

/** Whether any layer reports a full disk: the system, SQLite or the engine. */
function isDiskFull(error: unknown): boolean {
  if (error instanceof AccountsUnavailable) return error.why === 'full';
  return isNoSpace(error) || engineFailureOf(error) === 'disk full';
}

function diskFull(cause: unknown): RecuentoError {
  return new RecuentoError('disk-full', {
    values: { seconds: DISK_RETRY_AFTER_S },
    retry_after_s: DISK_RETRY_AFTER_S,
    cause,
  });
}

export function unavailable(cause?: unknown): RecuentoError {
  return new RecuentoError('unavailable', {
    values: { seconds: RETRY_AFTER_S },
    retry_after_s: RETRY_AFTER_S,
    cause,
  });
}

/** The path of an error's page. */
export function errorPage(id: ErrorId): string {
  return `/docs/errors/${id}`;
}

/** The headers of every reply with an error, whatever its body looks like; `Link` leads to the error's page (RFC 8288). */
export function errorHeaders({ id, details }: RecuentoError): Readonly<Record<string, string>> {
  return {
    'Cache-Control': 'no-store',
    Link: `<${errorPage(id)}>; rel="help"`,
    // The rest of the body may never come, and the next request on the connection could be taken for it.
    ...(id === 'body-too-slow' && { Connection: 'close' }),
    ...(details.retry_after_s !== undefined && { 'Retry-After': String(details.retry_after_s) }),
  };
}

/** Fastify's own refusals (its codes are in its docs, "Errors"). */
function asFastifyError(error: unknown): RecuentoError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new RecuentoError('body-too-large', { values: { limit: MAX_BODY_BYTES } });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new RecuentoError('unsupported-media-type', { values: { accepted: 'application/json' } });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
      return new RecuentoError('malformed-body', {
        values: { reason: 'IT IS EMPTY, CUT SHORT OR NOT JSON' },
        cause: error,
      });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new RecuentoError('unknown-path', { cause: error });
    case 'FST_ERR_BAD_URL':
      return new RecuentoError('malformed-request', { cause: error });
    default:
      return undefined;
  }
}
