import { RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';

const KNOWN: readonly string[] = ['identity', 'gzip', 'x-gzip'];

/** To be called before anything of the body is read. @throws RecuentoError unsupported-media-type */
export function assertEncoding({ headers }: FastifyRequest): void {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (KNOWN.includes(encoding)) return;
  throw new RecuentoError('unsupported-media-type', {
    values: { accepted: 'Content-Encoding gzip, or none' },
  });
}
