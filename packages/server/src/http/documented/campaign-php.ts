import { apiQuery, RecuentoError } from '@recuento/contract';
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
import { type ChangeRecords, changeRecords } from './change-records.js';
import { createCampaign } from './create-campaign.js';
import { ENVELOPE_TYPE, renderCreated } from './envelope.js';
import { notServed, unknownApi } from './not-served.js';
import { readList } from './read-list.js';
import { recallRecords } from './recall-records.js';
import { removeRecord } from './remove-record.js';
import type { TakeList } from './take-list.js';

/** By `api`: reads the parameters of the call, and returns what is to be done with the body. */
const UPLOADS: ReadonlyMap<string, (query: unknown) => TakeList> = new Map([
  ['add_dnc', () => addDnc],
  ['add_record', addRecord],
  ['create_campaign', createCampaign],
]);
const REMOVALS: ReadonlyMap<string, (query: unknown) => ChangeRecords> = new Map([
  ['remove_record', removeRecord],
]);
const RECALLS: ReadonlyMap<string, (query: unknown) => ChangeRecords> = new Map([
  ['recall_records', recallRecords],
]);

/** The method of each call: those of the path together are no call's. */
const METHOD_OF: ReadonlyMap<unknown, string> = new Map([
  ...[...UPLOADS.keys()].map((api) => [api, 'POST'] as const),
  ...[...REMOVALS.keys()].map((api) => [api, 'DELETE'] as const),
  ...[...RECALLS.keys()].map((api) => [api, 'PUT'] as const),
]);

/**
 * Accepts bodies of any type: programs in the field send JSON with any type or none. A body is read only after its call
 * was accepted.
 */
export function takeBodiesUnread(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, body, done) => done(null, body));
}

/** `/api/v2/campaign.php`: lists, campaigns and what becomes of records, from programs. */
export function addCampaign(app: FastifyInstance, services: Services): void {
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    refuseMethod(request, reply);
    // Fastify would refuse a malformed media type before the token is checked.
    request.headers['content-type'] = 'application/octet-stream';
  };
  const handlers = {
    POST: postCampaign(services),
    PUT: changeRecords(services, (query) => callOf(RECALLS, query)),
    DELETE: changeRecords(services, (query) => callOf(REMOVALS, query)),
  };
  addPath(app, `/${FILE}`, handlers, { onRequest, otherwise: refuseNotServed(services) });
}

const FILE = 'campaign.php';

/** @throws RecuentoError method-not-allowed, where the call has another method */
function refuseMethod(request: FastifyRequest, reply: FastifyReply): void {
  const { api } = request.query as { api?: unknown };
  const method = METHOD_OF.get(api);
  if (method === undefined || method === request.method) return;
  const allow = `${method}, OPTIONS`;
  reply.header('Allow', allow);
  throw new RecuentoError('method-not-allowed', { values: { allow } });
}

/**
 * The vendor has calls with other methods at this path. The refusal says why they are not served; the token is checked
 * first, as always.
 */
function refuseNotServed(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    refuseMethod(request, reply);
    const { api } = request.query as { api?: unknown };
    const refuse = (query: unknown) => callOf(UPLOADS, query);
    if (notServed(FILE, api)) await acceptCall(services, request, reply, 'ingest', refuse);
  };
}

function postCampaign(services: Services) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = await acceptCall(services, request, reply, 'ingest', (query) => callOf(UPLOADS, query));
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

/** @throws RecuentoError unknown-api, api-not-served, and what reading the call's parameters throws */
function callOf<Call>(calls: ReadonlyMap<string, (query: unknown) => Call>, query: unknown): Call {
  const { api } = readQuery(apiQuery, query);
  const call = calls.get(api);
  if (!call) throw unknownApi(FILE, api);
  return call(query);
}
