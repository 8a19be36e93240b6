import type { FastifyRequest } from 'fastify';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { actingHolder } from './caller.js';

/** `/v1/usage`: calls of the documented API today, by token, and what is left. Any scope. */
export function usagePath(services: Services): Handlers {
  const { calls, tokens } = services.accounts;
  return {
    GET: async (request: FastifyRequest) => {
      const { operation } = await actingHolder(request, services, 'report', 'ingest', 'admin');
      const today = await calls.today(operation);
      const list = await tokens.list(operation.id);
      return {
        operation: operation.server,
        time_zone: operation.time_zone,
        day: today.day,
        calls_limit: today.quota.limit,
        calls_used: today.quota.limit - today.quota.left,
        calls_left: today.quota.left,
        reset_seconds: today.quota.reset_s,
        tokens: list.map(({ id, name }) => ({ id, name, calls: today.tokens.get(id) ?? 0 })),
        limits: operation.limits,
      };
    },
  };
}
