import type { Readable } from 'node:stream';
import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ImportRunner } from '../../imports/running/runner.js';
import { addPath } from '../methods.js';
import type { Services } from '../services.js';
import { takeBody } from '../take-body.js';
import { postFreeswitch } from './hook-freeswitch.js';
import type { Take } from './hook-request.js';
import { postTwilio } from './hook-twilio.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/hooks/*`: dialers post each call as it ends. 204 means that the call is durable or no attempt; a post may be repeated. */
export function hookRoutes(services: Services, calls: NativeCalls, runner: ImportRunner) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (request: FastifyRequest, body: Readable) => takeBody(request, body));
    addPath(app, '/hooks/freeswitch', { POST: postFreeswitch(services, calls, taker(runner)) });
    addPath(app, '/hooks/twilio', { POST: postTwilio(services, taker(runner)) });
  };
}

function taker(runner: ImportRunner): Take {
  return async (reply, operation, campaign_id, reading) => {
    if (reading.kind === 'rejected') {
      const faults = [{ field: 'call', reason: reading.reason }];
      throw new RecuentoError('invalid-records', { values: { count: 1 }, faults });
    }
    if (reading.kind === 'leg') await runner.feed(operation, campaign_id, reading);
    return reply.code(204).send();
  };
}
