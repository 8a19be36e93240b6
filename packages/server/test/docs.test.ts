import { subscribe } from 'node:diagnostics_channel';
import { CATALOGUE, errorsOf, LANGUAGES, type Language } from '@recuento/contract';
import { Validator } from '@seriousme/openapi-schema-validator';
import { htmlUnescape } from 'escape-goat';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplesOf } from '../src/http/docs/samples.js';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { exampleCall } from '../src/http/openapi/example-call.js';
import { fieldsOf } from '../src/http/openapi/fields.js';
import { PAGES } from './documented-replies.js';
import { TestService } from './harness.js';

/** As OpenAPI writes them. */
const served = new Set<string>();
// Fastify tells of each instance that is made, before it has any route.
subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ url }) => {
    served.add(url.replace(/:(\w+)/g, '{$1}'));
  });
});

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(service.service.url + path, { headers });
const textOf = (page: string) => htmlUnescape(page.replace(/<[^>]*>/g, ''));

describe('the page of a call', () => {
  const HEADINGS = {
    en: ['Description', 'Code samples', 'Request', 'Response', 'Possible response codes'],
    es: ['Descripción', 'Ejemplos de código', 'Solicitud', 'Respuesta', 'Posibles códigos de respuesta'],
  };

  test.each(ENDPOINTS.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s tells all that its description has, in both languages',
    async (id, endpoint) => {
      for (const language of LANGUAGES) {
        const page = await (await get(`/docs/calls/${id}?lang=${language}`)).text();
        const text = textOf(page);
        const headings = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
        expect(headings).toEqual(expect.arrayContaining(HEADINGS[language]));
        const { title, description, benefit, how = [] } = endpoint;
        for (const words of [title, description, ...(benefit ? [benefit] : []), ...how]) {
          expect(text).toContain(words[language].replaceAll('`', ''));
        }
        const parameters = [endpoint.path_parameters, endpoint.query, endpoint.headers].flatMap((schema) =>
          schema ? fieldsOf(schema, 'input') : [],
        );
        for (const { name, description: words } of parameters) {
          expect(text).toContain(name);
          expect(words, `${id} says what ${name} is`).toBeDefined();
        }
        for (const error of errorsOf(endpoint)) {
          expect(page).toContain(`href="/docs/errors/${error}?lang=${language}"`);
          expect(text).toContain(CATALOGUE[error].cause[language].replaceAll('`', ''));
        }
        for (const { code } of samplesOf(endpoint.method, exampleCall(endpoint, service.service.url))) {
          expect(text).toContain(code);
        }
      }
    },
  );

  test('is not there for a call that is not', async () => {
    expect((await get('/docs/calls/campaign_9')).status).toBe(404);
    expect((await get('/docs/calls/__proto__')).status).toBe(404);
  });
});

test('the first page leads to every call and every heading, and each link of it leads somewhere', async () => {
  for (const language of LANGUAGES) {
    const page = await (await get(`/docs?lang=${language}`)).text();
    for (const { id, title } of ENDPOINTS) {
      expect(page).toContain(`href="/docs/calls/${id}?lang=${language}"`);
      expect(textOf(page)).toContain(title[language]);
    }
    for (const [, link = ''] of page.matchAll(/href="(\/[^"]*)"/g)) {
      expect((await get(link)).status, link).toBe(200);
    }
  }
});

describe('/openapi.json', () => {
  test.each(LANGUAGES)('is valid OpenAPI 3.1 (%s)', async (language) => {
    const reply = await get(`/openapi.json?lang=${language}`);
    expect(reply.headers.get('content-language')).toBe(language);
    const document: Record<string, unknown> = JSON.parse(await reply.text());
    const validator = new Validator();
    const { valid, errors } = await validator.validate(document);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: service.service.url }]);
    expect(JSON.stringify(document)).not.toContain('x-es');
  });

  test('has every call once, and says in each language what it is', async () => {
    const [en, es] = [await operationsIn('en'), await operationsIn('es')];
    for (const endpoint of ENDPOINTS) {
      const { id, api_kind, path, method, title } = endpoint;
      const beside = ENDPOINTS.filter((one) => one.path === path && one.method === method);
      // Calls that share a path and a method are one operation.
      if (api_kind === 'documented' && beside.length > 1) {
        for (const [operations, language] of [
          [en, 'en'],
          [es, 'es'],
        ] as const) {
          const mine = operations.filter((one) => apisOf(one).includes(id));
          expect(mine).toHaveLength(1);
          expect(mine[0]?.description).toContain(`**\`${id}\`: ${title[language]}.**`);
        }
        continue;
      }
      expect(en.filter(({ operationId }) => operationId === id)).toHaveLength(1);
      expect(en.find(({ operationId }) => operationId === id)?.summary).toBe(title.en);
      expect(es.find(({ operationId }) => operationId === id)?.summary).toBe(title.es);
    }
    expect(new Set(en.map(({ operationId }) => operationId)).size).toBe(en.length);
  });

  test('costs a 304 when it is there already', async () => {
    const etag = (await get('/openapi.json')).headers.get('etag') ?? '';
    expect((await get('/openapi.json', { 'if-none-match': etag })).status).toBe(304);
  });
});

test('every path that is served is documented, with every method', async () => {
  const paths = [...served].filter((path) => !PAGES.test(path));
  expect(new Set(paths)).toEqual(new Set(ENDPOINTS.map(({ path }) => path)));
  for (const path of paths) {
    const { headers } = await fetch(service.service.url + path, { method: 'OPTIONS' });
    const methods = new Set(ENDPOINTS.filter((one) => one.path === path).map(({ method }) => method));
    const allowed = [...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'];
    expect(headers.get('allow')?.split(', ').sort(), path).toEqual(allowed.sort());
  }
});

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly schema: { readonly enum?: readonly string[] };
  }[];
}

/** The calls of a path that an operation is of. */
function apisOf({ parameters = [] }: Operation): readonly string[] {
  return parameters.find(({ name }) => name === 'api')?.schema.enum ?? [];
}

async function operationsIn(language: Language): Promise<Operation[]> {
  const document: { paths: Record<string, Record<string, Operation>> } = JSON.parse(
    await (await get(`/openapi.json?lang=${language}`)).text(),
  );
  return Object.values(document.paths).flatMap((path) => Object.values(path));
}
