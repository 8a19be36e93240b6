import {
  CATALOGUE,
  type Endpoint,
  type ErrorId,
  errorsOf,
  type Language,
  problemSchema,
  RecuentoError,
  type Reply,
  type Text,
  vendorErrorSchema,
} from '@recuento/contract';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { renderError } from '../documented/envelope.js';
import { ENDPOINTS } from '../endpoints.js';
import { EXAMPLE_REQUEST_ID, problemOf } from '../v1/problem.js';
import { VERSION } from '../version.js';
import { localized } from './localized.js';
import { type Operation, operationsOf } from './operations.js';
import { REPLY_HEADERS, REQUEST_HEADERS, SECURITY_SCHEMES, securityOf } from './shared-parts.js';
import { TAGS } from './tags.js';

export type OpenApiDocument = ReturnType<typeof createDocument>;

/**
 * The OpenAPI 3.1 document of the whole service, in one language. It is made from the schemas that requests are read
 * with, and from the catalogue of errors.
 *
 * @param origin the address of the service as seen from outside, such as `http://127.0.0.1:8080`
 */
export function openApiDocument(language: Language, origin: string): OpenApiDocument {
  const document = made.get(language) ?? makeDocument(language);
  made.set(language, document);
  return { ...document, servers: [{ url: origin }] };
}

/** Kept, because making one takes some hundredths of a second and anybody may ask for it. */
const made = new Map<Language, OpenApiDocument>();

function makeDocument(language: Language): OpenApiDocument {
  const paths: Record<string, ZodOpenApiPathsObject[string]> = {};
  for (const operation of operationsOf(ENDPOINTS)) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(operation, language) };
  }
  const document = createDocument({
    openapi: '3.1.1',
    info: { title: 'Recuento', version: VERSION, description: ABOUT[language] },
    tags: Object.values(TAGS).map((name) => ({ name: name[language] })),
    paths,
    components: { securitySchemes: SECURITY_SCHEMES },
  });
  return localized(document, language);
}

const ABOUT: Text = {
  en: 'For every telephone that an operation dialed, how each attempt ended.',
  es: 'Para cada teléfono que una operación marcó, cómo terminó cada intento.',
};

function operationOf(endpoint: Operation, language: Language): ZodOpenApiOperationObject {
  const { id, api_kind, title, path_parameters, query, body } = endpoint;
  return {
    operationId: id,
    summary: title[language],
    description: proseOf(endpoint, language),
    tags: [TAGS[api_kind][language]],
    security: securityOf(endpoint),
    requestParams: {
      ...(path_parameters && { path: path_parameters }),
      ...(query && { query }),
      ...headersOf(endpoint),
    },
    ...(body && { requestBody: { required: true, content: contentOf(body, endpoint.body_examples) } }),
    responses: { ...repliesOf(endpoint, language), ...refusalsOf(endpoint, language) },
  };
}

function headersOf({ api_kind, headers }: Endpoint): { header?: z.ZodObject } {
  const all = { ...REQUEST_HEADERS[api_kind]?.shape, ...headers?.shape };
  return Object.keys(all).length === 0 ? {} : { header: z.object(all) };
}

/** Description, benefit and how it works, as Markdown. */
function proseOf({ description, benefit, how = [] }: Endpoint, language: Language): string {
  const points = how.map((point) => `- ${point[language]}`).join('\n');
  return [description[language], benefit?.[language] ?? '', points]
    .filter((part) => part !== '')
    .join('\n\n');
}

function contentOf(bodies: NonNullable<Reply['bodies']>, body_examples: Operation['body_examples'] = {}) {
  const examples = Object.entries(body_examples).map(([id, value]) => [id, { value }]);
  return Object.fromEntries(
    Object.entries(bodies).map(([media, schema]) => [
      media,
      // A body without a schema is bytes, or lines of text.
      {
        schema: schema ?? z.string(),
        ...(schema && examples.length > 0 && { examples: Object.fromEntries(examples) }),
      },
    ]),
  );
}

function repliesOf({ api_kind, replies }: Endpoint, language: Language) {
  return Object.fromEntries(
    Object.entries(replies).map(([status, { description, bodies }]) => [
      status,
      {
        description: description[language],
        headers: REPLY_HEADERS[api_kind],
        ...(bodies && { content: contentOf(bodies) }),
      },
    ]),
  );
}

/**
 * Statuses of errors, each with its entries of the catalogue. Where a reply has the same status, the status is described
 * as the reply's.
 */
function refusalsOf(endpoint: Endpoint, language: Language) {
  const by_status = new Map<number, ErrorId[]>();
  for (const id of errorsOf(endpoint)) {
    const { status } = CATALOGUE[id];
    if (!(status in endpoint.replies)) by_status.set(status, [...(by_status.get(status) ?? []), id]);
  }
  return Object.fromEntries(
    [...by_status].map(([status, ids]) => [
      String(status),
      {
        description: ids.map((id) => `\`${id}\`: ${CATALOGUE[id].cause[language]}`).join('\n\n'),
        headers: REPLY_HEADERS[endpoint.api_kind],
        content:
          endpoint.api_kind === 'documented'
            ? { 'application/json': { schema: vendorErrorSchema, examples: examplesOf(ids, asEnvelope) } }
            : { 'application/problem+json': { schema: problemSchema, examples: examplesOf(ids, asProblem) } },
      },
    ]),
  );
}

function examplesOf(ids: readonly ErrorId[], shown: (id: ErrorId) => unknown) {
  return Object.fromEntries(ids.map((id) => [id, { value: shown(id) }]));
}

/** Made by the functions that make the real replies. */
function asEnvelope(id: ErrorId): unknown {
  return JSON.parse(renderError(new RecuentoError(id, CATALOGUE[id].example), undefined));
}

function asProblem(id: ErrorId): unknown {
  return problemOf(new RecuentoError(id, CATALOGUE[id].example), EXAMPLE_REQUEST_ID);
}
