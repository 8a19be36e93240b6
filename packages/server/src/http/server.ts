import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { FIELD_LIMITS, MAX_BODY_BYTES, RecuentoError } from '@recuento/contract';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { clientErrorHandler } from './client-error.js';
import { consolePages } from './console/console-pages.js';
import { documentation } from './docs/docs-pages.js';
import { documentedApi } from './documented/documented-api.js';
import { openDoor } from './door.js';
import { MAX_HEADER_BYTES, unavailable } from './errors.js';
import { refuseExpectations } from './expectations.js';
import { addHealth, HEALTH_PATHS } from './health.js';
import { knowAllMethods } from './methods.js';
import { oneAtATime } from './one-at-a-time.js';
import { assertOneHost } from './one-host.js';
import { descriptions } from './openapi/openapi-documents.js';
import { refusalOf, sendInItsForm } from './refusal.js';
import { logRequests, noteError } from './request-log.js';
import { SECURITY_HEADERS } from './security-headers.js';
import type { Services } from './services.js';
import { nativeApi } from './v1/native-api.js';

/** A telephone in a path has up to 64 characters, each up to twelve when it is percent-encoded. */
const MAX_PARAM_CHARS = 12 * FIELD_LIMITS.telephone_chars;

/**
 * Longer than the minute for which proxies keep a connection. Whoever closes last never sends into a connection that is
 * being closed.
 */
const KEEP_ALIVE_MS = 72_000;

export interface HttpServer {
  readonly app: FastifyInstance;
  /** From now on new requests are refused with 503; those that are being handled are finished. */
  refuseNew(): void;
}

/** A Node server with its own checks and timeouts as this service needs them. */
function httpServer(handle: RequestListener, headers_ms: number): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      // Headers are one packet, or a few. A client that needs longer, or sends nothing at all, would hold a connection
      // for nothing.
      headersTimeout: headers_ms,
      connectionsCheckingInterval: headers_ms / 3,
      requireHostHeader: false, // the hook below asks for it, and refuses with an entry of the catalogue
      requestTimeout: 0, // imports stream for hours; other bodies have their own time limit (admission/patience.ts)
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    oneAtATime(handle),
  );
  server.setTimeout(0); // for the same reason
  return server;
}

/** The whole HTTP server, not listening yet. */
export async function createHttpServer(services: Services): Promise<HttpServer> {
  let refusing = false;
  const app = Fastify({
    loggerInstance: services.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: () => randomUUID(),
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    return503OnClosing: false, // the hook below refuses with an entry of the catalogue
    clientErrorHandler: clientErrorHandler(services.log),
    serverFactory: (handle) => httpServer(handle, services.admission.patience.headers_ms),
    routerOptions: {
      maxParamLength: MAX_PARAM_CHARS,
      // `https://host//api/v2/…` is what a base address with a trailing slash leads to.
      ignoreDuplicateSlashes: true,
      ignoreTrailingSlash: true,
    },
    // A request that fails in the router has no route, so no hooks run for it.
    frameworkErrors: (thrown, request, reply) => {
      const refusal = refusalOf(thrown, request);
      const { status, id } = refusal.error;
      request.log.info({ method: request.method, status, error_id: id }, 'request');
      reply.header('X-Request-Id', request.id).headers(SECURITY_HEADERS);
      return sendInItsForm(services, request, reply, refusal);
    },
  });
  knowAllMethods(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id).headers(SECURITY_HEADERS);
    assertOneHost(request, reply);
    if (refusing && !HEALTH_PATHS.includes(request.routeOptions.url)) throw unavailable();
  });
  refuseExpectations(app);
  openDoor(app, services.admission);
  // Before the body is looked at: the type of a body that is sent to an unknown path does not matter.
  app.addHook('preParsing', async (request) => {
    if (request.is404) throw new RecuentoError('unknown-path');
  });
  // Otherwise the connections of finished requests would stay open, and the stop would wait for their callers.
  app.addHook('onSend', async (_request, reply) => {
    if (refusing) reply.header('Connection', 'close');
  });
  logRequests(app);
  app.setErrorHandler((thrown, request, reply) => {
    const refusal = refusalOf(thrown, request);
    noteError(request, refusal.error);
    if (reply.raw.destroyed) return reply.hijack(); // the caller is gone
    return sendInItsForm(services, request, reply, refusal);
  });
  addHealth(app, services, () => refusing);
  await app.register(descriptions(services));
  await app.register(documentedApi(services), { prefix: '/api/v2' });
  await app.register(nativeApi(services), { prefix: '/v1' });
  await app.register(documentation(services));
  await app.register(consolePages(services));
  return {
    app,
    refuseNew: () => {
      refusing = true;
      services.admission.connections.closeIdle();
    },
  };
}
