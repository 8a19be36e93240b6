import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  apiOf,
  CATALOGUE,
  type Endpoint,
  errorsOf,
  problemSchema,
  vendorErrorSchema,
} from '@recuento/contract';
import { Decoder } from '@toondepauw/node-zstd';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { looksForDocumentedApi } from '../src/http/documented-path.js';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { openApiDocument } from '../src/http/openapi/document.js';

/** A request and what came of it. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Paths for people, the documentation and the console: HTML, which OpenAPI does not describe. */
export const PAGES = /^\/((docs|assets)(\/.*)?|machine-codes|list-quality|imports|tokens|administration)?$/;

const DOCUMENT = JSON.parse(JSON.stringify(openApiDocument('en', 'http://127.0.0.1')));
const AJV = addFormats
  .default(new Ajv2020({ strict: false, allErrors: true }))
  .addSchema(DOCUMENT, 'document');

/** What of a reply the OpenAPI document does not say, or undefined. */
export async function undocumented(exchange: Exchange): Promise<string | undefined> {
  const { method, url, status } = exchange;
  const path = (url.split('?', 1)[0] ?? '').replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  if (PAGES.test(path)) return undefined;
  const fault = await faultOf(exchange, path);
  return fault && `${method} ${url.slice(0, 300)} → ${status}: ${fault}`;
}

async function faultOf(exchange: Exchange, path: string): Promise<string | undefined> {
  const { method, status } = exchange;
  // A path without parameters goes before one that fits with them: `/v1/imports/preview` is no import.
  const exact = ENDPOINTS.filter((endpoint) => endpoint.path === path);
  const here = exact.length > 0 ? exact : ENDPOINTS.filter((endpoint) => isPathOf(endpoint, path));
  if (here.length === 0) return nowhereFault(exchange, path);
  if (method === 'OPTIONS') return status === 204 ? undefined : oneOfRefusals(exchange, path);
  const wanted = method === 'HEAD' ? 'GET' : method;
  const callable = here.filter((endpoint) => endpoint.method === wanted);
  if (callable.length === 0)
    return status === 405 ? refusalFault(exchange, path) : oneOfRefusals(exchange, path);
  // Which of the calls of one path it is, `api` says; where it says none of them, any of them refuses it.
  const api = new URL(exchange.url, 'http://127.0.0.1').searchParams.getAll('api');
  const isNamed = (one: Endpoint) => api.length === 1 && api[0] === apiOf(one);
  const has_another_method = here.some((one) => one.method !== wanted && isNamed(one));
  const named = callable.length > 1 || has_another_method ? callable.filter(isNamed) : callable;
  if (named.length === 0) return refusalFault(exchange, path);
  return replyFault(exchange, named[0]);
}

/** Where nothing is served 404 is no answer to whoever looks for the documented API: it says "no calls" there. */
function nowhereFault(exchange: Exchange, path: string): Promise<string | undefined> | string {
  if (exchange.status === 404 && looksForDocumentedApi(path))
    return '404 where the documented API is looked for';
  return exchange.status === 404 ? refusalFault(exchange, path) : oneOfRefusals(exchange, path);
}

function isPathOf({ path }: Endpoint, asked: string): boolean {
  const pattern = path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]*');
  return new RegExp(`^${pattern}$`).test(asked);
}

