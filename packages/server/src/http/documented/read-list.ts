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
 * @throws RecuentoError malformed-body, body-too-large, body-too-slow, unsupported-media-type, too-many-records,
 * unavailable
 */
export async function readList(
  request: FastifyRequest,
  reply: FastifyReply,
  admission: Admission,
  { max_call_ms, max_records }: OperationLimits,
): Promise<Records> {
  const bytes = await readBytes(request, reply, admission, MAX_BODY_BYTES, max_call_ms);
  return Records.of(bytes, 'array', max_records, admission.desk.body(keyOf(request), hangUpSignal(reply)));
}

/**
 * Reads a body as the bytes of a text. The call holds a slot while its body comes in, so the body may take no longer than a call may.
 *
 * @param max_bytes the most it may have, also after decompression
 * @throws RecuentoError malformed-body, body-too-large, body-too-slow, unsupported-media-type, unavailable
 */
export async function readBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  { bodies }: Admission,
  max_bytes: number,
  max_call_ms: number,
): Promise<Buffer> {
  assertEncoding(request);
  expectBody(request, reply, bodies, keyOf(request), max_bytes, max_call_ms);
  const stream: unknown = request.body;
  const body = stream instanceof Readable ? await takeBody(request, stream) : Buffer.alloc(0);
  return textBytes(body, request.headers['content-encoding'], {
    limit_bytes: max_bytes,
    grow: grower(request),
  });
}
