import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { MAX_BODY_BYTES } from '@recuento/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';
import { postCampaign } from './uploads.js';

/**
 * One operation, or two, and strangers, stall in every way there is. The neighbour's five-minute report, upload and `add_dnc` are
 * answered all the while, and the report byte by byte as he is told it alone.
 */
let service: TestService;
let hostile: TestOperation;
/** Stalls beside it, where a half each would be all. */
let accomplice: TestOperation;
let neighbour: TestOperation;
let alone: string;

const CONNECTIONS = 64;
const TWILIO_TOKEN = 'twilio-auth-token-for-tests';
/** The hostile operation's table has some 30 MB: more than the system's buffers for a connection take. */
const TELEPHONES = 100_000;
const DAY = { from: '2026-11-03T00:00:00-05:00', to: '2026-11-03T23:59:59-05:00' };
const FIVE_MINUTES = ['20261103120000', '20261103120459'] as const;

const MIB = 1024 ** 2;
const { hostname, port } = { hostname: '127.0.0.1', port: () => Number(new URL(service.service.url).port) };

beforeAll(async () => {
  service = await TestService.start(
    {
      upload_memory_mib: 128,
      reply_memory_mib: 8,
      imports: 4,
      max_connections: CONNECTIONS,
      twilio_auth_tokens: { '0001': TWILIO_TOKEN },
    },
    { room_ms: 120_000 },
  );
  hostile = await service.operation({
    limits: { max_records: TELEPHONES, max_rows: TELEPHONES, max_simultaneous: 64 },
  });
  accomplice = await service.operation({ limits: { max_simultaneous: 64 } });
  neighbour = await service.operation({ limits: { max_simultaneous: 8 } });
  const dials = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      ...attempt(),
      attempt_id: String(at),
      telephone: String(573_000_000_000 + at),
    }));
  await hostile.upload(dials(TELEPHONES));
  await neighbour.upload(dials(50));
  alone = (await report()).body;
  expect(alone).toContain('"50 records were found"');
});
afterAll(() => service.stop());

const admission = () => service.service.services.admission;
const held = (pool: 'bodies' | 'bodies_of_strangers' | 'replies' | 'imports' | 'connections' | 'requests') =>
  expect.poll(() => admission().figures()[pool].held, { timeout: 60_000 });

async function report() {
  const query = `api=campaign_8&campaign_id=1001&date_ini=${FIVE_MINUTES[0]}&date_end=${FIVE_MINUTES[1]}`;
  const reply = await fetch(`${service.service.url}/api/v2/reports_manager.php?${query}`, {
    headers: { 'wolkvox-token': neighbour.token },
  });
  return { status: reply.status, body: await reply.text() };
}

/** What the neighbour does all day; nothing of it may be refused. */
async function neighbourIsServed(times = 5): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    expect(await report()).toEqual({ status: 200, body: alone });
    const uploaded = await service.v1('POST', '/attempts', neighbour.token, [attempt({ campaign_id: 2 })]);
    expect(uploaded.status).toBe(201);
    const zipped = await fetch(`${service.service.url}/v1/attempts`, {
      method: 'POST',
      headers: {
        'wolkvox-token': neighbour.token,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: new Uint8Array(gzipSync(JSON.stringify([attempt({ campaign_id: 2 })]))),
    });
    expect(zipped.status).toBe(201);
    const dnc = await postCampaign(neighbour, 'api=add_dnc', [{ telephone: '1', days_block: 1 }]);
    expect(dnc.status).toBe(201);
  }
}

const open = new Set<Socket>();
afterEach(async () => {
  for (const socket of open) socket.destroy();
  open.clear();
  // Whatever they held is given back, once.
  for (const pool of ['bodies', 'bodies_of_strangers', 'replies', 'imports', 'requests'] as const) {
    await held(pool).toBe(0);
  }
});

