import type { FastifyRequest } from 'fastify';
import type { Services } from './services.js';

/** What the service is called from outside: as the configuration says, else as the request came. */
export function originOf({ public_url }: Services, request: FastifyRequest): string {
  return public_url ?? `${request.protocol}://${request.host}`;
}
