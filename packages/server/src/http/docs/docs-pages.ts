import { readFile } from 'node:fs/promises';
import { type Endpoint, isErrorId, RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { letStrangerIn } from '../door.js';
import { ENDPOINTS } from '../endpoints.js';
import { addPath } from '../methods.js';
import { originOf } from '../origin.js';
import { PAGE_HEADERS } from '../security-headers.js';
import type { Services } from '../services.js';
import { callPageOf } from './call-page.js';
import { ERROR_INDEX } from './error-index.js';
import { errorPageOf } from './error-page.js';
import { indexPage } from './index-page.js';
import { DOCS_PATH, ERRORS_PATH, SERVED_PATH } from './navigation.js';
import { sendAsset, sendPage } from './send.js';
import { SERVED_PAGE } from './served-page.js';

/** Files that pages load, and what each is made of. The colours are those of the console. */
const ASSETS = [
  {
    name: 'style.css',
    type: 'text/css; charset=utf-8',
    parts: [import.meta.resolve('@recuento/console/colours.css'), new URL('style.css', import.meta.url)],
  },
  ...['tabs.js', 'try.js'].map((name) => ({
    name,
    type: 'text/javascript; charset=utf-8',
    parts: [new URL(name, import.meta.url)],
  })),
];

/** `/docs/*`: pages for people, in Spanish and English. They need no token. */
export function documentation(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(PAGE_HEADERS);
      await letStrangerIn(services.admission, request, reply);
    });
    for (const { name, type, parts } of ASSETS) {
      const texts = await Promise.all(parts.map((part) => readFile(new URL(part), 'utf8')));
      const asset = { type, text: texts.join('\n') };
      addPath(app, `${DOCS_PATH}/${name}`, { GET: (request, reply) => sendAsset(request, reply, asset) });
    }
    addPath(app, DOCS_PATH, {
      GET: (request, reply) => sendPage(request, reply, indexPage(originOf(services, request))),
    });
    addPath(app, `${DOCS_PATH}/calls/:id`, {
      GET: (request, reply) =>
        sendPage(request, reply, callPageOf(endpointOf(request), originOf(services, request))),
    });
    addPath(app, SERVED_PATH, { GET: (request, reply) => sendPage(request, reply, SERVED_PAGE) });
    addPath(app, ERRORS_PATH, { GET: (request, reply) => sendPage(request, reply, ERROR_INDEX) });
    addPath(app, `${ERRORS_PATH}/:id`, {
      GET: (request, reply) => sendPage(request, reply, errorPageOf(errorIdOf(request))),
    });
  };
}

/** @throws RecuentoError unknown-path */
function endpointOf(request: FastifyRequest): Endpoint {
  const { id } = request.params as { id: string };
  const found = ENDPOINTS.find((endpoint) => endpoint.id === id);
  if (found) return found;
  throw new RecuentoError('unknown-path');
}

/** @throws RecuentoError unknown-path */
function errorIdOf(request: FastifyRequest) {
  const { id } = request.params as { id: string };
  if (isErrorId(id)) return id;
  throw new RecuentoError('unknown-path');
}
