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

/** What a method does, and what is checked before its body is read. */
export type MethodRoute = Pick<RouteOptions, 'handler' | 'onRequest'>;

export type Handlers = Partial<
  Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', RouteHandlerMethod | MethodRoute>
>;

/** All methods that Node parses, so that an unusual method does not get a 404. CONNECT has no path. */
const ALL_METHODS: readonly HTTPMethods[] = METHODS.filter((method) => method !== 'CONNECT');

/** Lets paths be added for methods that Fastify does not know by default. */
export function knowAllMethods(app: FastifyInstance): void {
  const known = new Set(app.supportedMethods);
  for (const method of ALL_METHODS) if (!known.has(method)) app.addHttpMethod(method);
}

/** The headers that a program in a browser may send: those that the API reads, and those that libraries and proxies add. */
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

/** Two hours, the longest that Chromium remembers it. It changes only with a new version. */
const PREFLIGHT_HOLDS_S = 7_200;

interface PathOptions extends Omit<RouteOptions, 'method' | 'url' | 'handler'> {
  /** Called before a method is refused that the path does not have; it may refuse with another error. */
  readonly otherwise?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/**
 * Adds one path with all its methods: HEAD goes with GET, OPTIONS lists the methods, and any other method is refused with
 * `Allow` before its body is read.
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
    // Answered here, before the body is read, as anybody may ask.
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
