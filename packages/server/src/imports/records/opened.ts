import { pipeline, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { constants, createGunzip } from 'node:zlib';
import { LOOK_BYTES, unwrappingOf } from './file-kind.js';
import { resumed } from './resumed.js';
import { GUNZIP_CHUNK_BYTES } from './source.js';

/**
 * How many times larger than its bytes a file may become: DEFLATE itself packs 1,032 bytes into one. Compressed twice, a
 * kilobyte could become a terabyte, and nobody would wait for its end.
 */
export const GROWTH_MAX = { times: 1_100, free_bytes: 16 * 1024 * 1024 };

/** For example a file in UTF-16 that was compressed twice. A deeper nesting is made on purpose. */
const LAYERS_MAX = 3;

/**
 * The text of a file as bytes for `readRecords`: decompressed where its first bytes are those of gzip, whatever its name
 * and headers say, and in UTF-8 where it is in UTF-16. Only its beginning is held in memory.
 *
 * @param is_beginning the bytes are only the beginning of a file: where they end, a gzip stream may be cut short
 * @throws RecuentoError of unwrappingOf, when it is not text
 * @throws whatever the stream throws
 */
export async function openText(chunks: AsyncIterable<Uint8Array>, is_beginning = false): Promise<OpenedText> {
  let opened = chunks;
  let is_utf8 = false;
  for (let layer = 0; layer < LAYERS_MAX; layer += 1) {
    const { begin, whole } = await look(opened);
    const wrapping = unwrappingOf(begin);
    if (wrapping === 'none') return { chunks: whole, is_utf8 };
    is_utf8 = wrapping !== 'gzip';
    opened = wrapping === 'gzip' ? gunzipped(whole, is_beginning) : decoded(whole, wrapping);
  }
  return { chunks: opened, is_utf8 };
}

export interface OpenedText {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** It was in UTF-16 and was converted to UTF-8, whatever encoding was declared. */
  readonly is_utf8: boolean;
}

/**
 * Passes the chunks on, as long as they are no more than GROWTH_MAX allows.
 *
 * @param came returns how many bytes of the body have been read
 * @throws the error that `tooMuch` makes, and whatever the stream throws
 */
export async function* withinGrowth(
  chunks: AsyncIterable<Uint8Array>,
  came: () => number,
  tooMuch: () => Error,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > GROWTH_MAX.free_bytes + came() * GROWTH_MAX.times) throw tooMuch();
    yield chunk;
  }
}

/** The beginning of a file, and the whole file again. */
async function look(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ begin: Buffer; whole: AsyncIterable<Uint8Array> }> {
  const rest = chunks[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < LOOK_BYTES.wait_for) {
    const next = await rest.next();
    if (next.done) break;
    begun.push(next.value);
    bytes += next.value.length;
  }
  const begin = Buffer.concat(begun.map((chunk) => chunk.subarray(0, LOOK_BYTES.max))).subarray(
    0,
    LOOK_BYTES.max,
  );
  return { begin, whole: resumed(begun, rest) };
}

function gunzipped(chunks: AsyncIterable<Uint8Array>, is_beginning: boolean): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({
    chunkSize: GUNZIP_CHUNK_BYTES,
    // Gives what the bytes come to instead of complaining that more should follow.
    ...(is_beginning && { finishFlush: constants.Z_SYNC_FLUSH }),
  });
  // Failures of either stream reach the reader through `gunzip`; the callback keeps them from being unhandled.
  pipeline(Readable.from(chunks, { objectMode: false }), gunzip, () => undefined);
  return gunzip;
}

/** Converts UTF-16 to UTF-8. Invalid characters, such as half a surrogate pair, become U+FFFD. */
async function* decoded(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
