import { FIELD_LIMITS, RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { Reading } from '../../imports/formats/format.js';
import { parameter } from './query.js';

/** Takes in what a post says of a call, and answers it. @throws RecuentoError invalid-records; what the store throws */
export type Take = (
  reply: FastifyReply,
  operation: Operation,
  campaign_id: number,
  reading: Reading,
) => Promise<FastifyReply>;

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
