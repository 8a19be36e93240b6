import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { undocumented } from './documented-replies.js';
import { fromSchema, type JsonSchema } from './from-schema.js';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';

/**
 * Requests made from the service's own OpenAPI document, as it says they are valid and broken in every way: no 500, and no
 * reply that the document does not have. `npm run fuzz` makes all of them.
 */
const RUNS = process.env.RECUENTO_FUZZ === 'full' ? 20_000 : 2_000;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface Operation {
  readonly parameters?: readonly {
    readonly in: 'query' | 'path' | 'header';
    readonly name: string;
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly security: readonly unknown[];
}

let service: TestService;
let operation: TestOperation;
let tokens: readonly string[];
let openapi: Document;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ server: '0042', licences: 100_000 });
  await operation.upload([attempt({ amd: 'machine' }), attempt({ result: 'answer', customer_id: 'c' })]);
  tokens = [operation.token, ADMIN_TOKEN, await operation.newToken(['report']), await operation.newToken([])];
  openapi = JSON.parse((await service.service.inject({ url: '/openapi.json' })).body);
});
afterAll(() => service.stop());

/** One time in ten, so that most requests get past the checks before. */
const rarely = <T, U>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<U>) =>
  fc.oneof<[fc.WeightedArbitrary<T>, fc.WeightedArbitrary<U>]>(
    { weight: 9, arbitrary: usual },
    { weight: 1, arbitrary: other },
  );

const nasty = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    "'",
    '%',
    '../..',
    '-1',
    '0',
    '4294967296',
    '1e999',
    '20260229000000',
    'ALL',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

function requestsOf(path: string, method: string, described: Operation): fc.Arbitrary<InjectOptions> {
  const { parameters = [], requestBody, security } = described;
  const sentAs = (schema: JsonSchema) => rarely(fromSchema(schema, resolve).map(String), nasty);
  const sent = (kind: 'query' | 'path' | 'header') =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === kind)
          .map(({ name, schema, required }) => [
            name,
            required
              ? rarely(sentAs(schema), fc.constant(undefined))
              : fc.option(sentAs(schema), { nil: undefined }),
          ]),
      ),
    );
  return fc
    .record({
      query: sent('query'),
      path: sent('path'),
      header: sent('header'),
      token: security.length === 0 ? fc.constant(undefined) : rarely(fc.constantFrom(...tokens), nasty),
      twice: rarely(fc.constant(false), fc.constant(true)),
      method: rarely(fc.constant(method), fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS')),
      body: bodyOf(requestBody),
    })
    .map(({ query, path: blanks, header, token, twice, method, body }) => {
      const search = new URLSearchParams(definedOf(query));
      const [first] = search;
      if (twice && first) search.append(...first);
      const filled = path.replace(/\{(\w+)\}/g, (_blank, name: string) =>
        segmentOf(wellFormed(blanks[name] ?? '')),
      );
      return {
        method: method as 'GET',
        url: `${filled}?${search}`,
        headers: headersOf(
          { ...definedOf(header), ...(token !== undefined && tokenHeader(path, token)) },
          body?.media,
        ),
        ...(body && { payload: body.text }),
      };
    });
}

function tokenHeader(path: string, token: string): Record<string, string> {
  return path.startsWith('/api') ? { 'wolkvox-token': token } : { authorization: `Bearer ${token}` };
}

/** An address can't have these for a piece of its path: whoever reads it takes them out, also where they are escaped. */
function segmentOf(text: string): string {
  return text === '.' || text === '..' ? '...' : encodeURIComponent(text);
}

/** A header can't hold everything: what no client could send is left out. */
function headersOf(headers: Record<string, string>, media: string | undefined): Record<string, string> {
  const plain = Object.entries(headers).filter(([, value]) => /^[\x20-\x7e]*$/.test(value));
  return { ...Object.fromEntries(plain), ...(media !== undefined && { 'content-type': media }) };
}

function bodyOf(body: Operation['requestBody']): fc.Arbitrary<{ media: string; text: string } | undefined> {
  if (!body)
    return rarely(fc.constant(undefined), fc.record({ media: fc.constant('application/json'), text: nasty }));
  const kinds = Object.entries(body.content).map(([media, { schema }]) => {
    const valid = fromSchema(schema, resolve).map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    );
    const broken = fc.oneof(
      nasty,
      fc.json(),
      fc.tuple(valid, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
    );
    return fc.record({
      media: rarely(fc.constant(media), fc.constantFrom('text/plain', 'application/json')),
      text: rarely(valid, broken),
    });
  });
  return rarely(fc.oneof(...kinds), fc.constant(undefined));
}

function resolve(ref: string): JsonSchema {
  return openapi.components.schemas[ref.split('/').at(-1) ?? ''] ?? {};
}

function definedOf(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const defined = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined.map(([name, value]) => [name, wellFormed(value ?? '')]));
}

/** Half a surrogate pair can't be written in an address. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '�');
}

test(`${RUNS} requests made from the document get replies that it has`, async () => {
  const requests = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => requestsOf(path, method.toUpperCase(), described)),
  );
  const answered = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(...requests), async (request) => {
      const reply = await service.service.inject(request);
      answered.set(reply.statusCode, (answered.get(reply.statusCode) ?? 0) + 1);
      expect(reply.statusCode).not.toBe(500);
      expect(
        await undocumented({
          method: String(request.method),
          url: String(request.url),
          status: reply.statusCode,
          headers: reply.headers,
          body: reply.rawPayload,
        }),
      ).toBeUndefined();
    }),
    { numRuns: RUNS },
  );
  // Not only refusals: what is valid by the document is served.
  const served = [200, 201, 202, 204].reduce((sum, status) => sum + (answered.get(status) ?? 0), 0);
  expect(served).toBeGreaterThan(RUNS / 10);
}, 600_000);
