import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { compressFor } from '../compress.js';
import { sendText } from '../docs/send.js';
import { letStrangerIn } from '../door.js';
import { addPath } from '../methods.js';
import { PAGE_HEADERS } from '../security-headers.js';
import type { Services } from '../services.js';
import { type ConsoleFile, consoleFiles } from './console-files.js';

/** Screens of the console: whoever opens or reloads one of these addresses gets the page, which shows that screen. */
const SCREENS = ['/', '/machine-codes', '/list-quality', '/imports', '/tokens', '/administration'] as const;

/** A file's name changes with what is in it, so it may be kept for ever. */
const KEPT = 'public, max-age=31536000, immutable';

/** The console: one page and its files. They need no token; what the page shows comes from `/v1`. */
export function consolePages(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(PAGE_HEADERS);
      await letStrangerIn(services.admission, request, reply);
    });
    const { page, assets } = await consoleFiles();
    for (const path of SCREENS) {
      addPath(app, path, {
        GET: (request, reply) =>
          sendText(request, reply.header('Vary', 'Accept-Encoding').type('text/html; charset=utf-8'), page),
      });
    }
    for (const file of assets) {
      addPath(app, file.path, { GET: (request, reply) => sendAsset(request, reply, file) });
    }
  };
}

async function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, bytes }: ConsoleFile,
): Promise<FastifyReply> {
  const { parts, encoding } = await compressFor(request.headers['accept-encoding'], [bytes]);
  if (encoding) reply.header('Content-Encoding', encoding);
  return reply
    .type(type)
    .header('Cache-Control', KEPT)
    .header('Vary', 'Accept-Encoding')
    .send(Buffer.concat(parts));
}
