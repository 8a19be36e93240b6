import type { Readable } from 'node:stream';
import { MAX_BODY_BYTES, RecuentoError } from '@recuento/contract';
import { type Grow, gunzipped } from './decompress.js';
import { malformedBody } from './malformed-body.js';

/**
 * The body of a request, whole. What comes in behind its limit is read and thrown away, or the sender, who is not done
 * sending, would not see the reply.
 *
 * @throws RecuentoError body-too-large
 */
export async function readWhole(body: Readable, limit_bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > limit_bytes) throw new RecuentoError('body-too-large', { values: { limit: limit_bytes } });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    body.resume();
  }
}

interface Bounds {
  /** What it may come to once it is decompressed. */
  readonly limit_bytes?: number;
  readonly grow?: Grow;
}

/**
 * A body as the bytes of a text: decompressed where the request says so, and without a byte order mark. It stays bytes,
 * since a text of 32 MiB is not made, nor looked through for what is no UTF-8, in one turn.
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
