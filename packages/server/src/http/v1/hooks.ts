import { FIELD_LIMITS, RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { Reading } from '../../imports/formats/format.js';
import type { ImportRunner } from '../../imports/runner.js';
import { secretOrPasswordOf } from '../authenticate.js';
import { addPath } from '../methods.js';
import type { Services } from '../services.js';
import { identifyCaller } from './caller.js';
import { postFreeswitch } from './hook-freeswitch.js';
import { postTwilio } from './hook-twilio.js';
import { parameter } from './query.js';

/** What a switch or Twilio posts of one call: some kilobytes, some tens of them where a form encodes a long flow. */
const HOOK_MAX_BYTES = 1024 * 1024;

/** `/v1/hooks/*`: dialers post each call as it ends. 204 means durable, or no attempt; a post may be sent again. */
export function hookRoutes(services: Services, runner: ImportRunner) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', async (_request: FastifyRequest, body: AsyncIterable<Buffer>) =>
      bounded(body),
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

/** Takes in what a post says of a call, and answers it. @throws RecuentoError invalid-records; what the store throws */
export type Take = (
  reply: FastifyReply,
  operation: Operation,
  campaign_id: number,
  reading: Reading,
) => Promise<FastifyReply>;

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

/**
 * The campaign of a hook's address. FreeSWITCH puts `?uuid=...` behind whatever address it was given, so behind
 * `?campaign_id=1001` too.
 *
 * @throws RecuentoError missing-parameters, bad-parameter
 */
export function hookCampaign(request: FastifyRequest): number {
  const text = parameter(request, 'campaign_id');
  if (text === undefined) {
    throw new RecuentoError('missing-parameters', { values: { parameters: 'campaign_id' } });
  }
  const digits = /^(\d{1,10})(?:\?uuid=.*)?$/.exec(text)?.[1];
  const id = Number(digits ?? 0);
  if (id >= 1 && id <= FIELD_LIMITS.campaign_id_max) return id;
  const form = `a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`;
  throw new RecuentoError('bad-parameter', { values: { parameter: 'campaign_id', form } });
}

/** The body as it came. */
export function hookBody(request: FastifyRequest): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** @throws RecuentoError body-too-large */
async function bounded(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > HOOK_MAX_BYTES)
      throw new RecuentoError('body-too-large', { values: { limit: HOOK_MAX_BYTES } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
