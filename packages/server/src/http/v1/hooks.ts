import type { Readable } from 'node:stream';
import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ImportRunner } from '../../imports/runner.js';
import { secretOrPasswordOf } from '../authenticate.js';
import { readWhole } from '../body.js';
import { addPath } from '../methods.js';
import type { Services } from '../services.js';
import { identifyCaller } from './caller.js';
import { postFreeswitch } from './hook-freeswitch.js';
import type { Take } from './hook-request.js';
import { postTwilio } from './hook-twilio.js';

/** What a switch or Twilio posts of one call: some kilobytes, some tens of them where a form encodes a long flow. */
const HOOK_MAX_BYTES = 1024 * 1024;

/** `/v1/hooks/*`: dialers post each call as it ends. 204 means durable, or no attempt; a post may be sent again. */
export function hookRoutes(services: Services, runner: ImportRunner) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request: FastifyRequest, body: Readable) =>
      readWhole(body, HOOK_MAX_BYTES),
    );
    addPath(
      app,
      '/hooks/freeswitch',
      { POST: postFreeswitch(services, taker(runner)) },
      { onRequest: (request) => identifyCaller(request, services, secretOrPasswordOf) },
    );
    // Who calls is told by a signature over the body.
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
