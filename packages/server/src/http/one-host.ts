import { RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * With two `Host` headers a proxy and this service may disagree about where a request goes (RFC 9112, section 3.2). Node
 * keeps the first one silently. A request without one is just as wrong since HTTP/1.1. The connection ends with the
 * refusal.
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
