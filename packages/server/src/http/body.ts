import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { MAX_BODY_BYTES, RecuentoError } from '@recuento/contract';
import type { BodyTicket } from '../admission/body-memory.js';
import { GatheredBytes } from '../attempts/gathered-bytes.js';
import { type Grow, gunzipped } from './decompress.js';
import { malformedBody } from './malformed-body.js';

/**
 * Reads the whole body of a request. Its bytes are counted by `ticket` as they come; while there is no room the body is
 * left unread. Bytes beyond the limit are read and thrown away, because a sender that is still sending would not see the
 * reply.
 *
 * @param expected_bytes the length that the headers announce, where they do
 * @throws RecuentoError body-too-large, body-too-slow
 * @throws Refused when there was no room in time
 */
export async function readWhole(
  body: Readable,
  limit_bytes: number,
  ticket: BodyTicket,
  socket: Socket,
  expected_bytes?: number,
): Promise<Buffer> {
  const gathered = new GatheredBytes(expected_bytes);
  const { late, end } = lateness(body, ticket, socket);
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), late]);
      if (next.done) return gathered.take();
      const bytes = gathered.length + next.value.length;
      if (bytes > limit_bytes) throw new RecuentoError('body-too-large', { values: { limit: limit_bytes } });
      await ticket.grow(next.value.length);
      gathered.add(next.value);
    }
  } finally {
    end();
    // Not awaited: the next piece of a late body is still pending.
    chunks.return?.().catch(() => undefined);
    body.resume();
  }
}

/** Rejects when the sender of a body is too slow. */
function lateness(body: Readable, ticket: BodyTicket, socket: Socket) {
  let end = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    end = ticket.watch(body, socket, () => reject(new RecuentoError('body-too-slow')));
  });
  late.catch(() => undefined); // it may reject while the body waits for room and nobody listens
  return { late, end };
}

interface Bounds {
  /** The most bytes it may have after decompression. */
  readonly limit_bytes?: number;
  readonly grow?: Grow;
}

/**
 * A body as the bytes of a text: decompressed where the request says so, and without a byte order mark. It stays bytes:
 * converting 32 MiB to a string, or checking them for invalid UTF-8, would take too long for one turn of the event loop.
 *
 * @param encoding the request's Content-Encoding
 * @throws RecuentoError malformed-body, body-too-large, unsupported-media-type; and what `grow` throws
 */
export async function textBytes(
  body: Buffer,
  encoding: string | undefined,
  { limit_bytes = MAX_BODY_BYTES, grow }: Bounds = {},
): Promise<Buffer> {
  if (body.length === 0) throw malformedBody('IT IS EMPTY');
  const bytes = await decompressed(body, encoding, limit_bytes, grow);
  if (bytes.length > limit_bytes)
    throw new RecuentoError('body-too-large', { values: { limit: limit_bytes } });
  return bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? bytes.subarray(BYTE_ORDER_MARK.length)
    : bytes;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

async function decompressed(
  body: Buffer,
  encoding: string | undefined,
  limit_bytes: number,
  grow: Grow | undefined,
): Promise<Buffer> {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      return gunzipped(body, limit_bytes, grow);
    default:
      throw new RecuentoError('unsupported-media-type', {
        values: { accepted: 'Content-Encoding gzip, or none' },
      });
  }
}
