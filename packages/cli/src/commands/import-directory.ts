import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ImportFormatName } from '@recuento/contract';
import { UsageError } from '../usage-error.js';

/** What is sent as one import: a file, or the files of a directory as one stream of JSON or XML documents. */
export type Sending =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'json files'; readonly directory: string; readonly files: readonly string[] };

/**
 * Whether the files of a directory are one import. They are where the records are JSON or XML: such switches write a file for each
 * call, and an import of each would be thousands.
 */
const ARE_ONE_IMPORT: Readonly<Record<ImportFormatName, boolean>> = {
  'asterisk-csv': false,
  'asterisk-custom': false,
  'asterisk-sql': false,
  csv: false,
  'freeswitch-csv': false,
  'freeswitch-json': true,
  'freeswitch-xml': true,
  fusionpbx: false,
  grandstream: false,
  plivo: true,
  twilio: true,
  'vendor-campaign-3': true,
  'vicidial-export': false,
  'vicidial-log': false,
};
const TOGETHER: ReadonlySet<string> = new Set(
  Object.entries(ARE_ONE_IMPORT).flatMap(([format, are]) => (are ? [format] : [])),
);
/** Names of files that are not JSON, in formats that have both kinds. */
const DELIMITED = /\.(?:csv|tsv|txt)(?:\.gz)?$/i;

/**
 * What to send for the given files and directories. A directory means the files in it, in the order of their names,
 * without hidden files and without subdirectories. @throws UsageError when a directory has no files
 */
export async function sendingsOf(format: string, paths: readonly string[]): Promise<Sending[]> {
  const sendings: Sending[] = [];
  for (const path of paths) {
    if (!(await isDirectory(path))) {
      sendings.push({ kind: 'file', file: path });
      continue;
    }
    const files = await filesOf(path);
    const together = TOGETHER.has(format) ? files.filter((file) => !DELIMITED.test(file)) : [];
    const alone = files.filter((file) => !together.includes(file));
    if (together.length > 0) sendings.push({ kind: 'json files', directory: path, files: together });
    sendings.push(...alone.map((file): Sending => ({ kind: 'file', file })));
  }
  return sendings;
}

/** The size of the files on the disk, in bytes. */
export async function bytesOf(files: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const file of files) bytes += (await stat(file)).size;
  return bytes;
}

/** Separates documents (RFC 7464). No document contains it, so a file that was cut off can't swallow the next one. */
const RECORD_SEPARATOR = Buffer.from('\x1e');

/** The files as one stream; files that end in .gz are decompressed. `sent` is called with the bytes read from the disk. */
export async function* jsonTexts(
  files: readonly string[],
  sent: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for (const file of files) {
    yield RECORD_SEPARATOR;
    yield* contentOf(file, sent);
  }
}

/**
 * A carrier log, followed by the log that it refines, as one file. The header of the second log begins on a new line. Files
 * that end in .gz are decompressed.
 */
export async function* carrierFirst(
  carrier_log: string,
  log: string,
  sent: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let last: Buffer | undefined;
  for await (const chunk of contentOf(carrier_log, sent)) {
    last = chunk;
    yield chunk;
  }
  if (last?.at(-1) !== LF) yield Buffer.from([LF]);
  yield* contentOf(log, sent);
}

const LF = 0x0a;

async function* contentOf(file: string, sent: (bytes: number) => void): AsyncGenerator<Buffer> {
  const bytes = createReadStream(file);
  bytes.on('data', (chunk) => sent(chunk.length));
  yield* file.endsWith('.gz') ? gunzipped(bytes, file) : (bytes as AsyncIterable<Buffer>);
}

/** For a request's body: the file is read as fast as it is sent. */
export function streamOf(chunks: AsyncGenerator<Buffer>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await chunks.return(undefined);
    },
  });
}

async function* gunzipped(bytes: Readable, file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  bytes.on('error', (error) => gunzip.destroy(error));
  try {
    yield* bytes.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new UsageError(`${file} cannot be decompressed: ${error instanceof Error ? error.message : error}`);
  }
}

async function filesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(directory, entry.name))
    .sort();
  if (files.length === 0) throw new UsageError(`${directory} has no files`);
  return files;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // opening the file reports what is wrong
  }
}
