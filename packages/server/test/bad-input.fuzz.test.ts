import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** Requests that nobody thought of: whatever they are, the service answers by its catalogue, and never with 500. */
const RUNS = 5_000;

let service: TestService;
let operation: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ licences: 100_000 });
});
afterAll(() => service.stop());

/** What there is, the richest ones more often. */
const ROUTES = [
  ...Array(8).fill('GET /api/v2/reports_manager.php'),
  ...Array(8).fill('POST /v1/attempts'),
  ...Array(4).fill('POST /api/v2/campaign.php?api=add_dnc'),
  ...Array(4).fill('POST /api/v2/campaign.php?api=add_record&campaign_id=7'),
  ...['GET /v1/operations', 'POST /v1/operations', 'PATCH /v1/operations/0001', 'GET /v1/tokens'],
  ...['POST /v1/tokens', 'DELETE /v1/tokens/0', 'GET /v1/campaigns', 'PUT /v1/campaigns/7', 'GET /v1/usage'],
  ...[
    'GET /v1/imports',
    'POST /v1/imports',
    'GET /v1/imports/0',
    'GET /v1/imports/0/rejects',
    'GET /v1/nothing',
  ],
].map((route: string) => route.split(' ') as ['GET', string]);
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;

/** One time in ten, so that most requests get past the first check. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

/** Texts that break what handles them carelessly. */
const nasty = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\0',
      '\\',
      "'",
      '"',
      '%',
      '{x:String}',
      "'; DROP TABLE attempts; --",
      '../../etc/passwd',
      '\ud800',
    ],
    ...[
      '__proto__',
      'constructor',
      'toString',
      'null',
      'undefined',
      'NaN',
      '-0',
      '1e999',
      '[]',
      '{}',
      '\u202e',
      'İ',
    ],
    ...[
      'all',
      '1001',
      '0',
      '4294967296',
      NOVEMBER[0],
      NOVEMBER[1],
      '20260229000000',
      '99991231235959',
      '10000101000000',
    ],
    ...['no_answer', '2026-11-03T12:00:00-05:00', '9999-12-31T23:59:59Z', 'x'.repeat(5_000)],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const parameterName = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('api', 'campaign_id', 'date_ini', 'date_end', 'cursor', 'operation', 'format'),
  },
  { weight: 1, arbitrary: fc.constantFrom('campaign_id[]', 'api[x]', '__proto__', 'limit', 'time_zone') },
  { weight: 1, arbitrary: nasty },
);

/** When nothing was dialed, whatever was uploaded before. */
const EMPTY_NOVEMBER = ['20011101000000', '20011130235959'] as const;

const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());

const query: fc.Arbitrary<{ good?: string; more: string[] }> = fc.oneof(
  // A good query, with something after it that repeats, contradicts or breaks it.
  fc
    .tuple(
      fc.constantFrom(NOVEMBER, EMPTY_NOVEMBER),
      fc.array(fc.tuple(parameterName, nasty), { maxLength: 3 }),
    )
    .map(([[date_ini, date_end], more]) => ({
      good: `api=campaign_8&campaign_id=all&date_ini=${date_ini}&date_end=${date_end}`,
      more: more.map(([name, value]) => `${encoded(name)}=${encoded(value)}`),
    })),
  fc
    .array(fc.tuple(parameterName, nasty), { maxLength: 6 })
    .map((all) => ({ more: all.map(([name, value]) => `${encoded(name)}=${encoded(value)}`) })),
  // Not even percent-encoded rightly.
  fc
    .array(fc.constantFrom('%', '%0', '%zz', '%ff', '&', '=', '+', ';', 'a', '[', ']', '#', '?'), {
      maxLength: 12,
    })
    .map((more) => ({ more })),
);

/** Values of headers that Node would let in: anything but line ends and NUL. */
const headerValue = fc.oneof(
  fc.constantFrom(
    'gzip',
    'br;q=2',
    '*;q=abc',
    'W/"x"',
    '*',
    '""',
    'application/json',
    'application/x-ndjson',
    'text/html',
  ),
  fc.constantFrom(
    'Bearer',
    'Bearer x',
    'Basic eDp4',
    '0001',
    'wv0001',
    'bytes=0-',
    '100-continue',
    'x'.repeat(300),
  ),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 30,
  }),
);
const HEADERS = [
  ...[
    'accept',
    'accept-encoding',
    'authorization',
    'content-encoding',
    'content-type',
    'cookie',
    'expect',
    'host',
  ],
  ...[
    'idempotency-key',
    'if-modified-since',
    'if-none-match',
    'origin',
    'range',
    'transfer-encoding',
    'wolkvox-token',
  ],
  ...['wolkvox_server', 'x-forwarded-for', 'x-http-method-override', 'x-request-id'],
];
const headers = fc.dictionary(fc.constantFrom(...HEADERS), headerValue, { maxKeys: 4 });

