import { hookQuery, RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import { readFreeswitchCall } from '../../imports/formats/freeswitch/freeswitch-json.js';
import { parseObject } from '../../imports/formats/json-object.js';
import { secretOrPasswordOf } from '../authenticate.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { malformedBody } from '../malformed-body.js';
import type { MethodRoute } from '../methods.js';
import { readQuery } from '../read-query.js';
import { RecordCutter } from '../records/record-cutter.js';
import type { Services } from '../services.js';
import { hookBody, type Take } from './hook-request.js';
import type { NativeCalls } from './native-calls.js';

/** What a switch posts for one call: some kilobytes, or some tens of them where a form encodes a long call flow. */
const BODY_MAX_BYTES = 1024 * 1024;

/** `POST /v1/hooks/freeswitch?campaign_id=`: a leg as mod_json_cdr posts it. FreeSWITCH posts it again unless it gets a 2xx. */
export function postFreeswitch(services: Services, calls: NativeCalls, take: Take): MethodRoute {
  const terms = {
    body_max_bytes: BODY_MAX_BYTES,
    readSecret: secretOrPasswordOf,
    takes_rows: true,
    settle: ({ query }: FastifyRequest) => readQuery(hookQuery, query),
  };
  return calls.ofOperation(
    ['ingest'],
    async ({ request, reply, operation }) => {
      await services.admission.desk.body(keyOf(request), hangUpSignal(reply))();
      const { campaign_id } = readQuery(hookQuery, request.query);
      const record = parseObject(bounded(recordText(request)));
      if (typeof record === 'string') {
        const reason = isHalfEncoded(request) ? HALF_ENCODED : record.toUpperCase();
        throw new RecuentoError('malformed-body', { values: { reason } });
      }
      const trunks = services.trunks.withWords(operation.words);
      return take(reply, operation, campaign_id, readFreeswitchCall(record, trunks));
    },
    terms,
  );
}

/** A record has some hundreds of variables, a flow for each transfer, and seven levels. */
const BOUNDS = { bytes: BODY_MAX_BYTES, depth: 32, values: 20_000 };
const WORDS = { bytes: 'BYTES', depth: 'LEVELS', values: 'VALUES' };

/** @throws RecuentoError malformed-body when the record exceeds a bound: parsing 1 MiB of brackets takes too long */
function bounded(text: string): string {
  const bytes = Buffer.from(text);
  const cut = new RecordCutter(bytes, 'one', 1, BOUNDS);
  cut.step(bytes.length);
  const beyond = cut.beyond.get(0);
  if (beyond !== undefined)
    throw malformedBody(`ITS RECORD HAS MORE THAN ${BOUNDS[beyond]} ${WORDS[beyond]}`);
  return text;
}

/** The JSON itself, or the form field `cdr`, URL-encoded or in base64, as `encode` of json_cdr.conf.xml says. */
function recordText(request: FastifyRequest): string {
  const text = hookBody(request).toString();
  if (!text.startsWith('cdr=')) return text;
  const value = text.slice('cdr='.length);
  if (BASE64.test(value)) return Buffer.from(value, 'base64').toString();
  // Not the whole form: only this field is decoded, whatever other fields there are.
  const end = text.indexOf('&');
  return new URLSearchParams(end < 0 ? text : text.slice(0, end)).get('cdr') ?? '';
}

/**
 * With `encode` "true", and `encode-values` "true" (the default), FreeSWITCH encodes the values first, and does not encode
 * their escapes again with the whole. After one decoding a quote in a value ends that value (signalwire/freeswitch#3152),
 * and the original cannot be restored.
 */
const HALF_ENCODED =
  'IT IS NOT JSON WHEN IT IS DECODED; SET encode TO "false" IN json_cdr.conf.xml, OR encode-values TO "false"';

/**
 * Whether a record that is not JSON came in an encoded form, where quotes in values look like those of JSON once they are
 * decoded.
 */
function isHalfEncoded(request: FastifyRequest): boolean {
  return /^cdr=(?:%7B|\{)/i.test(hookBody(request).toString('latin1', 0, 16));
}

/** Base64 has no brace, and a record that is URL-encoded always begins with one: `{` or `%7B`. */
const BASE64 = /^[A-Za-z0-9+/=\s]+$/;
