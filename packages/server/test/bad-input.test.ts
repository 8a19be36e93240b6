import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type ErrorId, FIELD_LIMITS, MAX_BODY_BYTES, RECORD_FIELDS } from '@recuento/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { entryOf, type Refusal } from './catalogue.js';
import {
  ADMIN_TOKEN,
  attempt,
  NOVEMBER,
  type SentAttempt,
  type TestOperation,
  TestService,
} from './harness.js';
import { sendRaw } from './raw-http.js';

/** Whatever comes in, the answer is an entry of the catalogue, and nothing of what was refused is stored. */
let service: TestService;
/** Only ever refused: at every moment its reports find nothing. */
let operation: TestOperation;
/** Takes what is just within its bounds. */
let accepting: TestOperation;

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  accepting = await service.operation({ limits: { max_window_days: 366 } });
});
afterAll(() => service.stop());
afterEach(async () => {
  expect((await operation.campaign8('all', ...NOVEMBER)).status).toBe(404);
  const { accounts, engine } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const stored = await engine.read({
    sql: 'SELECT count() FROM told WHERE operation_id = {id:UInt32} FORMAT TSV',
    params: { id },
    fair_key: 'test',
    max_ms: 10_000,
  });
  expect(stored.toString().trim()).toBe('0');
});

const JSON_BODY = { 'content-type': 'application/json' };

async function ask(query: string, headers: Record<string, string> = {}): Promise<Refusal> {
  return refusal(await operation.get(query, headers));
}

function refusal(reply: { status: number; headers: Record<string, unknown>; body: string }): Refusal {
  return {
    status: reply.status,
    body: reply.body,
    request_id: reply.headers['x-request-id'],
    link: reply.headers.link,
  };
}

