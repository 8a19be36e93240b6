import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance } from 'fastify';
import { asCatalogueError } from '../errors.js';
import { addPath } from '../methods.js';
import { noteError } from '../request-log.js';
import type { Services } from '../services.js';
import { renderError } from './envelope.js';
import { information } from './information.js';
import { profileOf } from './profile.js';
import { ReplyRoom } from './reply-room.js';
import { reportsManager } from './reports-manager.js';

/** The documented API: `/api/v2/*`, with its own envelope for replies and errors. */
export function vendorApi(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('Access-Control-Allow-Origin', services.allow_origin);
      reply.header('Cache-Control', 'no-store');
    });
    app.setNotFoundHandler(() => {
      throw new RecuentoError('unknown-path');
    });
    app.setErrorHandler((thrown, request, reply) => {
      const error = asCatalogueError(thrown, request.id);
      noteError(request, error);
      if (error.details.retry_after_s !== undefined) reply.header('Retry-After', error.details.retry_after_s);
      return reply
        .code(error.status)
        .header('Cache-Control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(renderError(error, profileOf(request)));
    });
    const room = new ReplyRoom(services.reply_memory_bytes);
    addPath(app, '/information.php', { GET: information(services) });
    addPath(app, '/reports_manager.php', { GET: reportsManager(services, room) });
  };
}
