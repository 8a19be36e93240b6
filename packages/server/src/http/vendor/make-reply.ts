import { type OperationLimits, RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallBudget } from '../../reports/budget.js';
import { compressFor } from '../compress.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { sizeOf } from '../send-body.js';
import type { Services } from '../services.js';
import { ENVELOPE_TYPE } from './envelope.js';

/**
 * Has a reply made within the time that a call may take, and compresses it as the caller can read it. Its bytes are counted
 * as the operation's from when it is made.
 *
 * @throws RecuentoError report-timeout, reply-too-large
 */
export async function makeReply(
  { admission: { replies } }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { max_call_ms, max_reply_bytes }: OperationLimits,
  make: (budget: CallBudget) => Promise<readonly Buffer[]>,
): Promise<readonly Buffer[]> {
  const key = keyOf(request);
  const budget = new CallBudget(max_call_ms, hangUpSignal(reply), () => replies.admit(key));
  const parts = await budget.run(async () => {
    const made = await make(budget);
    const bytes = sizeOf(made);
    if (bytes <= max_reply_bytes) return made;
    throw new RecuentoError('reply-too-large', { values: { bytes, limit: max_reply_bytes } });
  });
  replies.hold(key, reply.raw, sizeOf(parts));
  reply.header('Vary', VARY).type(ENVELOPE_TYPE);
  const { parts: encoded, encoding } = await compressFor(request.headers['accept-encoding'], parts);
  if (encoding) reply.header('Content-Encoding', encoding);
  replies.hold(key, reply.raw, sizeOf(encoded));
  return encoded;
}

export const VARY = 'Accept-Encoding, wolkvox-token';
