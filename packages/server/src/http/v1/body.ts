import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { textBytes } from '../body.js';
import { Faults } from '../faults.js';
import { decodeUtf8, malformedBody, parseJson } from '../malformed-body.js';
import { grower, takeBody } from '../take-body.js';

export const JSON_TYPE = 'application/json';
export const NDJSON_TYPE = 'application/x-ndjson';

/**
 * Bodies that are one object: an operation, a token, a campaign. A name of 1,024 characters, all written as escapes, has
 * 12 KiB at most; the rest is short.
 */
export const OBJECT_MAX_BYTES = 64 * 1024;

/** Bodies of `/v1` are read as bytes; they are parsed after the token was accepted. */
export function readBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([JSON_TYPE, NDJSON_TYPE], (request: FastifyRequest, body: Readable) =>
    takeBody(request, body),
  );
}

/** For calls that need no body: programs name some type all the same. */
export function readAnyBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest, body: Readable) => takeBody(request, body));
}

/** The body as the bytes of a text, decompressed where the request says so. @throws RecuentoError */
export async function bodyBytes(request: FastifyRequest, limit_bytes?: number): Promise<Buffer> {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) throw malformedBody('IT IS EMPTY');
  return textBytes(body, request.headers['content-encoding'], {
    ...(limit_bytes !== undefined && { limit_bytes }),
    grow: grower(request),
  });
}

/**
 * The body as an object that fits its schema. @throws RecuentoError invalid-records with the number of faults and the
 * first of them
 */
export async function bodyAs<Schema extends z.ZodType>(
  request: FastifyRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  const bytes = await bodyBytes(request, OBJECT_MAX_BYTES);
  const parsed = schema.safeParse(parseJson(decodeUtf8(bytes), 'IT IS NOT JSON'));
  if (parsed.success) return parsed.data;
  const faults = new Faults();
  faults.addAll(parsed.error);
  throw faults.error();
}
