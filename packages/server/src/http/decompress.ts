import { createGunzip } from 'node:zlib';
import { RecuentoError } from '@recuento/contract';
import { GatheredBytes } from '../attempts/gathered-bytes.js';
import { malformedBody } from './malformed-body.js';

/**
 * How often a body may be larger than what was sent for it. Attempts, customers and telephones come to 10 to 70, with one
 * value that repeats in each to 150; gzip itself can do 1,030 (measured in decision 0019).
 */
const RATIO_MAX = 200;

/** What may come out of however little: it is read in some tens of milliseconds. */
const FREE_BYTES = 4 * 1024 * 1024;

/** Bytes of one piece that comes out; each is made off the event loop. */
const PIECE_BYTES = 256 * 1024;

/** Is told of bytes that a body comes to while it is decompressed, and may hold it up, or refuse it. */
export type Grow = (bytes: number) => Promise<void>;

/**
 * What gzip made smaller, piece by piece off the event loop. It stops at the first piece too many: a few kilobytes never
 * become more than their ratio allows.
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
