import { CATALOGUE, type RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorHeaders, errorPage } from '../errors.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The request id in examples. */
export const EXAMPLE_REQUEST_ID = '3f0c1d5e-8a52-4c0b-9d1f-6a7e2b94c018';

/** An error of the catalogue as a problem document (RFC 9457). */
export function problemOf(error: RecuentoError, request_id: string) {
  const { status, error: title } = CATALOGUE[error.id];
  const { faults } = error.details;
  return {
    type: errorPage(error.id),
    title,
    status,
    detail: error.message,
    id: error.id,
    request_id,
    ...(faults && { faults }),
  };
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: RecuentoError,
): FastifyReply {
  return reply
    .code(error.status)
    .headers(errorHeaders(error))
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(error, request.id)));
}
