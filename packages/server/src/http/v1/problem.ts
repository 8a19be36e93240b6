import { CATALOGUE, type RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An error of the catalogue as a problem document (RFC 9457). */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: RecuentoError,
): FastifyReply {
  const { status, error: title } = CATALOGUE[error.id];
  const { retry_after_s, faults } = error.details;
  if (retry_after_s !== undefined) reply.header('Retry-After', retry_after_s);
  return reply
    .code(status)
    .header('Cache-Control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: `/docs/errors/${error.id}`,
        title,
        status,
        detail: error.message,
        id: error.id,
        request_id: request.id,
        ...(faults && { faults }),
      }),
    );
}
