import type { RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unknownPath } from './documented/not-served.js';
import { sendRefusal, setVendorHeaders } from './documented/send-refusal.js';
import { looksForDocumentedApi } from './documented-path.js';
import { asCatalogueError } from './errors.js';
import type { Services } from './services.js';
import { sendProblem } from './v1/problem.js';

/** The error for a request outside the documented API's own paths, and the form of its reply. */
interface Refusal {
  readonly error: RecuentoError;
  readonly form: 'envelope' | 'problem';
}

/**
 * The refusal of a request. If nothing is served at its path but it looks for the documented API, the reply has that
 * API's form.
 */
export function refusalOf(thrown: unknown, request: FastifyRequest): Refusal {
  const error = asCatalogueError(thrown, request.id);
  const is_nowhere = request.is404 || error.id === 'unknown-path';
  if (!is_nowhere || !looksForDocumentedApi(request.url)) return { error, form: 'problem' };
  return { error: error.id === 'unknown-path' ? unknownPath(request.url) : error, form: 'envelope' };
}

export function sendInItsForm(
  { allow_origin }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { error, form }: Refusal,
): FastifyReply {
  if (form === 'problem') return sendProblem(request, reply, error);
  setVendorHeaders(reply, allow_origin);
  return sendRefusal(request, reply, error);
}
