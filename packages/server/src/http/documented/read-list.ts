import { Readable } from 'node:stream';
import { MAX_BODY_BYTES, type OperationLimits } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from '../../admission/admission.js';
import { textBytes } from '../body.js';
import { assertEncoding } from '../content-encoding.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { Records } from '../records/body-records.js';
import { expectBody, grower, takeBody } from '../take-body.js';

/**
 * Reads the entries of a body that is a JSON array.
 *
 * The call holds a slot while its body comes in, so the body may take no longer than a call may.
 *
 * @throws RecuentoError malformed-body, body-too-large, body-too-slow, unsupported-media-type, too-many-records,
 * unavailable
 */
export async function readList(
  request: FastifyRequest,
  reply: FastifyReply,
  { bodies, desk }: Admission,
  { max_call_ms, max_records }: OperationLimits,
): Promise<Records> {
  assertEncoding(request);
  expectBody(request, reply, bodies, keyOf(request), MAX_BODY_BYTES, max_call_ms);
  const stream: unknown = request.body;
  const body = stream instanceof Readable ? await takeBody(request, stream) : Buffer.alloc(0);
  const bytes = await textBytes(body, request.headers['content-encoding'], { grow: grower(request) });
  return Records.of(bytes, 'array', max_records, desk.body(keyOf(request), hangUpSignal(reply)));
}
