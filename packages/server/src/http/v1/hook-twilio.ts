import { timingSafeEqual } from 'node:crypto';
import { hookQuery, operationQuery, RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { Trunks } from '../../imports/evidence/trunks.js';
import { wholeNumber } from '../../imports/fields/fields.js';
import { parseRfc2822 } from '../../imports/formats/twilio/rfc-2822.js';
import { readTwilioCall } from '../../imports/formats/twilio/twilio-call.js';
import { type Reading, skipped } from '../../imports/reading/reading.js';
import { keyOfOperation, knownAs, letStrangerIn } from '../door.js';
import type { MethodRoute } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { expectBody } from '../take-body.js';
import { hookBody, type Take } from './hook-request.js';
import { TWILIO_FORM_MAX_BYTES, TwilioForm } from './twilio-form.js';

/** HMAC-SHA1, in base64. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

/**
 * `POST /v1/hooks/twilio?operation=&campaign_id=`: Twilio's status callback. Its signature takes the place of a token:
 * Twilio makes it with the auth token that the configuration has for the operation. The signature covers the body, so the
 * body must be read before its sender is known. Until then the body is counted in the small share of memory that
 * strangers have.
 */
export function postTwilio(services: Services, take: Take): MethodRoute {
  const { admission } = services;
  const onRequest: MethodRoute['onRequest'] = async (request, reply) => {
    const token = services.twilio_auth_tokens.of(serverNamedBy(request));
    const given = request.headers['x-twilio-signature'];
    if (typeof given !== 'string' || !SIGNATURE.test(given) || token === undefined) {
      throw new RecuentoError('signature-invalid');
    }
    await letStrangerIn(admission, request, reply);
    expectBody(request, reply, admission.bodies_of_strangers, token.server, TWILIO_FORM_MAX_BYTES);
  };
  const handler: MethodRoute['handler'] = async (request, reply) => {
    const token = services.twilio_auth_tokens.of(serverNamedBy(request));
    const form = new TwilioForm(hookBody(request));
    if (token === undefined || !isSigned(request, form, token.secret, services.public_url)) {
      throw new RecuentoError('signature-invalid');
    }
    // The operation of the auth token, not the named one: they differ where a store of an earlier version has both
    // spellings.
    const operation = await services.accounts.operations.byServer(token.server);
    await knownAs(admission, request, reply, keyOfOperation(operation));
    const { campaign_id } = readQuery(hookQuery, request.query);
    const trunks = services.trunks.withWords(operation.words);
    return take(reply, operation, campaign_id, readForm(form, services.now_ms(), trunks));
  };
  return { onRequest, handler };
}

function serverNamedBy(request: FastifyRequest): string {
  return readQuery(operationQuery, request.query).operation ?? '';
}

function isSigned(
  request: FastifyRequest,
  form: TwilioForm,
  secret: string,
  public_url: string | undefined,
): boolean {
  const given = request.headers['x-twilio-signature'];
  if (typeof given !== 'string') return false;
  const origin = public_url ?? `${request.protocol}://${request.host}`;
  const signature = form.signature(origin + request.url, secret);
  const sent = Buffer.from(given, 'base64');
  return sent.length === signature.length && timingSafeEqual(sent, signature);
}

const NOT_FINAL = skipped('not_final');

/** Reads a callback. One without a status reports something else: a machine that was detected after the answer. */
function readForm(form: TwilioForm, now_ms: number, trunks: Trunks): Reading {
  const field = (name: string) => form.field(name);
  if (field('CallStatus') === '') return NOT_FINAL;
  const duration = field('CallDuration');
  const reported_at_s = parseRfc2822(field('Timestamp')) ?? Math.floor(now_ms / 1_000);
  return readTwilioCall(
    {
      sid: field('CallSid'),
      to: field('To'),
      status: field('CallStatus'),
      // A callback comes at the call's end. Twilio's list has the start itself, which is near enough to be matched to
      // this call.
      started_at_s: reported_at_s - (wholeNumber(duration) ?? 0),
      answered_by: field('AnsweredBy'),
      direction: field('Direction'),
      duration,
      sip: field('SipResponseCode'),
    },
    trunks,
  );
}