async function send(
  method: string,
  path: string,
  body: string | Buffer | undefined,
  headers: Record<string, string> = JSON_BODY,
  token = operation.token,
): Promise<Refusal & { headers: Headers }> {
  const reply = await fetch(service.service.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
  return {
    status: reply.status,
    body: await reply.text(),
    request_id: reply.headers.get('x-request-id'),
    link: reply.headers.get('link'),
    headers: reply.headers,
  };
}

const upload = (body: string | Buffer, headers: Record<string, string> = JSON_BODY) =>
  send('POST', '/v1/attempts', body, headers);

function expectEntry(reply: Refusal, id: ErrorId): Record<string, unknown> {
  expect(entryOf(reply, [operation.token, ADMIN_TOKEN])).toBe(id);
  return JSON.parse(reply.body);
}

const DATES = `date_ini=${NOVEMBER[0]}&date_end=${NOVEMBER[1]}`;
const VALID = `api=campaign_8&campaign_id=all&${DATES}`;

describe('dates', () => {
  test.each([
    'tomorrow',
    '2026110300000',
    '202611030000000',
    '20261131000000',
    '20260229000000',
    '20261301000000',
    '20260001000000',
    '20261100000000',
    '20261103240000',
    '20261103006000',
    '20261103000060',
    '00000000000000',
    '2026-11-03 00:00:00',
    '+0261103000000',
    '20261103000000 ',
    '20261103000000\n',
    '2026110300000\0',
    '２０２６１１０３００００００',
    '1e13',
    "' OR 1=1 --",
  ])('%j is no date, at either end', async (date) => {
    for (const parameter of ['date_ini', 'date_end']) {
      const query = new URLSearchParams(VALID);
      query.set(parameter, date);
      const { msg } = expectEntry(await ask(query.toString()), 'bad-parameter');
      expect(msg).toContain(`PARAMETER ${parameter} `);
      expect(msg).toContain('YYYYmmddHHiiss');
    }
  });
});

describe('parameters', () => {
  test.each([
    [`api=campaign_8&campaign_id[]=1&${DATES}`, 'missing-parameters', 'campaign_id'],
    [`api=campaign_8&campaign_id[0]=1&${DATES}`, 'missing-parameters', 'campaign_id'],
    [`api=campaign_8&campaign_id=&${DATES}`, 'missing-parameters', 'campaign_id'],
    ['api=campaign_8', 'missing-parameters', 'campaign_id, date_ini, date_end'],
    ['', 'missing-parameters', 'api'],
    [`${VALID}&campaign_id=1`, 'bad-parameter', 'campaign_id'],
    [`${VALID}&api=campaign_8`, 'bad-parameter', 'api'],
    [`${VALID}&date_ini=${NOVEMBER[0]}`, 'bad-parameter', 'date_ini'],
    [`${VALID}&cursor=&cursor=`, 'bad-parameter', 'cursor'],
    [`${VALID}&cursor=AAAA`, 'bad-parameter', 'cursor'],
    [`${VALID}&cursor=%00`, 'bad-parameter', 'cursor'],
    [`${VALID}&cursor=${'A'.repeat(4_000)}`, 'bad-parameter', 'cursor'],
    ...[
      '-1',
      '1.5',
      '0x10',
      '1e3',
      'todas',
      '1;2',
      '%00',
      '1%00',
      '%ED%A0%80',
      '١',
      "1' OR '1'='1",
      '1'.repeat(21),
    ].map((id) => [`api=campaign_8&campaign_id=${id}&${DATES}`, 'bad-parameter', 'campaign_id'] as const),
  ] as const)('%s is %s and names %s', async (query, id, named) => {
    expect(expectEntry(await ask(query), id).msg).toContain(named);
  });

  test.each(['campaign_9999', 'CAMPAIGN_8', '__proto__', 'constructor', '%00', '%F0%9F%98%80'])(
    'api=%s does not exist',
    async (api) => {
      expectEntry(await ask(`api=${api}&campaign_id=all&${DATES}`), 'unknown-api');
    },
  );

  test('parameters that nobody knows are ignored, as callers in the field send some', async () => {
    expectEntry(await ask(`${VALID}&__proto__=1&x[]=2&=3&%=4&&`), 'no-records');
  });

  test.each([
    [`api=campaign_8&campaing_id=all&${DATES}`, 'campaign_id (campaing_id WAS SENT)'],
    [`api=campaign_8&campaignId=all&${DATES}`, 'campaign_id (campaignId WAS SENT)'],
    [
      'api=campaign_8&campaign=1&date_init=20261101000000&dateEnd=20261130235959',
      'campaign_id (campaign WAS SENT), date_ini (date_init WAS SENT), date_end (dateEnd WAS SENT)',
    ],
    [`api=campaign_8&${DATES}&campaing_id%0A=1`, 'campaign_id'],
  ])('%s is told with what was sent in its place', async (query, told) => {
    const { msg } = expectEntry(await ask(query), 'missing-parameters');
    expect(msg).toBe(`SOME PARAMETERS ARE REQUIRED: ${told}`);
  });

  test('parameters in the body of a GET are told where they belong, and nothing of it is read', async () => {
    const told =
      'campaign_id, date_ini, date_end (A BODY CAME AND IS NOT READ: SEND THEM IN THE QUERY STRING)';
    const lines = (header: string) =>
      `GET /api/v2/reports_manager.php?api=campaign_8 HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${operation.token}\r\n${header}\r\n\r\n`;
    // No byte of the bodies ever comes.
    for (const header of ['Content-Length: 73', 'Transfer-Encoding: chunked']) {
      const { msg } = expectEntry(await sendRaw(service.service.url, lines(header)), 'missing-parameters');
      expect(msg).toBe(`SOME PARAMETERS ARE REQUIRED: ${told}`);
    }
    const { msg } = expectEntry(
      await sendRaw(service.service.url, lines('Content-Length: 0')),
      'missing-parameters',
    );
    expect(msg).toBe('SOME PARAMETERS ARE REQUIRED: campaign_id, date_ini, date_end');
  });

  test('two token headers, or two of wolkvox_server, are not taken for one', async () => {
    const { url } = service.service;
    const lines = (...headers: string[]) =>
      `GET /api/v2/reports_manager.php?${VALID} HTTP/1.1\r\nHost: x\r\n${headers.join('\r\n')}\r\n\r\n`;
    const token = `wolkvox-token: ${operation.token}`;
    const server = `wolkvox_server: ${operation.server}`;
    expectEntry(await sendRaw(url, lines(token, token)), 'token-invalid');
    expectEntry(await sendRaw(url, lines(token, server, server)), 'server-mismatch');
    expectEntry(await sendRaw(url, lines(token, server)), 'no-records');
  });
});

describe('what is no HTTP', () => {
  test('a query string of 10 MB gets its reply over a real socket', async () => {
    const head = `GET /api/v2/reports_manager.php?${VALID}&x=${'a'.repeat(10_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const reply = await sendRaw(service.service.url, head);
    expectEntry(reply, 'headers-too-large');
  });

  test('a header of 1 MB too', async () => {
    const head = `GET /v1/usage HTTP/1.1\r\nHost: x\r\nauthorization: Bearer ${'a'.repeat(1_000_000)}\r\n\r\n`;
    expectEntry(await sendRaw(service.service.url, head), 'headers-too-large');
  });

  test.each([
    'hello\r\n\r\n',
    'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nwolkvox-token: a\0b\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nbad header: 1\r\n\r\n',
    'BREW / HTTP/1.1\r\nHost: x\r\n\r\n',
    'POST /v1/attempts HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'POST /v1/attempts HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n[]',
  ])('%j', async (bytes) => {
    expectEntry(await sendRaw(service.service.url, bytes), 'malformed-request');
  });

  test('a path that cannot be decoded', async () => {
    for (const path of ['/%', '/v1/%ff', '/api/v2/%E0%A4%A']) {
      expect(['malformed-request', 'unknown-path']).toContain(
        entryOf(await sendRaw(service.service.url, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)),
      );
    }
  });
});

test.each(['/v1', '/v1/', '/v1/nothing', '/api', '/V1/attempts'])('%s is no path', async (path) => {
  expectEntry(await send('GET', path, undefined, {}), 'unknown-path');
});

test.each([
  ['PUT', '/v1/attempts', 'POST, OPTIONS'],
  ['GET', '/v1/attempts', 'POST, OPTIONS'],
  ['DELETE', '/v1/operations', 'GET, POST, HEAD, OPTIONS'],
  ['DELETE', '/v1/operations/0001', 'GET, PATCH, HEAD, OPTIONS'],
  ['PATCH', '/v1/tokens', 'GET, POST, HEAD, OPTIONS'],
  ['GET', '/v1/tokens/1', 'DELETE, OPTIONS'],
  ['DELETE', '/v1/campaigns/1', 'PUT, OPTIONS'],
  ['POST', '/v1/usage', 'GET, HEAD, OPTIONS'],
  ['DELETE', '/api/v2/reports_manager.php', 'GET, HEAD, OPTIONS'],
])('%s %s is refused with what is allowed', async (method, path, allow) => {
  const reply = await send(method, path, undefined, {});
  expectEntry(reply, 'method-not-allowed');
  expect(reply.headers.get('allow')).toBe(allow);
});

describe('bodies that cannot be read', () => {
  const valid = JSON.stringify([attempt({ telephone: 'never stored' })]);
  const withTelephone = (text: string) => valid.replace('never stored', text);
  const gzipped = { ...JSON_BODY, 'content-encoding': 'gzip' };
  const zipped = gzipSync(valid);
  const brokenZip = Buffer.from(zipped);
  brokenZip.fill(0xff, 15, 25);

  test.each<[string, string | Buffer, Record<string, string>?]>([
    ['nothing', ''],
    ['half of it', valid.slice(0, -5)],
    ['no JSON', 'telephone=573001234567'],
    ['two objects', `${valid.slice(1, -1)}${valid.slice(1, -1)}`],
    ['an object and more', `${valid.slice(1, -1)},`],
    ['half an object', valid.slice(1, -2)],
    ['null', 'null'],
    ['a number', '1'],
    ['two arrays', `${valid}${valid}`],
    ['NDJSON called JSON', '{}\n{}'],
    ['NDJSON with a broken line', `${valid.slice(1, -1)}\n{`, { 'content-type': 'application/x-ndjson' }],
    ['a raw NUL', withTelephone('a\0b')],
    ['a raw line end in a string', withTelephone('a\nb')],
    ['invalid UTF-8', Buffer.from(withTelephone('aÿb'), 'latin1')],
    ['half a surrogate pair as bytes', Buffer.from(withTelephone('a\xed\xa0\x80b'), 'latin1')],
    ['an overlong slash', Buffer.from(withTelephone('a\xc0\xafb'), 'latin1')],
    ['UTF-16', Buffer.from(valid, 'utf16le')],
    ['no gzip called gzip', valid, gzipped],
    ['gzip called nothing', zipped],
    ['broken gzip', brokenZip, gzipped],
    ['truncated gzip', zipped.subarray(0, -10), gzipped],
    ['gzip without its last byte', zipped.subarray(0, -1), gzipped],
    ['gzip of nothing', gzipSync(''), gzipped],
  ])('%s', async (_what, body, headers) => {
    expectEntry(await upload(body, headers), 'malformed-body');
  });

  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonx',
    'json',
  ])('Content-Type %s is not read', async (type) => {
    expectEntry(await upload(valid, { 'content-type': type }), 'unsupported-media-type');
  });

  test.each(['deflate', 'br', 'gzip, gzip', 'compress', 'x'])(
    'Content-Encoding %s is not read',
    async (encoding) => {
      expectEntry(
        await upload(zipped, { ...JSON_BODY, 'content-encoding': encoding }),
        'unsupported-media-type',
      );
    },
  );

  test('an Idempotency-Key of 256 characters', async () => {
    expectEntry(await upload(valid, { ...JSON_BODY, 'idempotency-key': 'k'.repeat(256) }), 'bad-parameter');
  });
});

describe('bodies of 32 MiB', () => {
  /** Spaces of both kinds in no order: nothing compresses a body that is worth sending 1,000 times. */
  const padded = (bytes: number) => {
    const body = randomBytes(bytes).map((byte) => (byte < 128 ? 0x20 : 0x09));
    body.set(Buffer.from(JSON.stringify([attempt({ campaign_id: 32 })])));
    return Buffer.from(body);
  };

  test('pass, and one byte more does not', async () => {
    const edge = await send('POST', '/v1/attempts', padded(MAX_BODY_BYTES), JSON_BODY, accepting.token);
    expect([edge.status, edge.body]).toEqual([201, '{"received":1}']);
    expectEntry(await upload(padded(MAX_BODY_BYTES + 1)), 'body-too-large');
  });

  test('are counted after decompression', async () => {
    const gzipped = { ...JSON_BODY, 'content-encoding': 'gzip' };
    const edge = await send(
      'POST',
      '/v1/attempts',
      gzipSync(padded(MAX_BODY_BYTES)),
      gzipped,
      accepting.token,
    );
    expect(edge.status).toBe(201);
    expectEntry(await upload(gzipSync(padded(MAX_BODY_BYTES + 1)), gzipped), 'body-too-large');
    expectEntry(await upload(gzipSync(Buffer.alloc(1024 ** 3)), gzipped), 'body-too-large');
  });

  test('are not what a few kilobytes become: 4 MiB, or 200 times what was sent', async () => {
    const gzipped = { ...JSON_BODY, 'content-encoding': 'gzip' };
    const free = 4 * 1024 * 1024;
    const spaces = (bytes: number) => {
      const body = Buffer.alloc(bytes, ' ');
      body.write(JSON.stringify([attempt({ campaign_id: 33 })]));
      return gzipSync(body);
    };
    const edge = await send('POST', '/v1/attempts', spaces(free), gzipped, accepting.token);
    expect([edge.status, edge.body]).toEqual([201, '{"received":1}']);
    const { detail } = expectEntry(await upload(spaces(free + 1), gzipped), 'malformed-body');
    expect(detail).toContain('MORE THAN 200 TIMES');
  });

  test('are counted while they come in when no length was told', async () => {
    const reply = await new Promise<Refusal>((resolve, reject) => {
      const headers = { ...JSON_BODY, 'wolkvox-token': operation.token };
      const sent = request(
        `${service.service.url}/v1/attempts`,
        { method: 'POST', headers },
        async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          const body = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            body,
            request_id: response.headers['x-request-id'],
            link: response.headers.link,
          });
          sent.destroy();
        },
      );
      sent.on('error', reject);
      sent.write(padded(MAX_BODY_BYTES));
      sent.end(' ');
    });
    expectEntry(reply, 'body-too-large');
  });
});

describe('fields at their bounds', () => {
  const phone = '☎';
  const emoji = '😀'; // one character, two UTF-16 units
  const family = '👨‍👩‍👧'; // one to the eye, five characters
  const passes: [string, Partial<SentAttempt>][] = [
    ['telephone of 1', { telephone: '0' }],
    ['telephone of 64', { telephone: '5'.repeat(FIELD_LIMITS.telephone_chars) }],
    ['telephone of 64 emoji', { telephone: emoji.repeat(FIELD_LIMITS.telephone_chars) }],
    ['telephone of 64 with joiners', { telephone: `${family.repeat(12)}${phone.repeat(4)}` }],
    ['attempt_id of 128', { attempt_id: emoji.repeat(FIELD_LIMITS.attempt_id_chars) }],
    ...['customer_id', 'trunk', 'agent_id', ...RECORD_FIELDS].map((field): [string, Partial<SentAttempt>] => [
      `${field} of 1024`,
      { [field]: emoji.repeat(FIELD_LIMITS.text_chars) },
    ]),
    ['campaign_id 1', { campaign_id: 1 }],
    ['campaign_id 2^32-1', { campaign_id: FIELD_LIMITS.campaign_id_max }],
    ['first second of 2000', { dialed_at: '2000-01-01T00:00:00Z' }],
    ['first second of 2000, told from Bogota', { dialed_at: '1999-12-31T19:00:00-05:00' }],
    ['last second of 2100', { dialed_at: '2100-12-31T23:59:59.999Z' }],
    ['29 February', { dialed_at: '2028-02-29T00:00:00+23:59' }],
    ['sip 100', { sip: 100 }],
    ['sip 699', { sip: 699 }],
    ['cause 0', { cause: 0 }],
    ['cause 127', { cause: 127 }],
    ['duration 0', { duration_seconds: 0 }],
    ['duration 2^32-1', { duration_seconds: FIELD_LIMITS.duration_max_s }],
  ];
  test.each(passes)('%s passes', async (_what, fields) => {
    const reply = await send(
      'POST',
      '/v1/attempts',
      JSON.stringify([attempt(fields)]),
      JSON_BODY,
      accepting.token,
    );
    expect([reply.status, reply.body]).toEqual([201, '{"received":1}']);
  });

  const refused: [string, Record<string, unknown>][] = [
    ['telephone of 65', { telephone: '5'.repeat(FIELD_LIMITS.telephone_chars + 1) }],
    ['telephone of 65 emoji', { telephone: emoji.repeat(FIELD_LIMITS.telephone_chars + 1) }],
    ['telephone of 65 with joiners', { telephone: family.repeat(13) }],
    ['telephone that is a number', { telephone: 573001234567 }],
    ['telephone that is a list', { telephone: ['573001234567'] }],
    ['telephone that is null', { telephone: null }],
    ['telephone with a NUL', { telephone: '57\u0000' }],
    ['telephone with a line end', { telephone: '57\n3' }],
    ['telephone with DEL', { telephone: '57\u007f' }],
    ['telephone with C1', { telephone: '57\u0085' }],
    ['telephone with half a pair', { telephone: '\ud83d' }],
    ['telephone with the other half', { telephone: '57\ude00' }],
    ['telephone with halves the wrong way round', { telephone: '\ude00\ud83d' }],
    ['attempt_id of 0', { attempt_id: '' }],
    ['attempt_id of 129', { attempt_id: 'a'.repeat(FIELD_LIMITS.attempt_id_chars + 1) }],
    ['attempt_id of 129 emoji', { attempt_id: emoji.repeat(FIELD_LIMITS.attempt_id_chars + 1) }],
    ...['customer_id', 'trunk', 'agent_id', ...RECORD_FIELDS].flatMap(
      (field): [string, Record<string, unknown>][] => [
        [`${field} of 1025`, { [field]: 'x'.repeat(FIELD_LIMITS.text_chars + 1) }],
        [`${field} of 1025 emoji`, { [field]: emoji.repeat(FIELD_LIMITS.text_chars + 1) }],
        [`${field} of 0`, { [field]: '' }],
        [`${field} with a NUL`, { [field]: 'a\0' }],
      ],
    ),
    ...[0, -1, 1.5, 2 ** 32, 2 ** 53, 1e300, '1', null, [1], true].map(
      (campaign_id): [string, Record<string, unknown>] => [
        `campaign_id ${JSON.stringify(campaign_id)}`,
        { campaign_id },
      ],
    ),
    ...[
      '1999-12-31T23:59:59Z',
      '2000-01-01T00:00:00+00:01',
      '2101-01-01T00:00:00Z',
      '2100-12-31T23:59:59-00:01',
      '2026-11-03T12:00:00',
      '2026-11-03T12:00:00-05',
      '2026-11-03T12:00:00-24:00',
      '2026-11-03T12:00:60Z',
      '2026-11-03T24:00:00Z',
      '2026-11-31T12:00:00Z',
      '2027-02-29T12:00:00Z',
      '2026-11-03',
      '20261103120000',
      '2026-11-03T12:00:00Z\n',
      '2026-11-03T12:00:00.0000000000Z',
      '+002026-11-03T12:00:00Z',
      '',
      1_793_000_000,
      null,
    ].map((dialed_at): [string, Record<string, unknown>] => [
      `dialed_at ${JSON.stringify(dialed_at)}`,
      { dialed_at },
    ]),
    ...['', 'maybe', 'no answer!', 'answer\0', 1, null, ['busy']].map(
      (result): [string, Record<string, unknown>] => [`result ${JSON.stringify(result)}`, { result }],
    ),
    ...[99, 700, 486.5, '486', null].map((sip): [string, Record<string, unknown>] => [
      `sip ${JSON.stringify(sip)}`,
      { sip },
    ]),
    ...[-1, 128, '17'].map((cause): [string, Record<string, unknown>] => [
      `cause ${JSON.stringify(cause)}`,
      { cause },
    ]),
    ...[-1, 2 ** 32, 0.5].map((duration_seconds): [string, Record<string, unknown>] => [
      `duration ${duration_seconds}`,
      { duration_seconds },
    ]),
    ['amd MACHINE', { amd: 'MACHINE' }],
    ['a field that nobody knows', { colour: 'red' }],
    ['another spelling of a field', { Telephone: '57' }],
    ['a field of the store', { operation_id: 1 }],
    ['a field of the prototype', { constructor: 'x' }],
  ];
  test.each(refused)('%s is refused, with its index, field and reason', async (_what, fields) => {
    const field = Object.keys(fields)[0];
    const records = [attempt(), { ...attempt(), ...fields }, attempt()];
    const { faults } = expectEntry(await upload(JSON.stringify(records)), 'invalid-records');
    expect(faults).toEqual([{ index: 1, field, reason: expect.stringMatching(/^(is|has) \S/) }]);
  });

  test.each(['attempt_id', 'campaign_id', 'telephone', 'dialed_at', 'result'])(
    '%s must be there',
    async (field) => {
      const record: Record<string, unknown> = attempt();
      delete record[field];
      const { faults } = expectEntry(await upload(JSON.stringify([record])), 'invalid-records');
      expect(faults).toEqual([{ index: 0, field, reason: expect.stringMatching(/^is /) }]);
    },
  );

  test.each(['1', 'null', '"x"', '[]', 'true', `${'['.repeat(50_000)}${']'.repeat(50_000)}`])(
    'a record that is no object: %.20s',
    async (record) => {
      const { faults } = expectEntry(await upload(`[${record}]`), 'invalid-records');
      expect(faults).toEqual([{ index: 0, field: '', reason: 'is not an object' }]);
    },
  );

  test('three million unknown fields are one refusal, and one that can be read', async () => {
    const junk = Array.from({ length: 3_000_000 }, (_, i) => `"${i.toString(36)}":1`).join(',');
    const reply = await upload(`[{${junk}}]`);
    expectEntry(reply, 'invalid-records');
    expect(reply.body.length).toBeLessThan(1024 ** 2);
  });
});

test('an object as deep as it fits is refused for what it is; one of more than 64 KiB is not read', async () => {
  const deep = (levels: number) => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  for (const [method, path] of [
    ['POST', '/v1/operations'],
    ['POST', '/v1/tokens'],
    ['PUT', '/v1/campaigns/1?operation=0001'],
  ] as const) {
    expectEntry(await send(method, path, deep(32_000), JSON_BODY, ADMIN_TOKEN), 'invalid-records');
    expectEntry(await send(method, path, deep(33_000), JSON_BODY, ADMIN_TOKEN), 'body-too-large');
    const gzipped = { ...JSON_BODY, 'content-encoding': 'gzip' };
    expectEntry(await send(method, path, gzipSync(deep(33_000)), gzipped, ADMIN_TOKEN), 'body-too-large');
  }
});

test.each([
  ['POST', '/v1/operations', '{"server":"99","name":"\\u0000"}', 'name'],
  ['POST', '/v1/operations', '{"server":"99","name":"x","licences":"many"}', 'licences'],
  ['POST', '/v1/operations', '{"server":["99"],"name":"x"}', 'server'],
  ['POST', '/v1/tokens', '{"operation":"0001","name":"x","scopes":[]}', 'scopes'],
  ['POST', '/v1/tokens', '{"operation":"0001","name":"x","scopes":["root"]}', 'scopes.0'],
  [
    'POST',
    '/v1/tokens',
    '{"operation":"0001","name":"x","scopes":["report"],"expires_at":"never"}',
    'expires_at',
  ],
  ['PATCH', '/v1/operations/0001', '{"licences":1e9}', 'licences'],
  ['PATCH', '/v1/operations/0001', '{"server":"0002"}', 'server'],
  ['PUT', '/v1/campaigns/1?operation=0001', '{"type":"manual"}', 'type'],
] as const)('%s %s %s is refused, naming %s', async (method, path, body, field) => {
  const reply = await send(method, path, body, JSON_BODY, ADMIN_TOKEN);
  expect(expectEntry(reply, 'invalid-records').faults).toMatchObject([{ field }]);
});
