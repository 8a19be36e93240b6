import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ReportRequest } from '../../reports/report.js';
import { keyOf, STREAM_BYTES } from '../door.js';
import type { TableCall } from './table-call.js';

/** A body that is sent while it is made. */
export interface ChunkedBody {
  readonly chunks: AsyncGenerator<Buffer>;
  /** Checks that come before the body begins; it counts against the call's time. */
  readonly before?: () => Promise<void>;
  /** Sets the headers. It is called when nothing can refuse the call any more. */
  readonly describe: () => void;
}

/**
 * Sends a body of any length. Every refusal comes before the first byte. A failure after it ends the connection, so that half a body
 * never looks like a whole one.
 */
export async function sendChunks(
  { services, request, reply }: Pick<TableCall, 'services' | 'request' | 'reply'>,
  { budget }: ReportRequest,
  { chunks, before, describe }: ChunkedBody,
): Promise<FastifyReply> {
  // A query that fails at once fails here, before the first byte is sent.
  const first = await budget
    .run(async () => {
      await before?.();
      return chunks.next();
    })
    .catch(async (error) => {
      await chunks.return(undefined); // the time may have run out just when the query began
      throw error;
    });
  describe();
  if (request.method === 'HEAD') {
    await chunks.return(undefined);
    return reply.send();
  }
  services.admission.replies.hold(keyOf(request), reply.raw, STREAM_BYTES);
  const body = Readable.from(joined(first.done ? Buffer.alloc(0) : first.value, chunks), {
    objectMode: false,
  });
  // Also for a body of which nothing was read.
  body.once('close', () => {
    chunks
      .return(undefined)
      .catch((error: unknown) => request.log.warn({ err: error }, 'a stream could not be ended'));
  });
  return reply.send(body);
}

async function* joined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}

/** Chunks with bytes before the first and after the last of them. Nothing comes before the first chunk is there. */
export async function* between(
  head: Buffer,
  chunks: AsyncGenerator<Buffer>,
  tail: () => string = () => '',
): AsyncGenerator<Buffer> {
  let waiting = head;
  for await (const chunk of chunks) {
    yield waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    waiting = Buffer.alloc(0);
  }
  const last = Buffer.concat([waiting, Buffer.from(tail())]);
  if (last.length > 0) yield last;
}
