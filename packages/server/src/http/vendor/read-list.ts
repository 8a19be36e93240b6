import { Readable } from 'node:stream';
import { MAX_BODY_BYTES, type OperationLimits } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from '../../admission/admission.js';
import { textBytes } from '../body.js';
import { keyOf } from '../door.js';
import { malformedBody } from '../malformed-body.js';
import { Records } from '../records/records.js';
import { expectBody, grower, takeBody } from '../take-body.js';

/**
 * The entries of a body that is a JSON array.
 *
 * A call has a slot while its body comes in, so that may take no longer than a call may.
 *
 * @throws RecuentoError malformed-body, body-too-large, body-too-slow, unsupported-media-type, too-many-records, unavailable
 */
export async function readList(
  request: FastifyRequest,
  reply: FastifyReply,
  { bodies }: Admission,
  { max_call_ms, max_records }: OperationLimits,
): Promise<Records> {
  expectBody(request, reply, bodies, keyOf(request), MAX_BODY_BYTES);
  const body = await within(max_call_ms, reply, async () => {
    const stream: unknown = request.body;
    return stream instanceof Readable ? takeBody(request, stream) : Buffer.alloc(0);
  });
  const bytes = await textBytes(body, request.headers['content-encoding'], { grow: grower(request) });
  return Records.of(bytes, 'array', max_records);
}

/** @throws RecuentoError malformed-body when the time is up; the connection ends with the reply, and the rest with it */
async function within<T>(limit_ms: number, reply: FastifyReply, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reply.header('Connection', 'close');
      reject(malformedBody(`IT DID NOT COME WITHIN ${limit_ms} ms`));
    }, limit_ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
