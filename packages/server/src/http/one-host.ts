import { RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';

/**
 * Two `Host` headers are two opinions of where a request goes, and a proxy may share the other (RFC 9112, section 3.2).
 * Node keeps the first one in silence. A request without one is refused by Node itself.
 *
 * @throws RecuentoError malformed-request
 */
export function assertOneHost({ raw }: FastifyRequest): void {
  let hosts = 0;
  for (let at = 0; at < raw.rawHeaders.length; at += 2) {
    if (raw.rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1) throw new RecuentoError('malformed-request');
}
