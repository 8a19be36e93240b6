import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/usage`: today's calls of the documented API by token, and what is left of the quota. Any scope. */
export function usagePath(services: Services, calls: NativeCalls): Handlers {
  const { calls: counted, tokens } = services.accounts;
  return {
    GET: calls.ofOperation(['report', 'ingest', 'admin'], async ({ operation }) => {
      const today = await counted.today(operation);
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
    }),
  };
}
