import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Encoder } from '@toondepauw/node-zstd';

/** A body with the encoding it is in; one that is not encoded has none. */
export interface EncodedBody {
  readonly parts: readonly Buffer[];
  readonly encoding?: Encoding;
}

export type Encoding = 'zstd' | 'br' | 'gzip';

/** Fastest first: a report is compressed once and read once, so time counts more than the last per cent. */
const PREFERENCE: readonly Encoding[] = ['zstd', 'br', 'gzip'];

/** Below this the saving is smaller than what a packet wastes anyway. */
const WORTH_BYTES = 1_024;

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);
const zstd = new Encoder(3);

/** Compresses on the thread pool, off the event loop, as `Accept-Encoding` allows (RFC 9110, section 12.5.3). */
export async function compressFor(
  accept_encoding: string | undefined,
  parts: readonly Buffer[],
): Promise<EncodedBody> {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  const encoding = bytes < WORTH_BYTES ? undefined : chooseEncoding(accept_encoding);
  if (!encoding) return { parts };
  return { encoding, parts: [await encode(encoding, Buffer.concat(parts))] };
}

function encode(encoding: Encoding, bytes: Buffer): Promise<Buffer> {
  switch (encoding) {
    case 'zstd':
      return zstd.encode(bytes);
    case 'br':
      return brotliAsync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    case 'gzip':
      return gzipAsync(bytes, { level: 4 });
  }
}

/** The encoding with the caller's highest weight; among equals, ours. */
export function chooseEncoding(accept_encoding: string | undefined): Encoding | undefined {
  if (!accept_encoding) return undefined;
  const weights = new Map(accept_encoding.split(',').map(parseWeight));
  const weightOf = (encoding: string) => weights.get(encoding) ?? weights.get('*') ?? 0;
  let best: Encoding | undefined;
  for (const encoding of PREFERENCE) {
    if (weightOf(encoding) > (best ? weightOf(best) : 0)) best = encoding;
  }
  return best;
}

function parseWeight(item: string): [string, number] {
  const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return [name, weight >= 0 && weight <= 1 ? weight : 0];
}
