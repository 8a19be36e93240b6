import { readFile } from 'node:fs/promises';
import { isErrorId, RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addPath } from '../methods.js';
import { ERROR_INDEX } from './error-index.js';
import { errorPageOf } from './error-page.js';
import { ERRORS_PATH } from './navigation.js';
import { sendAsset, sendPage } from './send.js';

/**
 * What a browser may do with a page: run and load what comes from here and nothing else, be framed by nobody, and tell
 * nobody where the reader came from.
 */
const PROTECTION = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** `/docs/*`: pages for people, in Spanish and English. Nobody is asked who he is. */
export async function documentation(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(PROTECTION);
  });
  const style = {
    type: 'text/css; charset=utf-8',
    text: await readFile(new URL('style.css', import.meta.url), 'utf8'),
  };
  addPath(app, '/docs/style.css', { GET: (request, reply) => sendAsset(request, reply, style) });
  addPath(app, ERRORS_PATH, { GET: (request, reply) => sendPage(request, reply, ERROR_INDEX) });
  addPath(app, `${ERRORS_PATH}/:id`, {
    GET: (request, reply) => sendPage(request, reply, errorPageOf(errorIdOf(request))),
  });
}

/** @throws RecuentoError unknown-path */
function errorIdOf(request: FastifyRequest) {
  const { id } = request.params as { id: string };
  if (isErrorId(id)) return id;
  throw new RecuentoError('unknown-path');
}
