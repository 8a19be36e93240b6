import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addPath } from './methods.js';
import { Readiness } from './readiness.js';
import type { Services } from './services.js';

/** Monitors get an answer while the service stops, too. */
export const HEALTH_PATHS: readonly (string | undefined)[] = ['/healthz', '/readyz'];

/**
 * `/healthz`: the process is alive. `/readyz`: both stores answered a moment ago and the service takes requests. Neither
 * needs a token, so both answer from memory alone. They are not counted with the other requests without a token: a flood
 * of those would make monitors take the service out, or restart it.
 */
export function addHealth(app: FastifyInstance, services: Services, isStopping: () => boolean): void {
  const readiness = new Readiness(services);
  app.addHook('onReady', () => readiness.start());
  app.addHook('onClose', () => readiness.stop());
  const readyz = async (_request: FastifyRequest, reply: FastifyReply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    const { fault } = readiness;
    if (fault !== undefined) return reply.code(503).send({ status: 'not ready', reason: fault });
    return { status: 'ready' };
  };
  addPath(app, '/healthz', { GET: async () => ({ status: 'ok' }) });
  addPath(app, '/readyz', { GET: readyz });
}
