import type { IncomingMessage, ServerResponse } from 'node:http';
import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance } from 'fastify';

/**
 * Node by itself refuses a request with an expectation that it does not know (`Expect`, RFC 9110, section 10.1.1), and
 * sends none of our headers. Here such a request is handled like any other, and refused with an entry of the catalogue.
 */
export function refuseExpectations(app: FastifyInstance): void {
  const unknown = new WeakSet<IncomingMessage>();
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    unknown.add(request);
    app.server.emit('request', request, response);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!unknown.has(request.raw)) return;
    reply.header('Connection', 'close'); // the body may still come, or never
    throw new RecuentoError('expectation-unknown');
  });
}
