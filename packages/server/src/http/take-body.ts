import type { Readable } from 'node:stream';
import { RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BodyMemory, BodyTicket } from '../admission/body-memory.js';
import { readWhole } from './body.js';
import { CallerGone } from './errors.js';
import { hangUpSignal } from './hang-up.js';

/** A body that the request may send. */
interface Expected {
  readonly ticket: BodyTicket;
  readonly max_bytes: number;
}

const expected = new WeakMap<FastifyRequest, Expected>();

/**
 * Allows the body of a request to be read, once it is known whose request it is.
 *
 * @param key whose share of memory it uses
 * @param total_ms the time for the whole body, where it is shorter than usual
 * @throws RecuentoError body-too-large when its headers say so: nothing of it is read
 * @throws CallerGone
 */
export function expectBody(
  request: FastifyRequest,
  reply: FastifyReply,
  room: BodyMemory,
  key: string,
  max_bytes: number,
  total_ms?: number,
): void {
  // The connection may have ended during an earlier look-up: then no `close` event comes any more.
  if (reply.raw.destroyed) throw new CallerGone();
  if (Number(request.headers['content-length'] ?? 0) > max_bytes) {
    throw new RecuentoError('body-too-large', { values: { limit: max_bytes } });
  }
  const ticket = room.enter(key, hangUpSignal(reply), total_ms);
  reply.raw.once('close', () => ticket.release());
  expected.set(request, { ticket, max_bytes });
}

/** Reads the whole body. @throws what `readWhole` throws */
export function takeBody(request: FastifyRequest, stream: Readable): Promise<Buffer> {
  const known = expected.get(request);
  if (!known) throw new Error('no body was expected');
  const length = request.headers['content-length'];
  const expected_bytes = length === undefined ? undefined : Number(length);
  return readWhole(stream, known.max_bytes, known.ticket, request.raw.socket, expected_bytes);
}

/** Counts the bytes that a body has after decompression. @throws Refused */
export function grower(request: FastifyRequest): (bytes: number) => Promise<void> {
  return async (bytes) => expected.get(request)?.ticket.grow(bytes);
}
