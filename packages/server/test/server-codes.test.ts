import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** One server is written in many ways: by its number, with the zeros of its host name, as the host name itself. */
let service: TestService;
let operation: TestOperation;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ server: '0042' });
  await operation.upload([attempt()]);
});
afterAll(() => service.stop());

const HEADERS = ['wolkvox_server', 'wolkvox-server'] as const;

async function ask(headers: Record<string, string>, of = operation) {
  const reply = await of.campaign8(1001, ...NOVEMBER, {}, headers);
  const { status, body } = reply;
  return { status, body, request_id: reply.headers['x-request-id'], link: reply.headers.link };
}

test.each(HEADERS)('%s: a server may be written in any of its ways', async (header) => {
  const ways = ['42', '042', '0042', '000042', 'wv42', 'wv0042', 'WV0042', ' 0042 ', 'wv0042.wolkvox.com'];
  for (const way of [...ways, 'WV0042.Wolkvox.COM', '']) {
    expect([way, (await ask({ [header]: way })).status]).toEqual([way, 200]);
  }
});

test.each(HEADERS)(
  '%s of another server is refused, naming the header and what it should be',
  async (header) => {
    for (const other of ['43', '420', '4', '0', '00', 'x', 'wv', '42x', '0042.example.com', 'wvwv0042']) {
      const reply = await ask({ [header]: other });
      expect([reply.status, entryOf(reply)]).toEqual([403, 'server-mismatch']);
      expect(JSON.parse(reply.body).msg).toBe(
        `PLEASE VALIDATE TOKEN: THE HEADER ${header} IS ${other} AND THIS TOKEN BELONGS TO 0042`,
      );
    }
    const long = JSON.parse((await ask({ [header]: '9'.repeat(5_000) })).body).msg;
    expect(long).toContain(` ${'9'.repeat(64)} AND`);
  },
);

test('where both headers are there, both must be right', async () => {
  expect((await ask({ wolkvox_server: '42', 'wolkvox-server': 'wv0042' })).status).toBe(200);
  for (const [one, other] of [
    ['42', '43'],
    ['43', '42'],
  ] as const) {
    const reply = await ask({ wolkvox_server: one, 'wolkvox-server': other });
    expect(entryOf(reply)).toBe('server-mismatch');
  }
});

test('numbers are one server if they are one number; other codes if they are the same', async () => {
  const code = fc.oneof(
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 120 }))
      .map(([zeros, n]) => '0'.repeat(zeros) + n),
    fc.constantFrom('0042a', '42a', 'a42', 'A42', '0042A'),
  );
  const isNumber = (text: string) => /^\d+$/.test(text);
  const letters = await service.operation({ server: '0042a' });
  await letters.upload([attempt()]);
  await fc.assert(
    fc.asyncProperty(code, fc.constantFrom('', 'wv'), async (named, before) => {
      for (const of of [operation, letters]) {
        const same =
          isNumber(named) && isNumber(of.server) ? Number(named) === Number(of.server) : named === of.server;
        expect((await ask({ wolkvox_server: before + named }, of)).status).toBe(same ? 200 : 403);
      }
    }),
    { numRuns: 100 },
  );
});

test('a second operation under one number is a conflict, whatever its zeros', async () => {
  for (const server of ['42', '0042', 'wv42', '000042', 'wv0042.wolkvox.com']) {
    const reply = await service.v1('POST', '/operations', ADMIN_TOKEN, { server, name: 'x' });
    expect([server, reply.status, await reply.json()]).toMatchObject([
      server,
      409,
      { id: 'conflict', detail: 'OPERATION 0042 EXISTS' },
    ]);
  }
  for (const server of ['420', '4', '42b', '0042b']) {
    expect((await service.v1('POST', '/operations', ADMIN_TOKEN, { server, name: 'x' })).status).toBe(201);
  }
});

test('an operation of zeros alone is one number too, and shown as it was written', async () => {
  const zeros = await service.operation({ server: '000' });
  await zeros.upload([attempt()]);
  expect((await ask({ wolkvox_server: '0' }, zeros)).status).toBe(200);
  expect((await service.v1('POST', '/operations', ADMIN_TOKEN, { server: '0', name: 'x' })).status).toBe(409);
  const usage = await service.v1('GET', '/usage?operation=0', ADMIN_TOKEN);
  expect(await usage.json()).toMatchObject({ operation: '000' });
});

test('/v1 finds an operation by any of its ways', async () => {
  for (const way of ['42', '0042', 'wv0042', 'wv0042.wolkvox.com']) {
    for (const token of [ADMIN_TOKEN, operation.token]) {
      const usage = await service.v1('GET', `/usage?operation=${way}`, token);
      expect([way, await usage.json()]).toMatchObject([way, { operation: '0042' }]);
    }
    const made = await service.v1('POST', '/tokens', operation.token, {
      operation: way,
      name: 'x',
      scopes: ['report'],
    });
    expect([way, made.status]).toEqual([way, 201]);
    const changed = await service.v1('PATCH', `/operations/${way}`, ADMIN_TOKEN, { name: way });
    expect(await changed.json()).toMatchObject({ server: '0042', name: way });
  }
  for (const way of ['43', '0043'])
    expect((await service.v1('GET', `/usage?operation=${way}`, ADMIN_TOKEN)).status).toBe(404);
});
