import { createGunzip } from 'node:zlib';
import { RecuentoError } from '@recuento/contract';
import { GatheredBytes } from '../attempts/gathered-bytes.js';
import { malformedBody } from './malformed-body.js';

/**
 * How many times larger a body may become. Attempts, customers and telephones grow 10 to 70 times, and up to 150 times
 * with one value that repeats in each; gzip itself can reach 1,030 (measured in decision 0019).
 */
const RATIO_MAX = 200;

/** Any body may become this large, however small it was: reading it takes some tens of milliseconds. */
const FREE_BYTES = 4 * 1024 * 1024;

/** Size of the decompressed pieces; each is made off the event loop. */
const PIECE_BYTES = 256 * 1024;

/** Is called with the size of each decompressed piece. It may delay the decompression, or refuse it. */
export type Grow = (bytes: number) => Promise<void>;

/**
 * Decompresses gzip piece by piece, off the event loop. It stops at the first piece that is too much, so a few kilobytes
 * never become more than the ratio allows.
 *
 * @throws RecuentoError malformed-body, body-too-large; and what `grow` throws
 */
export async function gunzipped(body: Buffer, limit_bytes: number, grow?: Grow): Promise<Buffer> {
  const most = Math.min(limit_bytes, Math.max(FREE_BYTES, body.length * RATIO_MAX));
  const gathered = new GatheredBytes(most);
  for await (const piece of piecesOf(body)) {
    if (gathered.length + piece.length > most) {
      if (most === limit_bytes) throw new RecuentoError('body-too-large', { values: { limit: limit_bytes } });
      throw malformedBody(`ITS GZIP STREAM BECOMES MORE THAN ${RATIO_MAX} TIMES AS LARGE`);
    }
    await grow?.(piece.length);
    gathered.add(piece);
  }
  return gathered.take();
}

async function* piecesOf(body: Buffer): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: PIECE_BYTES });
  stream.end(body);
  try {
    for await (const piece of stream) yield piece;
  } catch (error) {
    throw malformedBody('ITS GZIP STREAM IS BROKEN', error);
  }
}
