import type { FastifyInstance } from 'fastify';
import { addPath } from '../methods.js';
import { refusalOf } from '../refusal.js';
import { noteError } from '../request-log.js';
import type { Services } from '../services.js';
import { addCampaign, takeBodiesUnread } from './campaign-php.js';
import { information } from './information-php.js';
import { unknownPath } from './not-served.js';
import { realTime } from './real-time-php.js';
import { reportsManager } from './reports-manager.js';
import { sendRefusal, setVendorHeaders } from './send-refusal.js';

/** The documented API: `/api/v2/*`, with its own envelope for replies and errors. */
export function documentedApi(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (_request, reply) => setVendorHeaders(reply, services.allow_origin));
    app.setNotFoundHandler(({ url }) => {
      throw unknownPath(url);
    });
    app.setErrorHandler((thrown, request, reply) => {
      const { error } = refusalOf(thrown, request);
      noteError(request, error);
      if (reply.raw.destroyed) return reply.hijack(); // the caller is gone
      return sendRefusal(request, reply, error);
    });
    takeBodiesUnread(app);
    addPath(app, '/information.php', { GET: information(services) });
    addPath(app, '/real_time.php', { GET: realTime(services) });
    addPath(app, '/reports_manager.php', { GET: reportsManager(services) });
    addCampaign(app, services);
  };
}
