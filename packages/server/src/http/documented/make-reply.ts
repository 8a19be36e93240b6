import { type OperationLimits, RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallBudget } from '../../reports/budget.js';
import { chooseEncoding, compressFor, type EncodedBody } from '../compress.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { sizeOf } from '../send-body.js';
import type { Services } from '../services.js';
import { ENVELOPE_TYPE } from './envelope.js';

type Make = (budget: CallBudget) => Promise<readonly Buffer[]>;

/**
 * Makes a reply within the time that a call may take, and compresses it for the caller. From then on its bytes are
 * counted against the operation.
 *
 * @throws RecuentoError report-timeout, reply-too-large
 */
export async function makeReply(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  limits: OperationLimits,
  make: Make,
): Promise<readonly Buffer[]> {
  return send(services, request, reply, await madeOf(services, request, reply, limits, make));
}

/**
 * As `makeReply`, but while the ETag is unchanged a kept reply is sent again instead of being made.
 *
 * @param etag everything that the reply depends on, except its encoding
 */
export async function keptReply(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  etag: string,
  limits: OperationLimits,
  make: Make,
): Promise<readonly Buffer[]> {
  const { admission, kept_replies } = services;
  const key = keyOf(request);
  const name = `${etag} ${chooseEncoding(request.headers['accept-encoding']) ?? ''}`;
  const kept = kept_replies.get(key, name);
  if (kept) {
    admission.replies.admit(key);
    return send(services, request, reply, kept);
  }
  const made = await madeOf(services, request, reply, limits, make);
  kept_replies.keep(key, name, made);
  return send(services, request, reply, made);
}

async function madeOf(
  { admission: { replies } }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { max_call_ms, max_reply_bytes }: OperationLimits,
  make: Make,
): Promise<EncodedBody> {
  const key = keyOf(request);
  const budget = new CallBudget(max_call_ms, hangUpSignal(reply), () => replies.admit(key));
  const parts = await budget.run(async () => {
    const made = await make(budget);
    const bytes = sizeOf(made);
    if (bytes <= max_reply_bytes) return made;
    throw new RecuentoError('reply-too-large', { values: { bytes, limit: max_reply_bytes } });
  });
  replies.hold(key, reply.raw, sizeOf(parts));
  return compressFor(request.headers['accept-encoding'], parts);
}

function send(
  { admission: { replies } }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { parts, encoding }: EncodedBody,
): readonly Buffer[] {
  reply.header('Vary', VARY).type(ENVELOPE_TYPE);
  if (encoding) reply.header('Content-Encoding', encoding);
  replies.hold(keyOf(request), reply.raw, sizeOf(parts));
  return parts;
}

export const VARY = 'Accept-Encoding, wolkvox-token';