async function replyFault(exchange: Exchange, endpoint: Endpoint | undefined): Promise<string | undefined> {
  if (!endpoint) return 'no call of the document';
  const pointer = [endpoint.path, endpoint.method.toLowerCase(), 'responses', String(exchange.status)];
  const response = pointer.reduce((value, key) => value?.[key], DOCUMENT.paths);
  // The operation of a path has what any of its calls may be answered.
  if (response === undefined || !isAnswered(endpoint, exchange.status))
    return `the status is not one of ${endpoint.id}`;
  const error_id = errorIn(exchange);
  if (error_id !== undefined && !errorsOf(endpoint).some((id) => id === error_id))
    return `the error ${error_id} is not one of ${endpoint.id}`;
  const missing = Object.entries<{ $ref?: string; required?: boolean }>(response.headers ?? {}).filter(
    ([name, header]) => requiredHeader(header) && exchange.headers[name.toLowerCase()] === undefined,
  );
  if (missing.length > 0) return `no header ${missing.map(([name]) => name).join(', ')}`;
  const body = await decoded(exchange);
  if (response.content === undefined) return body.length === 0 ? undefined : 'a body that is not documented';
  if (exchange.method === 'HEAD') return undefined;
  const media = mediaOf(exchange);
  if (!(media in response.content)) return `the type ${media} is not one of ${endpoint.id}`;
  if (!/\bjson$/.test(media)) return undefined;
  return (
    ownFault(endpoint, exchange.status, media, body) ??
    schemaFault(['paths', ...pointer, 'content', media, 'schema'], body)
  );
}

/** Each error links to its page in the documentation. */
function errorIn({ headers }: Exchange): string | undefined {
  return /\/docs\/errors\/([a-z-]+)/.exec(String(headers.link ?? ''))?.[1];
}

function isAnswered(endpoint: Endpoint, status: number): boolean {
  return status in endpoint.replies || errorsOf(endpoint).some((id) => CATALOGUE[id].status === status);
}

/** What is not as the call's own schemas say, where the document has it beside others. */
function ownFault(endpoint: Endpoint, status: number, media: string, body: Buffer): string | undefined {
  const { bodies, alternatives = [] } = endpoint.replies[status] ?? {};
  const schemas = [bodies ?? {}, ...alternatives].flatMap((one) => one[media] ?? []);
  if (endpoint.api_kind !== 'documented' || schemas.length === 0) return undefined;
  const found = schemas.map((schema) => schema.safeParse(parsed(body)));
  return found.some(({ success }) => success) ? undefined : found[0]?.error?.message;
}

function requiredHeader({ $ref, required }: { $ref?: string; required?: boolean }): boolean {
  return (
    ($ref === undefined ? required : DOCUMENT.components.headers[$ref.split('/').at(-1) ?? ''].required) ===
    true
  );
}

/** A refusal of something that the document does not have: any entry of the catalogue in the face's own form. */
async function refusalFault(exchange: Exchange, path: string): Promise<string | undefined> {
  if (exchange.status < 400) return 'a call that is not documented';
  if (exchange.method === 'HEAD') return undefined;
  const is_native = ENDPOINTS.some(
    (endpoint) => endpoint.api_kind !== 'documented' && isPathOf(endpoint, path),
  );
  const schema = looksForDocumentedApi(path) && !is_native ? vendorErrorSchema : problemSchema;
  const { success, error } = schema.safeParse(parsed(await decoded(exchange)));
  return success ? undefined : error.message;
}

/** What a stop, a fault or a broken request does wherever it is sent. */
async function oneOfRefusals(exchange: Exchange, path: string): Promise<string | undefined> {
  if ([400, 401, 403, 404, 408, 413, 415, 417, 431, 500, 503].includes(exchange.status))
    return refusalFault(exchange, path);
  return 'a call that is not documented';
}

const validators = new Map<string, ValidateFunction>();

function schemaFault(pointer: readonly string[], body: Buffer): string | undefined {
  const key = `document#/${pointer.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`;
  const validate = validators.get(key) ?? AJV.compile({ $ref: key });
  validators.set(key, validate);
  if (validate(parsed(body))) return undefined;
  return AJV.errorsText(validate.errors?.slice(0, 5));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined; // which no schema takes
  }
}

function mediaOf({ headers }: Exchange): string {
  return String(headers['content-type'] ?? '').split(';', 1)[0] ?? '';
}

const zstd = new Decoder();

async function decoded({ headers, body }: Exchange): Promise<Buffer> {
  if (body.length === 0) return body;
  switch (headers['content-encoding']) {
    case 'gzip':
      return gunzipSync(body);
    case 'br':
      return brotliDecompressSync(body);
    case 'zstd':
      return zstd.decode(body);
    default:
      return body;
  }
}
