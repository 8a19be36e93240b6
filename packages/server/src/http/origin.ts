import type { FastifyRequest } from 'fastify';
import type { Services } from './services.js';

/** The address of the service as seen from outside: the configured one, else the one that the request was sent to. */
export function originOf({ public_url }: Services, request: FastifyRequest): string {
  return public_url ?? `${request.protocol}://${request.host}`;
}