/** A connection that sends what it is told, and reads nothing. */
function begin(head: string, body: Buffer = Buffer.alloc(0)): Socket {
  const socket = connect(port(), hostname);
  open.add(socket);
  socket.pause();
  socket.on('error', () => undefined);
  socket.write(head);
  if (body.length > 0) socket.write(body);
  return socket;
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const headOf = (method: string, path: string, token: string, ...fields: string[]) =>
  `${[`${method} ${path} HTTP/1.1`, 'Host: x', `wolkvox-token: ${token}`, ...fields].join('\r\n')}\r\n\r\n`;

const uploadHead = (token: string, bytes: number, ...fields: string[]) =>
  headOf(
    'POST',
    '/v1/attempts',
    token,
    'Content-Type: application/json',
    `Content-Length: ${bytes}`,
    ...fields,
  );

/** The status of the reply to a request whose body never comes whole. */
async function statusOf(socket: Socket): Promise<number> {
  socket.resume();
  let text = '';
  for await (const chunk of socket) {
    text += chunk;
    if (text.includes('\r\n\r\n')) break;
  }
  return Number(text.split(' ')[1]);
}

describe('bodies that do not come', () => {
  test('that declare much and send one byte take one byte', async () => {
    times(24, () => begin(uploadHead(hostile.token, MAX_BODY_BYTES), Buffer.from('[')));
    await held('bodies').toBe(24);
    await neighbourIsServed();
  });

  test('that say they are gzip take no more', async () => {
    times(24, () =>
      begin(uploadHead(hostile.token, MAX_BODY_BYTES, 'Content-Encoding: gzip'), Buffer.from([0x1f, 0x8b])),
    );
    await held('bodies').toBe(48);
    await neighbourIsServed();
  });

  test('that send nearly all hold what their operation may, and wait unread', async () => {
    const body = Buffer.alloc(MAX_BODY_BYTES - 1, ' ');
    times(4, () => begin(uploadHead(hostile.token, MAX_BODY_BYTES), body));
    const { bodies } = admission();
    const before = bodies.figures().refused;
    // Those behind the first wait; where all wait for each other, the youngest is refused.
    const kept_out = () => bodies.figures().waiting + bodies.figures().refused - before;
    await expect.poll(kept_out, { timeout: 60_000 }).toBeGreaterThan(0);
    expect(bodies.figures().held).toBeLessThanOrEqual(64 * MIB);
    await neighbourIsServed();
  });

  test('of add_dnc are no other', async () => {
    const head = headOf(
      'POST',
      '/api/v2/campaign.php?api=add_dnc',
      hostile.token,
      `Content-Length: ${MAX_BODY_BYTES}`,
    );
    times(24, () => begin(head, Buffer.from('[')));
    await held('bodies').toBe(24);
    await neighbourIsServed();
  });
});

describe('bodies of those who may not send them', () => {
  test('nothing is read of one whose token lacks the scope, or that is too large by its own words', async () => {
    const reader = await hostile.newToken(['report']);
    const before = admission().figures().bodies;
    expect(await statusOf(begin(uploadHead(reader, 31 * MIB), Buffer.from('[')))).toBe(403);
    expect(await statusOf(begin(uploadHead(hostile.token, MAX_BODY_BYTES + 1), Buffer.from('[')))).toBe(413);
    for (const [method, path, token] of [
      ['PUT', '/v1/campaigns/7', hostile.token],
      ['POST', '/v1/tokens', hostile.token],
      ['DELETE', '/v1/tokens/x', hostile.token],
    ] as const) {
      const json = 'Content-Type: application/json';
      const edge = begin(headOf(method, path, token, json, `Content-Length: ${64 * 1024 + 1}`));
      expect([path, await statusOf(edge)]).toEqual([path, 413]);
    }
    for (const path of ['/v1/attempts', '/v1/hooks/twilio', '/healthz', '/docs']) {
      const options = begin(
        headOf('OPTIONS', path, '', 'Content-Type: application/json', `Content-Length: ${31 * MIB}`),
      );
      expect([path, await statusOf(options)]).toEqual([path, 204]);
    }
    expect(admission().figures().bodies).toEqual(before);
  });

  test('parameters and Content-Encoding are looked at before the body', async () => {
    const before = admission().figures().bodies;
    const json = ['Content-Type: application/json', 'Content-Length: 1000'];
    const ask = async (method: string, path: string, ...fields: string[]) =>
      statusOf(begin(headOf(method, path, hostile.token, ...json, ...fields), Buffer.from('[')));
    expect(await ask('POST', '/v1/attempts', `Idempotency-Key: ${'k'.repeat(256)}`)).toBe(400);
    expect(await ask('POST', '/v1/hooks/freeswitch?campaign_id=x')).toBe(400);
    expect(await ask('PUT', '/v1/campaigns/x')).toBe(400);
    for (const path of ['/v1/attempts', '/v1/hooks/freeswitch?campaign_id=1']) {
      expect([path, await ask('POST', path, 'Content-Encoding: br')]).toEqual([path, 415]);
    }
    expect(admission().figures().bodies).toEqual(before);
  });

  test("posts to Twilio's hook by nobody share a little room, or none", async () => {
    const signature = `X-Twilio-Signature: ${'A'.repeat(27)}=`;
    const path = '/v1/hooks/twilio?operation=0001&campaign_id=1';
    const head = (where: string, length: number, ...fields: string[]) =>
      headOf(
        'POST',
        where,
        '',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${length}`,
        ...fields,
      );
    expect(await statusOf(begin(head(path, 100)))).toBe(403);
    expect(await statusOf(begin(head(path, 100, 'X-Twilio-Signature: AAAA')))).toBe(403);
    expect(await statusOf(begin(head('/v1/hooks/twilio?operation=9&campaign_id=1', 100, signature)))).toBe(
      403,
    );
    expect(await statusOf(begin(head(path, 64 * 1024 + 1, signature)))).toBe(413);
    // As many as there may be connections of strangers, and as many again.
    times(CONNECTIONS, () => begin(head(path, 64 * 1024, signature), Buffer.alloc(60 * 1024, 'a')));
    await expect
      .poll(() => admission().figures().bodies_of_strangers.held, { timeout: 60_000 })
      .toBeGreaterThan(MIB);
    expect(admission().figures().bodies_of_strangers.held).toBeLessThanOrEqual(4 * MIB);
    expect(admission().figures().connections.held).toBeLessThanOrEqual(CONNECTIONS);
    await neighbourIsServed();
  });
});

describe('replies that nobody reads', () => {
  const table = (format: string) =>
    `/v1/machine-codes?${new URLSearchParams({ ...DAY, campaign_id: '1001', format, ...(format === 'json' && { limit: '60000' }) })}`;
  const reports =
    '/api/v2/reports_manager.php?api=campaign_8&campaign_id=all&date_ini=20261103000000&date_end=20261103235959';

  test.each([
    ['reports', reports],
    ['tables', table('json')],
    ['workbooks', table('xlsx')],
    ['streams', table('ndjson')],
  ])('%s are told against who asked for them', async (_what, path) => {
    times(8, () => begin(headOf('GET', path, hostile.token)));
    await held('replies').toBeGreaterThan(0);
    await neighbourIsServed();
    const own = await fetch(`${service.service.url}/v1/usage`, {
      headers: { 'wolkvox-token': hostile.token },
    });
    expect([200, 503]).toContain(own.status);
  });

  test('beyond its share an operation itself is told 503, of whatever reads', async () => {
    times(6, () => begin(headOf('GET', reports, hostile.token)));
    const usage = () =>
      service.v1('GET', '/usage', hostile.token).then(async (reply) => {
        await reply.text();
        return reply.status;
      });
    await expect.poll(usage, { timeout: 60_000 }).toBe(503);
    await neighbourIsServed(1);
  });

  test('what stands behind a reply that is not read is not begun', async () => {
    const one = headOf('GET', reports, hostile.token);
    begin(one + one + one);
    await held('replies').toBeGreaterThan(0);
    await held('requests').toBe(1);
    for (const socket of open) socket.destroy();
    await held('requests').toBe(0);
    await held('replies').toBe(0);
  });
});

describe('imports and connections', () => {
  const importOf = (token: string) =>
    headOf(
      'POST',
      '/v1/imports?format=asterisk-csv&campaign_id=7&time_zone=UTC',
      token,
      `Content-Length: ${MAX_BODY_BYTES}`,
    );

  test('stalled imports of one leave others theirs', async () => {
    times(8, () => begin(importOf(hostile.token), Buffer.from('x')));
    const { imports } = admission();
    await expect.poll(() => imports.figures().waiting, { timeout: 60_000 }).toBe(6);
    expect(imports.figures().held).toBe(2);
    const theirs = await fetch(
      `${service.service.url}/v1/imports?format=asterisk-csv&campaign_id=7&time_zone=UTC`,
      { method: 'POST', headers: { 'wolkvox-token': neighbour.token }, body: 'no line of a log\n' },
    );
    expect(theirs.status).toBe(202);
    await neighbourIsServed();
  });

  test('connections of strangers, and of one operation, are half of all at most', async () => {
    const strangers = times(2 * CONNECTIONS, () => begin('GET /'));
    await neighbourIsServed(1);
    expect(admission().figures().connections.held).toBeLessThanOrEqual(CONNECTIONS);
    for (const socket of strangers) socket.destroy();
    times(CONNECTIONS, () => begin(uploadHead(hostile.token, 1_000), Buffer.from('[')));
    await expect
      .poll(() => admission().figures().connections.refused, { timeout: 60_000 })
      .toBeGreaterThan(0);
    await neighbourIsServed();
  });

  test('imports of two leave a third one his', async () => {
    const { imports } = admission();
    const beginAll = ({ token }: TestOperation) => times(8, () => begin(importOf(token), Buffer.from('x')));
    // One after the other: where they come by turns, each has one.
    beginAll(hostile);
    await expect.poll(() => imports.figures(), { timeout: 60_000 }).toMatchObject({ held: 2, waiting: 6 });
    beginAll(accomplice);
    await expect.poll(() => imports.figures(), { timeout: 60_000 }).toMatchObject({ held: 3, waiting: 13 });
    const theirs = await fetch(
      `${service.service.url}/v1/imports?format=asterisk-csv&campaign_id=7&time_zone=UTC`,
      { method: 'POST', headers: { 'wolkvox-token': neighbour.token }, body: 'no line of a log\n' },
    );
    expect(theirs.status).toBe(202);
    expect(imports.figures()).toMatchObject({ held: 3, waiting: 13 });
  });

  test('workbooks of two leave a third one his', async () => {
    const { workbooks } = admission();
    const places = [hostile, accomplice].map(({ server }) => workbooks.open(`operation of ${server}`));
    for (const place of places) await place.grow(1, { wait_ms: 0 });
    try {
      const query = new URLSearchParams({ ...DAY, campaign_id: '1001', format: 'xlsx' });
      const theirs = await fetch(`${service.service.url}/v1/machine-codes?${query}`, {
        headers: { 'wolkvox-token': neighbour.token },
      });
      expect([theirs.status, (await theirs.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    } finally {
      for (const place of places) place.release();
    }
  });

  test('connections of two that are busy on all of them leave a third one his', async () => {
    const { refused } = admission().connections.figures();
    for (const { token } of [hostile, accomplice]) {
      times(CONNECTIONS, () => begin(uploadHead(token, 1_000), Buffer.from('[')));
    }
    await expect
      .poll(() => admission().connections.figures().refused, { timeout: 60_000 })
      .toBeGreaterThan(refused);
    await neighbourIsServed();
  });

  test('who sends more ahead than may wait loses the connection, whoever he is', async () => {
    const ahead = headOf('GET', '/v1/usage', hostile.token).repeat(3 * CONNECTIONS);
    const sockets = times(2, () => begin(`${ahead}${uploadHead(hostile.token, 1_000)}[`).resume());
    await expect.poll(() => sockets.every(({ closed }) => closed), { timeout: 60_000 }).toBe(true);
    await held('requests').toBe(0);
    await neighbourIsServed(1);
  });
});
