import {
  changedWords,
  MAX_BODY_BYTES,
  type OnError,
  OwnResults,
  type OwnWord,
  RecuentoError,
  textFault,
  type UploadReply,
  uploadQuery,
} from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import type { GiveTurn } from '../../admission/turns.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import type { MethodRoute } from '../methods.js';
import { readQuery } from '../read-query.js';
import { type RecordForm, Records } from '../records/body-records.js';
import type { Services } from '../services.js';
import { bodyBytes, NDJSON_TYPE } from './body.js';
import { fingerprintOf } from './fingerprint.js';
import type { NativeCalls } from './native-calls.js';
import { readAttempts } from './read-attempts.js';

const KEY_MAX_CHARS = 255; // as in the services that made this header common

/** `POST /v1/attempts`: all of them or none, or those that are valid. 201 means durable and visible. */
export function postAttempts(services: Services, calls: NativeCalls): MethodRoute {
  const { idempotency } = services.accounts;
  return calls.ofOperation(
    ['ingest'],
    async ({ request, reply, operation }) => {
      const { key, on_error, words } = termsOf(request);
      const hung_up = hangUpSignal(reply);
      const bytes = await bodyBytes(request);
      const how = { form: isNdjson(request) ? 'lines' : 'array', on_error, words } as const;
      const give_turn = services.admission.desk.body(keyOf(request), hung_up);
      const store = (claim?: number) =>
        storeAttempts(services, operation, bytes, { ...how, claim }, give_turn);
      if (key === undefined) return reply.code(201).send(await store());
      const fingerprint = await fingerprintOf(bytes, give_turn, how);
      const upload = { operation_id: operation.id, key, fingerprint };
      return reply.code(201).send(await idempotency.once(upload, store, hung_up));
    },
    { body_max_bytes: MAX_BODY_BYTES, takes_rows: true, settle: termsOf },
  );
}

/** Reads the parameters and headers of an upload. @throws RecuentoError bad-parameter */
function termsOf(request: FastifyRequest): UploadTerms {
  return { key: idempotencyKey(request), ...readQuery(uploadQuery, request.query) };
}

interface UploadTerms {
  readonly key: string | undefined;
  readonly on_error: OnError;
  /** Own words that came with the upload: they become the operation's. */
  readonly words?: readonly OwnWord[] | undefined;
}

interface Keyed {
  readonly form: RecordForm;
  /** The claim on its key, where it has one. */
  readonly claim: number | undefined;
}

/**
 * Stores an upload and returns its reply. @throws RecuentoError malformed-body, too-many-records, invalid-records; what
 * the store throws
 */
async function storeAttempts(
  services: Services,
  operation: Operation,
  bytes: Buffer,
  { form, on_error, words, claim }: Omit<UploadTerms, 'key'> & Keyed,
  give_turn: GiveTurn,
): Promise<UploadReply> {
  const records = await Records.of(bytes, form, operation.limits.max_records, give_turn);
  const own = new OwnResults(words ? changedWords(operation.words, words) : operation.words);
  const { attempts, rejected } = await readAttempts(records, on_error, own);
  // Only now: the words of an upload that is refused are not kept.
  if (words) await services.accounts.operations.keepWords(operation.id, words);
  await services.uploads.accept(operation, attempts, give_turn, claim);
  return {
    received: attempts.length,
    ...(rejected && { rejected_total: rejected.total, rejected: rejected.listed }),
  };
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
