import type { IncomingMessage, ServerResponse } from 'node:http';
import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance } from 'fastify';

/**
 * What a request expects and nobody knows (`Expect`, RFC 9110, section 10.1.1) Node would refuse by itself, with none of
 * our headers. It is a request like any other here, and refused as one.
 */
export function refuseExpectations(app: FastifyInstance): void {
  const unknown = new WeakSet<IncomingMessage>();
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    unknown.add(request);
    app.server.emit('request', request, response);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!unknown.has(request.raw)) return;
    reply.header('Connection', 'close'); // its body may come all the same, or never
    throw new RecuentoError('expectation-unknown');
  });
}
