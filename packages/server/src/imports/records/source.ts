import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of an imported file, and how many bytes of the body have come in. */
export interface Source {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly bytes: () => number;
}

/** 256 KiB of text at a time: fewer, larger steps than zlib's default of 16 KiB. */
export const GUNZIP_CHUNK_BYTES = 256 * 1024;

/** The body as it comes, decompressed where it is gzip. Because it is read step by step, a slow reader slows the sender down. */
export function sourceOf(body: Readable, gzip: boolean): Source {
  if (!gzip) {
    const counted = new CountedChunks(body);
    return { chunks: counted, bytes: () => counted.bytes };
  }
  const gunzip = createGunzip({ chunkSize: GUNZIP_CHUNK_BYTES });
  // Failures of either stream reach the reader through `gunzip`; the callback keeps them from being unhandled.
  pipeline(body, gunzip, () => undefined);
  return { chunks: gunzip, bytes: () => gunzip.bytesWritten };
}

class CountedChunks implements AsyncIterable<Uint8Array> {
  bytes = 0;
  readonly #body: Readable;

  constructor(body: Readable) {
    this.#body = body;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#body as AsyncIterable<Uint8Array>) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }
}
