import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Written at once: large enough that a reply of 8 MB is a few writes, small enough that the reader starts early. */
const SLICE_BYTES = 1024 * 1024;

/**
 * Sends a body that lies in memory, slice by slice, as fast as the caller reads. `beforeLast` is awaited before the
 * last slice goes out, so that a caller that has its reply finds its slot free; it also runs when the caller hangs up.
 */
export function sendBody(
  reply: FastifyReply,
  parts: readonly Buffer[],
  beforeLast: () => Promise<void>,
): FastifyReply {
  reply.header('Content-Length', sizeOf(parts));
  const body = Readable.from(slices(parts, beforeLast), { objectMode: false });
  // A body that is never read to its end (HEAD, a caller that hangs up) is closed all the same.
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
