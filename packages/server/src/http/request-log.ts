import type { RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '../admission/refused.js';
import { EngineUnavailable } from '../attempts/engine/engine.js';
import { DiskFull } from '../disk/disk-full.js';
import { blankPath } from '../telemetry/blank-secrets.js';
import { CallerGone } from './errors.js';

const errors = new WeakMap<FastifyRequest, RecuentoError>();

/** Keeps the error of a reply for the request's log line. */
export function noteError(request: FastifyRequest, error: RecuentoError): void {
  errors.set(request, error);
}

/** A refusal because the service has too much to do. The service is well, so only their number matters. */
function isRefusal({ id, cause }: RecuentoError): boolean {
  return (
    id === 'unavailable' &&
    (cause === undefined ||
      cause instanceof Refused ||
      (cause instanceof EngineUnavailable && cause.cause === undefined))
  );
}

/**
 * Logs one line for each request, with the id that its reply carries. Query strings and headers are left out: they can
 * hold secrets.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const error = errors.get(request);
    const line = {
      method: request.method,
      path: blankPath(request.url.split('?', 1)[0] ?? ''),
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(error && { error_id: error.id }),
    };
    if (error?.cause instanceof CallerGone) request.log.info(line, 'the caller hung up');
    else if (error && isRefusal(error)) request.log.warn(line, 'refused: too much at once');
    else if (error?.cause instanceof DiskFull) request.log.warn(line, 'refused: the disk is full');
    else if (error && error.status >= 500)
      request.log.error({ ...line, err: error.cause ?? error }, 'request failed');
    else request.log.info(line, 'request');
  });
}
