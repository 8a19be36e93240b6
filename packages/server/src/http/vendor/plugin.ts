import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance } from 'fastify';
import { asCatalogueError, errorHeaders } from '../errors.js';
import { addPath } from '../methods.js';
import { noteError } from '../request-log.js';
import type { Services } from '../services.js';
import { addCampaign, takeBodiesUnread } from './campaign.js';
import { ENVELOPE_TYPE, renderError } from './envelope.js';
import { information } from './information.js';
import { profileOf } from './profile.js';
import { reportsManager } from './reports-manager.js';

/** What a browser's program may read of a reply beside its body and type. */
const EXPOSED = 'X-Request-Id, Link, RateLimit, RateLimit-Policy, Retry-After, ETag';

/** The documented API: `/api/v2/*`, with its own envelope for replies and errors. */
export function vendorApi(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('Access-Control-Allow-Origin', services.allow_origin);
      reply.header('Access-Control-Expose-Headers', EXPOSED);
      reply.header('Cache-Control', 'no-store');
    });
    app.setNotFoundHandler(() => {
      throw new RecuentoError('unknown-path');
    });
    app.setErrorHandler((thrown, request, reply) => {
      const error = asCatalogueError(thrown, request.id);
      noteError(request, error);
      if (reply.raw.destroyed) return reply.hijack(); // there is nobody to make a reply for
      return reply
        .code(error.status)
        .headers(errorHeaders(error))
        .type(ENVELOPE_TYPE)
        .send(renderError(error, profileOf(request)));
    });
    takeBodiesUnread(app);
    addPath(app, '/information.php', { GET: information(services) });
    addPath(app, '/reports_manager.php', { GET: reportsManager(services) });
    addCampaign(app, services);
  };
}
