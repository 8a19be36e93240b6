import { METHODS } from 'node:http';
import { RecuentoError } from '@recuento/contract';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
  RouteHandlerMethod,
  RouteOptions,
} from 'fastify';

/** What a method does, and what is settled before its body is read. */
export type MethodRoute = Pick<RouteOptions, 'handler' | 'onRequest'>;

export type Handlers = Partial<
  Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', RouteHandlerMethod | MethodRoute>
>;

/** All that Node reads, so that none of them makes a path look as if it were not there. CONNECT has no path. */
const ALL_METHODS: readonly HTTPMethods[] = METHODS.filter((method) => method !== 'CONNECT');

/** Lets paths be added for methods that Fastify does not know by itself, too. */
export function knowAllMethods(app: FastifyInstance): void {
  const known = new Set(app.supportedMethods);
  for (const method of ALL_METHODS) if (!known.has(method)) app.addHttpMethod(method);
}

/** What a browser's program may send: what the API reads, and what libraries and proxies add of their own. */
const ALLOWED_HEADERS = [
  'wolkvox-token',
  'wolkvox_server',
  'wolkvox-server',
  'Authorization',
  'Content-Type',
  'Content-Encoding',
  'If-None-Match',
  'Idempotency-Key',
  'Cache-Control',
  'X-Requested-With',
].join(', ');

/** As long as Chromium remembers it at most; it changes with a new version alone. */
const PREFLIGHT_HOLDS_S = 7_200;

interface PathOptions extends Omit<RouteOptions, 'method' | 'url' | 'handler'> {
  /** Before a method is refused that the path does not have: may refuse it with something else. */
  readonly otherwise?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/**
 * One path with all its methods: HEAD goes with GET, OPTIONS tells what there is, and any other method is refused
 * with `Allow` before its body is read.
 */
export function addPath(
  app: FastifyInstance,
  url: string,
  handlers: Handlers,
  { otherwise, ...options }: PathOptions = {},
): void {
  const methods = Object.keys(handlers) as (keyof Handlers)[];
  const allowed: HTTPMethods[] = [...methods, ...(handlers.GET ? (['HEAD'] as const) : []), 'OPTIONS'];
  const allow = allowed.join(', ');
  for (const method of methods) {
    const handler = handlers[method];
    if (!handler) continue;
    const route = typeof handler === 'function' ? { handler } : handler;
    app.route({ ...options, ...route, method: method === 'GET' ? ['GET', 'HEAD'] : method, url });
  }
  app.route({
    method: 'OPTIONS',
    url,
    // Here, as everybody may ask it: a body is not read.
    onRequest: (_request, reply) => {
      reply
        .code(204)
        .header('Allow', allow)
        .header('Access-Control-Allow-Methods', allow)
        .header('Access-Control-Allow-Headers', ALLOWED_HEADERS)
        .header('Access-Control-Max-Age', PREFLIGHT_HOLDS_S)
        .send();
    },
    handler: () => undefined,
  });
  app.route({
    method: ALL_METHODS.filter((method) => !allowed.includes(method)),
    url,
    onRequest: async (request, reply) => {
      await otherwise?.(request, reply);
      reply.header('Allow', allow);
      throw new RecuentoError('method-not-allowed', { values: { allow } });
    },
    handler: () => undefined,
  });
}
