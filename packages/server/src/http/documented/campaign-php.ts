import { apiQuery } from '@recuento/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hangUpSignal } from '../hang-up.js';
import { addPath } from '../methods.js';
import { readQuery } from '../read-query.js';
import { sendBody } from '../send-body.js';
import type { Services } from '../services.js';
import { workingOnBody } from '../take-body.js';
import { acceptCall } from './accept-call.js';
import { addDnc } from './add-dnc.js';
import { addRecord } from './add-record.js';
import { createCampaign } from './create-campaign.js';
import { ENVELOPE_TYPE, renderCreated } from './envelope.js';
import { notServed, unknownApi } from './not-served.js';
import { readList } from './read-list.js';
import type { TakeList } from './take-list.js';

/** By `api`: reads the parameters of the call, and returns what is to be done with the body. */
const UPLOADS: ReadonlyMap<string, (query: unknown) => TakeList> = new Map([
  ['add_dnc', () => addDnc],
  ['add_record', addRecord],
  ['create_campaign', createCampaign],
]);

/**
 * Accepts bodies of any type: programs in the field send JSON with any type or none. A body is read only after its call
 * was accepted.
 */
export function takeBodiesUnread(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, body, done) => done(null, body));
}

/** `/api/v2/campaign.php`: lists and campaigns from programs. */
export function addCampaign(app: FastifyInstance, services: Services): void {
  const onRequest = async (request: FastifyRequest) => {
    // Fastify would refuse a malformed media type before the token is checked.
    request.headers['content-type'] = 'application/octet-stream';
  };
  const options = { onRequest, otherwise: refuseNotServed(services) };
  addPath(app, `/${FILE}`, { POST: postCampaign(services) }, options);
}

const FILE = 'campaign.php';

/**
 * The vendor has calls with other methods at this path. The refusal says why they are not served; the token is checked
 * first, as always.
 */
function refuseNotServed(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { api } = request.query as { api?: unknown };
    if (notServed(FILE, api)) await acceptCall(services, request, reply, 'ingest', readQuestion);
  };
}

function postCampaign(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = await acceptCall(services, request, reply, 'ingest', readQuestion);
    const { holder, question: take, lease } = call;
    try {
      await lease.counted;
      const entries = await readList(request, reply, services.admission, holder.operation.limits);
      const sender = { by: holder.token.id, signal: hangUpSignal(reply) };
      const stored = () => take(services, holder.operation, entries, sender);
      const { msg, counts, rejected } = await workingOnBody(request, stored);
      reply.code(201).type(ENVELOPE_TYPE);
      return sendBody(reply, [renderCreated(msg, counts, rejected)], lease.release);
    } catch (error) {
      await lease.release();
      throw error;
    }
  };
}

function readQuestion(query: unknown): TakeList {
  const { api } = readQuery(apiQuery, query);
  const upload = UPLOADS.get(api);
  if (!upload) throw unknownApi(FILE, api);
  return upload(query);
}
