import { createHash } from 'node:crypto';
import {
  type Attempt,
  attemptSchema,
  type FieldFault,
  MAX_BODY_BYTES,
  RecuentoError,
  readAttempt,
  textFault,
} from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import { faultsOf, parseJson, parseJsonArray } from '../body.js';
import type { MethodRoute } from '../methods.js';
import type { Services } from '../services.js';
import { NDJSON_TYPE, textBody } from './body.js';
import type { Calls } from './caller.js';

const KEY_MAX_CHARS = 255; // as long as the header is in the services that made it common

/** `POST /v1/attempts`: all of them or none. 201 means durable and visible. */
export function postAttempts(services: Services, calls: Calls): MethodRoute {
  const { idempotency } = services.accounts;
  return calls.ofOperation(
    ['ingest'],
    async ({ request, reply, operation }) => {
      const key = idempotencyKey(request);
      const text = await textBody(request);
      const fingerprint = key && createHash('sha256').update(text).digest('hex');
      const seen = key && fingerprint ? await idempotency.find(operation.id, key, fingerprint) : undefined;
      if (seen !== undefined) return reply.code(201).send({ received: seen });
      const records = isNdjson(request) ? splitNdjson(text) : parseJsonArray(text);
      const limit = operation.limits.max_records;
      if (records.length > limit) {
        throw new RecuentoError('too-many-records', { values: { records: records.length, limit } });
      }
      const attempts = parseAttempts(records);
      await services.uploads.accept(operation, attempts);
      if (key && fingerprint) await idempotency.remember(operation.id, key, fingerprint, attempts.length);
      return reply.code(201).send({ received: attempts.length });
    },
    { body_max_bytes: MAX_BODY_BYTES },
  );
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || textFault(key, KEY_MAX_CHARS)) {
    const form = `1 to ${KEY_MAX_CHARS} characters`;
    throw new RecuentoError('bad-parameter', { values: { parameter: 'Idempotency-Key', form } });
  }
  return key;
}

function isNdjson(request: FastifyRequest): boolean {
  return (request.headers['content-type'] ?? '').toLowerCase().startsWith(NDJSON_TYPE);
}

/** Lines end with LF or CRLF; empty ones are passed over. */
function splitNdjson(text: string): unknown[] {
  const records: unknown[] = [];
  text.split('\n').forEach((line, at) => {
    if (line.trim() !== '') records.push(parseJson(line, `LINE ${at + 1} IS NOT JSON`));
  });
  return records;
}

/** @throws RecuentoError invalid-records with every bad record's index, field and reason */
function parseAttempts(records: readonly unknown[]): Attempt[] {
  const attempts: Attempt[] = [];
  const faults: FieldFault[] = [];
  records.forEach((record, index) => {
    const read = readAttempt(record);
    if (read) {
      attempts.push(read);
      return;
    }
    const parsed = attemptSchema.safeParse(record);
    if (parsed.success) attempts.push(parsed.data);
    else faults.push(...faultsOf(parsed.error, index));
  });
  if (faults.length > 0)
    throw new RecuentoError('invalid-records', { values: { count: faults.length }, faults });
  return attempts;
}
