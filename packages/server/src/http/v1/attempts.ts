import {
  type Attempt,
  attemptSchema,
  MAX_BODY_BYTES,
  RecuentoError,
  readAttempt,
  textFault,
} from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { GiveTurn } from '../../attempts/turns.js';
import { keyOf } from '../door.js';
import { Faults } from '../faults.js';
import { hangUpSignal } from '../hang-up.js';
import type { MethodRoute } from '../methods.js';
import { type RecordForm, Records } from '../records/records.js';
import type { Services } from '../services.js';
import { bodyBytes, NDJSON_TYPE } from './body.js';
import type { Calls } from './caller.js';
import { fingerprintOf } from './fingerprint.js';

const KEY_MAX_CHARS = 255; // as long as the header is in the services that made it common

/** `POST /v1/attempts`: all of them or none. 201 means durable and visible. */
export function postAttempts(services: Services, calls: Calls): MethodRoute {
  const { idempotency } = services.accounts;
  return calls.ofOperation(
    ['ingest'],
    async ({ request, reply, operation }) => {
      const key = idempotencyKey(request);
      const hung_up = hangUpSignal(reply);
      const bytes = await bodyBytes(request);
      const form = isNdjson(request) ? 'lines' : 'array';
      const give_turn = services.admission.desk.body(keyOf(request), hung_up);
      const store = () => storeAttempts(services, operation, bytes, form, give_turn);
      if (key === undefined) return reply.code(201).send({ received: await store() });
      const upload = { operation_id: operation.id, key, fingerprint: await fingerprintOf(bytes, give_turn) };
      return reply.code(201).send({ received: await idempotency.once(upload, store, hung_up) });
    },
    { body_max_bytes: MAX_BODY_BYTES, takes_rows: true, settle: idempotencyKey },
  );
}

/** How many were stored. @throws RecuentoError malformed-body, too-many-records, invalid-records; what the store throws */
async function storeAttempts(
  services: Services,
  operation: Operation,
  bytes: Buffer,
  form: RecordForm,
  give_turn: GiveTurn,
): Promise<number> {
  const records = await Records.of(bytes, form, operation.limits.max_records, give_turn);
  const attempts = await parseAttempts(records);
  await services.uploads.accept(operation, attempts, give_turn);
  return attempts.length;
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

/** @throws RecuentoError malformed-body, invalid-records with how many faults there are and the first of them */
async function parseAttempts(records: Records): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const faults = new Faults();
  await records.each({
    read: (record, index) => {
      const read = readAttempt(record);
      if (read) {
        attempts.push(read);
        return 'short';
      }
      const parsed = attemptSchema.safeParse(record);
      if (parsed.success) attempts.push(parsed.data);
      else faults.addAll(parsed.error, index);
      return 'long';
    },
    pass: (reason, index) => faults.add({ index, field: '', reason }),
  });
  if (faults.count > 0) throw faults.error();
  return attempts;
}
