import { hookQuery, RecuentoError } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readFreeswitchCall } from '../../imports/formats/freeswitch-json.js';
import { parseObject } from '../../imports/formats/json-object.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { actingHolder } from './caller.js';
import { hookBody, type Take } from './hook-request.js';

/** `POST /v1/hooks/freeswitch?campaign_id=`: what mod_json_cdr posts of a leg. It posts again unless it gets a 2xx. */
export function postFreeswitch(services: Services, take: Take) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { operation } = await actingHolder(request, services, 'ingest');
    const { campaign_id } = readQuery(hookQuery, request.query);
    const record = parseObject(recordText(request));
    if (typeof record === 'string') {
      throw new RecuentoError('malformed-body', { values: { reason: record.toUpperCase() } });
    }
    return take(reply, operation, campaign_id, readFreeswitchCall(record, services.trunks));
  };
}

/** The JSON itself, or the form field `cdr`, URL-encoded or in base64, as `encode` of json_cdr.conf.xml says. */
function recordText(request: FastifyRequest): string {
  const text = hookBody(request).toString();
  if (!text.startsWith('cdr=')) return text;
  const value = text.slice('cdr='.length);
  if (BASE64.test(value)) return Buffer.from(value, 'base64').toString();
  // Not the whole form: whatever else is in it, only this field is decoded.
  const end = text.indexOf('&');
  return new URLSearchParams(end < 0 ? text : text.slice(0, end)).get('cdr') ?? '';
}

/** A record begins with a brace, which URL encoding never leaves out: `{` or `%7B`. */
const BASE64 = /^[A-Za-z0-9+/=\s]+$/;
