import type { RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorHeaders } from '../errors.js';
import { ENVELOPE_TYPE, renderError } from './envelope.js';
import { profileOf } from './profile.js';

/** The headers of a reply that a program in a browser may read, besides the body and its type. */
const EXPOSED = 'X-Request-Id, Link, RateLimit, RateLimit-Policy, Retry-After, ETag';

/**
 * Sets the headers for browsers on every reply of the documented API, refusals included. @param allow_origin from the
 * configuration
 */
export function setVendorHeaders(reply: FastifyReply, allow_origin: string): void {
  reply.header('Access-Control-Allow-Origin', allow_origin);
  reply.header('Access-Control-Expose-Headers', EXPOSED);
  reply.header('Cache-Control', 'no-store');
}

/** Sends an error of the catalogue in the documented envelope. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  error: RecuentoError,
): FastifyReply {
  return reply
    .code(error.status)
    .headers(errorHeaders(error))
    .type(ENVELOPE_TYPE)
    .send(renderError(error, profileOf(request)));
}
