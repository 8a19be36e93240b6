import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendText } from '../docs/send.js';
import { letStrangerIn } from '../door.js';
import { readerOf } from '../language.js';
import { addPath } from '../methods.js';
import { originOf } from '../origin.js';
import type { Services } from '../services.js';
import { openApiDocument } from './document.js';
import { postmanCollection } from './postman.js';

/** `/openapi.json` and `/postman.json`: the documentation for programs, in the caller's language. */
export function descriptions(services: Services) {
  const made: Record<string, typeof openApiDocument | typeof postmanCollection> = {
    '/openapi.json': openApiDocument,
    '/postman.json': postmanCollection,
  };
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', (request, reply) => letStrangerIn(services.admission, request, reply));
    for (const [path, make] of Object.entries(made)) {
      addPath(app, path, {
        GET: (request: FastifyRequest, reply: FastifyReply) => {
          const { language } = readerOf(request);
          const document = make(language, originOf(services, request));
          reply
            .header('Access-Control-Allow-Origin', services.allow_origin)
            .header('Content-Language', language)
            .header('Vary', 'Accept-Language, Accept-Encoding')
            .type('application/json; charset=utf-8');
          return sendText(request, reply, JSON.stringify(document));
        },
      });
    }
  };
}
