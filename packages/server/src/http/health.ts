import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { letStrangerIn } from './door.js';
import { addPath } from './methods.js';
import { Readiness } from './readiness.js';
import type { Services } from './services.js';

/**
 * `/healthz`: the process lives. `/readyz`: both stores answered a moment ago and it takes requests. Neither needs a token,
 * and so neither does anything but answer.
 */
export function addHealth(app: FastifyInstance, services: Services, isStopping: () => boolean): void {
  const readiness = new Readiness(services);
  app.addHook('onReady', () => readiness.start());
  app.addHook('onClose', () => readiness.stop());
  const onRequest = (request: FastifyRequest, reply: FastifyReply) =>
    letStrangerIn(services.admission, request, reply);
  const readyz = async (_request: FastifyRequest, reply: FastifyReply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    const { fault } = readiness;
    if (fault !== undefined) return reply.code(503).send({ status: 'not ready', reason: fault });
    return { status: 'ready' };
  };
  addPath(app, '/healthz', { GET: { onRequest, handler: async () => ({ status: 'ok' }) } });
  addPath(app, '/readyz', { GET: { onRequest, handler: readyz } });
}
