import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance, HTTPMethods, RouteHandlerMethod, RouteOptions } from 'fastify';

export type Handlers = Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', RouteHandlerMethod>>;

const ALL_METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/**
 * One path with all its methods: HEAD goes with GET, OPTIONS tells what there is, and any other method is refused
 * with `Allow` before its body is read.
 */
export function addPath(
  app: FastifyInstance,
  url: string,
  handlers: Handlers,
  options: Omit<RouteOptions, 'method' | 'url' | 'handler'> = {},
): void {
  const methods = Object.keys(handlers) as (keyof Handlers)[];
  const allowed: HTTPMethods[] = [...methods, ...(handlers.GET ? (['HEAD'] as const) : []), 'OPTIONS'];
  const allow = allowed.join(', ');
  for (const method of methods) {
    const handler = handlers[method];
    if (handler) app.route({ ...options, method: method === 'GET' ? ['GET', 'HEAD'] : method, url, handler });
  }
  app.route({
    method: 'OPTIONS',
    url,
    handler: (_request, reply) =>
      reply
        .code(204)
        .header('Allow', allow)
        .header('Access-Control-Allow-Methods', allow)
        .header('Access-Control-Allow-Headers', 'wolkvox-token, wolkvox_server, Authorization, Content-Type')
        .send(),
  });
  app.route({
    method: ALL_METHODS.filter((method) => !allowed.includes(method)),
    url,
    onRequest: (_request, reply, done) => {
      reply.header('Allow', allow);
      done(new RecuentoError('method-not-allowed', { values: { allow } }));
    },
    handler: () => undefined,
  });
}
