import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import type { Came } from './call.js';
import { OF_A } from './scene.js';

/** Headers that say what a body is. The others tell of the moment: the date, the request's id, the day's calls. */
const HEADERS = [
  'content-type',
  'content-encoding',
  'content-disposition',
  'content-language',
  'content-length',
  'cache-control',
  'etag',
  'link',
  'location',
  'vary',
] as const satisfies readonly (keyof IncomingHttpHeaders)[];

/** What may differ from one moment to the next, whoever asks. */
const OF_THE_MOMENT: readonly RegExp[] = [
  /"request_id":"[0-9a-f-]{36}"/g,
  /"(?:calls|calls_used|calls_left|reset_seconds)":\d+/g,
  /"(?:token_use_today|all_token_today|available_consumption_options)":"\d+"/g,
];
const HOW_LONG_A_BODY_IS = new Set(['/v1/usage', '/api/v2/information.php']);

/** All of a reply that must be the same whenever it is asked: status, headers, every byte. */
export function told(path: string, { status, headers, body }: Came): Buffer {
  const kept = HEADERS.filter(
    (name) => name !== 'content-length' || !HOW_LONG_A_BODY_IS.has(path.split('?')[0] ?? ''),
  );
  const head = kept.map((name) => `${name}: ${headers[name] ?? ''}`).join('\n');
  // An archive says when it was made; its files are compared.
  if (headers['content-type']?.includes('spreadsheetml')) {
    return Buffer.concat([
      Buffer.from(`${status}\n${head.replace(/content-length.*/, '')}\n`),
      ...files(body),
    ]);
  }
  const masked = isText(headers) ? Buffer.from(masks(body.toString('latin1')), 'latin1') : body;
  return Buffer.concat([Buffer.from(`${status}\n${head}\n\n`), masked]);
}

/** Whether a reply has anything of A: in its bytes, or in what they are when decompressed. */
export function hasAnythingOfA({ headers, body }: Came): boolean {
  if (body.includes(OF_A)) return true;
  const encoding = headers['content-encoding'];
  try {
    if (encoding === 'gzip') return gunzipSync(body).includes(OF_A);
    if (encoding === 'br') return brotliDecompressSync(body).includes(OF_A);
    return (
      headers['content-type']?.includes('spreadsheetml') === true && Buffer.concat(files(body)).includes(OF_A)
    );
  } catch {
    return false; // it is no archive: that it differs is told anyway
  }
}

function isText({ 'content-type': type, 'content-encoding': encoding }: IncomingHttpHeaders): boolean {
  return encoding === undefined && type?.includes('json') === true;
}

function masks(text: string): string {
  return OF_THE_MOMENT.reduce((masked, pattern) => masked.replace(pattern, ''), text);
}

function files(archive: Buffer): Buffer[] {
  try {
    const entries = Object.entries(unzipSync(archive)).sort(([a], [b]) => (a < b ? -1 : 1));
    return entries.flatMap(([name, bytes]) => [Buffer.from(`${name}\n`), Buffer.from(bytes)]);
  } catch {
    return [archive];
  }
}
