import { RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Two `Host` headers are two opinions of where a request goes, and a proxy may share the other (RFC 9112, section 3.2).
 * Node keeps the first one in silence. None is as wrong since HTTP/1.1. The connection ends with the refusal.
 *
 * @throws RecuentoError malformed-request
 */
export function assertOneHost({ raw }: FastifyRequest, reply: FastifyReply): void {
  let hosts = 0;
  for (let at = 0; at < raw.rawHeaders.length; at += 2) {
    if (raw.rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0')) return;
  reply.header('Connection', 'close');
  throw new RecuentoError('malformed-request');
}
