import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Encoder } from '@toondepauw/node-zstd';
import Negotiator from 'negotiator';

/** A body with its encoding; `encoding` is absent where the body is not encoded. */
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

/** The encoding that the caller prefers, if it is one of ours; among equally preferred ones the fastest. */
export function chooseEncoding(accept_encoding: string | undefined): Encoding | undefined {
  if (!accept_encoding) return undefined;
  const caller: Preferring = new Negotiator({ headers: { 'accept-encoding': accept_encoding } });
  const [best] = caller.encodings([...PREFERENCE, 'identity'], { preferred: PREFERENCE });
  return PREFERENCE.find((encoding) => encoding === best);
}

/** With `preferred`, negotiator puts those first among equals. It can since version 1.0; its published types are older. */
interface Preferring {
  encodings(available: readonly string[], options: { readonly preferred: readonly string[] }): string[];
}
