import type { Readable } from 'node:stream';
import { RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { faultsOf, malformedBody, parseJson, textOf } from '../body.js';
import { grower, takeBody } from '../take-body.js';

export const JSON_TYPE = 'application/json';
export const NDJSON_TYPE = 'application/x-ndjson';

/** Bodies of `/v1` come in as bytes; what they are is decided after the token was accepted. */
export function readBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([JSON_TYPE, NDJSON_TYPE], (request: FastifyRequest, body: Readable) =>
    takeBody(request, body),
  );
}

/** The body as text: decompressed where the request says so, and valid UTF-8. @throws RecuentoError */
export async function textBody(request: FastifyRequest): Promise<string> {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) throw malformedBody('IT IS EMPTY');
  return textOf(body, request.headers['content-encoding'], grower(request));
}

/** The body as one JSON value. @throws RecuentoError */
async function jsonBody(request: FastifyRequest): Promise<unknown> {
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
