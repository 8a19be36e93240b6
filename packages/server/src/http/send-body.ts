import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Bytes of one write: large enough that a reply of 8 MB is a few writes, small enough that the reader starts early. */
const SLICE_BYTES = 1024 * 1024;

/**
 * Sends a body from memory, slice by slice, as fast as the caller reads. `beforeLast` is awaited before the last slice is
 * sent, so a caller that has the whole reply finds its slot free. It also runs when the caller hangs up.
 */
export function sendBody(
  reply: FastifyReply,
  parts: readonly Buffer[],
  beforeLast: () => Promise<void>,
): FastifyReply {
  reply.header('Content-Length', sizeOf(parts));
  const body = Readable.from(slices(parts, beforeLast), { objectMode: false });
  // A body that is never read to its end (HEAD, or a caller that hangs up) is closed too.
  body.once('close', () => {
    beforeLast().catch((error: unknown) => reply.log.error({ err: error }, 'a reply could not be ended'));
  });
  return reply.send(body);
}

export function sizeOf(parts: readonly Buffer[]): number {
  return parts.reduce((bytes, part) => bytes + part.length, 0);
}

async function* slices(parts: readonly Buffer[], beforeLast: () => Promise<void>): AsyncGenerator<Buffer> {
  let held: Buffer | undefined;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += SLICE_BYTES) {
      if (held) yield held;
      held = part.subarray(at, at + SLICE_BYTES);
    }
  }
  await beforeLast();
  if (held) yield held;
}
