import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { CATALOGUE, RecuentoError } from '@recuento/contract';
import type { Logger } from 'pino';
import { MAX_HEADER_BYTES } from './errors.js';

/** How long what a client still sends is read and thrown away, so that it can see the reply. */
const LINGER_MS = 2_000;

/**
 * Answers what Node's parser refuses before a request exists: headers or a query string beyond all bounds, or bytes
 * that are no HTTP.
 */
export function clientErrorHandler(log: Logger) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const refusal =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? new RecuentoError('headers-too-large', { values: { limit: MAX_HEADER_BYTES } })
        : new RecuentoError('malformed-request');
    const request_id = randomUUID();
    const { status, error: title } = CATALOGUE[refusal.id];
    log.info({ request_id, status, error_id: refusal.id, code: error.code }, 'request');
    const body = JSON.stringify({ code: status, error: title, msg: refusal.message, data: [] });
    socket.end(
      `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/json; charset=utf-8\r\n` +
        `X-Request-Id: ${request_id}\r\nCache-Control: no-store\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
    // Closing while bytes are still coming in would reset the connection, and the reply would be lost.
    socket.resume();
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
}