/** Records that are almost good: a field is replaced, left out or added. */
const record = fc
  .tuple(
    fc.constantFrom(
      ...Object.keys(attempt()),
      'sip',
      'amd',
      'opt1',
      'colour',
      'name',
      'server',
      'scopes',
      '__proto__',
    ),
    fc.oneof(nasty, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(undefined, 'no answer', 7)),
  )
  .map(([field, value]) => ({ ...attempt(), [field]: value }));

/** What is added to a list: entries that are almost good for one of them or the other. */
const listed = fc
  .tuple(
    fc.constantFrom(
      'telephone',
      'days_block',
      'customer_id',
      'tel1',
      'tel_extra',
      'opt12',
      'age',
      '__proto__',
    ),
    fc.oneof(nasty, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(undefined, 7, 1e21, 0.1)),
  )
  .map(([field, value]) => ({
    telephone: '57',
    days_block: 3,
    customer_id: 'c',
    tel1: '57',
    [field]: value,
  }));

const text = fc.oneof(
  fc.array(listed, { maxLength: 3 }).map((entries) => JSON.stringify(entries)),
  fc
    .array(
      fc.oneof(
        record,
        fc.constant(0).map(() => attempt()),
      ),
      { maxLength: 3 },
    )
    .map((records) => JSON.stringify(records)),
  fc
    .array(
      fc.oneof(
        record,
        fc.constant(0).map(() => attempt()),
      ),
      { maxLength: 3 },
    )
    .map((records) => records.map((one) => JSON.stringify(one)).join('\n')),
  record.map((one) => JSON.stringify(one)),
  fc.json(),
  nasty,
);

const body = fc
  .record({
    text,
    cut: rarely(fc.nat(400)),
    flips: rarely(fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 2 })),
    gzip: fc.boolean(),
  })
  .map(({ text, cut, flips, gzip }) => {
    const plain = Buffer.from(text);
    const bytes = Buffer.from(gzip ? gzipSync(plain) : plain).subarray(0, cut ?? undefined);
    for (const [at, value] of flips ?? []) if (at < bytes.length) bytes[at] = value;
    return { bytes, gzip };
  });

const call = fc.record({
  route: fc.constantFrom(...ROUTES),
  /** Another method than the route's. */
  method: rarely(fc.constantFrom(...METHODS)),
  /** More of a path than there is. */
  tail: rarely(nasty),
  query,
  token: fc.constantFrom('holder', 'holder', 'holder', 'administrator', 'none'),
  headers,
  body: fc.option(body, { freq: 4 }),
});
type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

test(`${RUNS} random requests are each answered by the catalogue, never with 500, and tell no secret`, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(call, async (one) => {
      const reply = await service.service.inject(requestOf(one));
      const status = reply.statusCode;
      expect(status).not.toBe(500);
      expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      let outcome = String(status);
      if (status >= 400 && methodOf(one) !== 'HEAD') {
        const refusal = {
          status,
          body: reply.body,
          request_id: reply.headers['x-request-id'],
          link: reply.headers.link,
        };
        outcome = entryOf(refusal, [operation.token, ADMIN_TOKEN]);
      }
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }),
    { numRuns: RUNS, endOnFailure: false },
  );
  // The requests are not all alike: they get through to what they aim at, and fail in many ways.
  for (const outcome of [
    '200',
    '201',
    '204',
    'no-records',
    'bad-parameter',
    'malformed-body',
    'invalid-records',
  ]) {
    expect(seen.get(outcome) ?? 0, `${outcome} of ${JSON.stringify([...seen])}`).toBeGreaterThan(0);
  }
}, 300_000);

function requestOf(one: Call): InjectOptions {
  const [method, route] = one.route;
  const [path = '', own = one.query.good] = route.split('?');
  const search = [...(own === undefined ? [] : [own]), ...one.query.more].join('&');
  const token = { holder: operation.token, administrator: ADMIN_TOKEN, none: '' }[one.token];
  const { body } = one;
  return {
    method: methodOf(one) as typeof method,
    url: `${path}${one.tail === null ? '' : `/${encoded(one.tail)}`}?${search}`,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json', ...(body.gzip && { 'content-encoding': 'gzip' }) }),
      ...one.headers,
    },
    ...(body && { payload: body.bytes }),
  };
}

function methodOf(one: Call): string {
  return one.method ?? one.route[0];
}
