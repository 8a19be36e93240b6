import { gzipSync } from 'node:zlib';

export const MIB = 1024 ** 2;
/** The largest body that a service takes. */
export const MOST = 32 * MIB;

/** A text again and again, up to so many bytes. */
export const filled = (bytes: number, text: string): Buffer => Buffer.alloc(bytes, text);

export const around = (before: string, middle: Buffer, after: string): Buffer =>
  Buffer.concat([Buffer.from(before), middle, Buffer.from(after)]);

/** Compressed once: it is small, and takes long to make. */
export function gzipped(make: () => Buffer): () => Buffer {
  let made: Buffer | undefined;
  return () => {
    made ??= gzipSync(make());
    return made;
  };
}

export const GZIP = { 'content-encoding': 'gzip' } as const;
