import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { Reading } from '../../imports/reading/reading.js';

/** Stores the call that a post describes, and answers the post. @throws RecuentoError invalid-records; what the store throws */
export type Take = (
  reply: FastifyReply,
  operation: Operation,
  campaign_id: number,
  reading: Reading,
) => Promise<FastifyReply>;

/** The body, unchanged. */
export function hookBody(request: FastifyRequest): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
