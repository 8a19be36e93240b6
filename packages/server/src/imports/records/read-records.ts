import { transcode } from 'node:buffer';
import type { Encoding } from '@recuento/contract';
import type { GiveTurn } from '../../admission/turns.js';
import { readJsonRecords } from './json-records.js';
import { LINE_MAX_BYTES, readLines } from './lines.js';
import { piecesOf } from './pieces.js';
import type { RecordBatch } from './record-batch.js';
import { resumed } from './resumed.js';
import { readXmlRecords } from './xml-records.js';

/**
 * `json`: JSON records (`readJsonRecords`), where `list_key` names the list of a reply. `either`: JSON records when the
 * first byte that is not white space is a bracket, else lines; no line of such a format begins with a bracket. `xml`:
 * documents `<cdr>`.
 */
export type Cut =
  | { readonly into: 'lines' }
  | { readonly into: 'xml' }
  | { readonly into: 'json' | 'either'; readonly list_key?: string };

/** Cuts a file into its records; others get their turn meanwhile, by `give_turn`. @throws whatever the stream throws */
export async function* readRecords(
  file: AsyncIterable<Uint8Array>,
  cut: Cut = { into: 'lines' },
  encoding: Encoding,
  give_turn: GiveTurn,
): AsyncGenerator<RecordBatch> {
  const pieces = piecesOf(file, give_turn);
  const bytes = encoding === 'latin1' ? asUtf8(pieces) : pieces;
  if (cut.into === 'json') yield* readJsonRecords(bytes, cut.list_key);
  else if (cut.into === 'xml') yield* readXmlRecords(bytes);
  else if (cut.into === 'lines') yield* linesOf(bytes, encoding);
  else {
    const chunks = bytes[Symbol.asyncIterator]();
    const { begun, first } = await beginning(chunks);
    const whole = resumed(begun, chunks);
    yield* BRACKETS.has(first) ? readJsonRecords(whole, cut.list_key) : linesOf(whole, encoding);
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<RecordBatch> {
  for await (const { first, texts, too_long, not_utf8 } of readLines(bytes)) {
    const refused = encoding === 'utf-8' ? [...not_utf8].map(notUtf8) : [];
    const faults =
      too_long.size + refused.length === 0 ? NONE : new Map([...refused, ...[...too_long].map(tooLong)]);
    yield { first, texts, faults, latin1: encoding === 'auto' ? not_utf8.size : 0 };
  }
}

async function* asUtf8(latin1: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of latin1) yield transcode(chunk, 'latin1', 'utf8');
}

const NONE: ReadonlyMap<number, string> = new Map();
const notUtf8 = (at: number): [number, string] => [at, 'it is not UTF-8'];
const tooLong = (at: number): [number, string] => [at, `it is longer than ${LINE_MAX_BYTES} bytes`];

/** `{` and `[`. */
const BRACKETS: ReadonlySet<number | undefined> = new Set([0x7b, 0x5b]);
/** White space, control characters (RS begins a JSON text of a sequence) and the byte order mark. */
const isPassedOver = (byte: number) => byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf;
/** The most white space before the first other byte; a file with more of it counts as lines. */
const BEGINNING_MAX_BYTES = 64 * 1024;

/** Reads until a byte shows what the file is. */
async function beginning(
  chunks: AsyncIterator<Uint8Array>,
): Promise<{ begun: Uint8Array[]; first: number | undefined }> {
  const begun: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < BEGINNING_MAX_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    begun.push(next.value);
    bytes += next.value.length;
    const first = next.value.find((byte) => !isPassedOver(byte));
    if (first !== undefined) return { begun, first };
  }
  return { begun, first: undefined };
}
