import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addPath } from './methods.js';
import type { Services } from './services.js';

/** Longer than any healthy store takes for `SELECT 1`; a probe that waits longer is of no use. */
const PROBE_MS = 5_000;

/** `/healthz`: the process lives. `/readyz`: both stores answer and it takes requests. Neither needs a token. */
export function addHealth(app: FastifyInstance, services: Services, isStopping: () => boolean): void {
  addPath(app, '/healthz', { GET: async () => ({ status: 'ok' }) });
  addPath(app, '/readyz', { GET: readiness });

  async function readiness(request: FastifyRequest, reply: FastifyReply) {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    const notReady = (reason: string, error?: unknown) => {
      request.log.warn({ err: error, reason, request_id: request.id }, 'not ready');
      return reply.code(503).send({ status: 'not ready', reason });
    };
    if (services.disk.fault) return notReady(services.disk.fault);
    try {
      await services.accounts.ping();
    } catch (error) {
      return notReady('accounts', error);
    }
    try {
      await services.engine.read({
        sql: 'SELECT 1 FORMAT TSV',
        fair_key: 'probe',
        max_ms: PROBE_MS,
        signal: AbortSignal.timeout(PROBE_MS),
      });
      return { status: 'ready' };
    } catch (error) {
      return notReady('engine', error);
    }
  }
}
