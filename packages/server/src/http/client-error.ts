import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { CATALOGUE, RecuentoError } from '@recuento/contract';
import type { Logger } from 'pino';
import { ENVELOPE_TYPE, renderError } from './documented/envelope.js';
import { hasRepliesToCome } from './door.js';
import { errorHeaders, MAX_HEADER_BYTES } from './errors.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** How long bytes that a client still sends are read and thrown away, so that it can see the reply. */
const LINGER_MS = 2_000;

/**
 * Answers what Node's parser refuses before a request exists: headers or a query string that are too large, headers that
 * never end, and bytes that are not HTTP.
 */
export function clientErrorHandler(log: Logger) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    const asked_nothing = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
    // Where another reply is still to come, or is being sent, the client would take this one for that reply or for part
    // of it.
    if (asked_nothing || hasRepliesToCome(socket) || error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const refusal = refusalOf(error.code);
    const request_id = randomUUID();
    log.info({ request_id, status: refusal.status, error_id: refusal.id, code: error.code }, 'request');
    socket.end(replyWith(refusal, request_id));
    // Closing while bytes are still coming in would reset the connection, and the reply would be lost.
    socket.resume();
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
}

function refusalOf(code: string | undefined): RecuentoError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new RecuentoError('headers-too-large', { values: { limit: MAX_HEADER_BYTES } });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RecuentoError('headers-too-slow');
    default:
      return new RecuentoError('malformed-request');
  }
}

/** A whole reply as HTTP bytes: there is no request yet, so the framework cannot send it. */
function replyWith(refusal: RecuentoError, request_id: string): string {
  const body = renderError(refusal, undefined);
  const headers = {
    'Content-Type': ENVELOPE_TYPE,
    'X-Request-Id': request_id,
    ...SECURITY_HEADERS,
    ...errorHeaders(refusal),
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${refusal.status} ${CATALOGUE[refusal.id].error}\r\n${head.join('')}\r\n${body}`;
}
