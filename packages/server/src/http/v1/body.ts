import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type FieldFault, MAX_BODY_BYTES, RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';

const gunzipAsync = promisify(gunzip);

export const JSON_TYPE = 'application/json';
export const NDJSON_TYPE = 'application/x-ndjson';

/** Bodies of `/v1` come in as bytes; what they are is decided after the token was accepted. */
export function readBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([JSON_TYPE, NDJSON_TYPE], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}

/** The body as text: decompressed where the request says so, and valid UTF-8. @throws RecuentoError */
export async function textBody(request: FastifyRequest): Promise<string> {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) throw malformed('IT IS EMPTY');
  return decodeUtf8(await decompress(body, request.headers['content-encoding']));
}

/** The body as one JSON value. @throws RecuentoError */
export async function jsonBody(request: FastifyRequest): Promise<unknown> {
  return parseJson(await textBody(request), 'IT IS NOT JSON');
}

/** A JSON object that fits its schema. @throws RecuentoError invalid-records with every fault */
export async function bodyAs<Schema extends z.ZodType>(
  request: FastifyRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await jsonBody(request));
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error);
  throw new RecuentoError('invalid-records', { values: { count: faults.length }, faults });
}

/** Unknown fields of one record that are listed by name; a body can hold millions of them. */
const UNKNOWN_LISTED = 32;

/** What is wrong, field by field; `index` says in which record of a list. */
export function faultsOf(error: z.ZodError, index?: number): FieldFault[] {
  const at = index === undefined ? {} : { index };
  const faults: FieldFault[] = [];
  const add = (field: string, reason: string) => {
    // One field can miss two bounds that are told in the same words.
    if (!faults.some((fault) => fault.field === field && fault.reason === reason))
      faults.push({ ...at, field, reason });
  };
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, UNKNOWN_LISTED)) add(printable(key), issue.message);
      const more = issue.keys.length - UNKNOWN_LISTED;
      if (more > 0) add('…', `and ${more} more: ${issue.message}`);
    } else add(issue.path.join('.'), issue.message);
  }
  return faults;
}

/** A field name comes from the caller: long ones are cut before they are sent back. */
function printable(field: string): string {
  return field.length > 64 ? `${field.slice(0, 64)}…` : field;
}

export function parseJson(text: string, reason: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(reason, error);
  }
}

async function decompress(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      try {
        return await gunzipAsync(body, { maxOutputLength: MAX_BODY_BYTES });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ERR_BUFFER_TOO_LARGE') {
          throw new RecuentoError('body-too-large', { values: { limit: MAX_BODY_BYTES } });
        }
        throw malformed('ITS GZIP STREAM IS BROKEN', error);
      }
    default:
      throw new RecuentoError('unsupported-media-type', {
        values: { accepted: 'Content-Encoding gzip, or none' },
      });
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw malformed('IT IS NOT UTF-8', error);
  }
}

function malformed(reason: string, cause?: unknown): RecuentoError {
  return new RecuentoError('malformed-body', { values: { reason }, cause });
}
