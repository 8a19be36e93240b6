import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { entryOf } from './catalogue.js';
import { attempt, type TestOperation, TestService } from './harness.js';
import { sendRaw } from './raw-http.js';

/** Whoever sends or reads too slowly is cut, and what he held is free; whoever is slow for our sake is not. */
let service: TestService;
let operation: TestOperation;

/** A service that is in a hurry. What is allowed between two steps of those who shall pass is many times what they take. */
const SILENCE_MS = 2_000;
const TELEPHONES = 60_000;
const REPORT =
  '/api/v2/reports_manager.php?api=campaign_8&campaign_id=1001&date_ini=20261103000000&date_end=20261103235959';

beforeAll(async () => {
  service = await TestService.start(
    { imports: 1, twilio_auth_tokens: { slow: 'twilio-auth-token-for-tests' } },
    {
      look_every_ms: 50,
      room_ms: 120_000,
      import_recent_ms: 1_000,
      headers_ms: 1_500,
      body_silence_ms: SILENCE_MS,
      body_grace_ms: 4_000,
      stranger_silence_ms: 500,
      stranger_total_ms: 1_500,
      import_silence_ms: SILENCE_MS,
      reader_silence_ms: SILENCE_MS,
      drain_ms: 500,
    },
  );
  operation = await service.operation({ limits: { max_records: TELEPHONES, max_simultaneous: 1 } });
  await operation.upload(
    Array.from({ length: TELEPHONES }, (_, at) =>
      attempt({ attempt_id: String(at), telephone: String(573_000_000_000 + at) }),
    ),
  );
});
afterAll(() => service.stop());

const figures = () => service.service.services.admission.figures();

function begin(text: string): Socket {
  const { hostname, port } = new URL(service.service.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(text);
  return socket;
}

const head = (method: string, path: string, ...fields: string[]) =>
  `${[`${method} ${path} HTTP/1.1`, 'Host: x', `wolkvox-token: ${operation.token}`, ...fields].join('\r\n')}\r\n\r\n`;

const UPLOADS = ['/v1/attempts', '/api/v2/campaign.php?api=add_dnc', '/v1/hooks/freeswitch?campaign_id=1'];
const uploadTo = (path: string, length: number) =>
  head('POST', path, 'Content-Type: application/json', `Content-Length: ${length}`);

const REST_EVERY_BYTES = 3_000_000;

async function whole(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

describe('headers', () => {
  test('that do not end are 408 with the usual headers, also behind a request that was answered', async () => {
    const reply = await sendRaw(service.service.url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n');
    expect(entryOf(reply)).toBe('headers-too-slow');
    expect(reply.headers.get('connection')).toBe('close');
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    const second = await whole(begin(`${head('GET', '/healthz')}GET /he`));
    expect(second.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 408']);
  });
});

describe('bodies', () => {
  test.each(UPLOADS)('of %s that stop are 408, and the connection is closed', async (path) => {
    expect(entryOf(await sendRaw(service.service.url, `${uploadTo(path, 1_000)}[`))).toBe('body-too-slow');
    const reply = await whole(begin(`${uploadTo(path, 1_000)}[`));
    expect(reply).toMatch(/^HTTP\/1\.1 408 /);
    expect(reply.toLowerCase()).toContain('connection: close');
    expect(figures().bodies).toMatchObject({ held: 0, waiting: 0 });
  });

  test('that drip less than they must are 408 too', async () => {
    const socket = begin(`${uploadTo('/v1/attempts', 100_000)}[`);
    const drip = setInterval(() => socket.write(' '), 100);
    const reply = await whole(socket);
    clearInterval(drip);
    expect(reply).toMatch(/^HTTP\/1\.1 408 /);
    expect(figures().bodies.held).toBe(0);
  });

  test('that come in steps, with pauses that are shorter, are taken', async () => {
    const record = JSON.stringify([attempt({ campaign_id: 2 })]);
    const body = record.padEnd(40_000, ' ');
    const socket = begin(uploadTo('/v1/attempts', body.length));
    for (let at = 0; at < body.length; at += 4_000) {
      await sleep(SILENCE_MS / 8);
      socket.write(body.slice(at, at + 4_000));
    }
    const [reply] = await once(socket, 'data');
    expect(String(reply)).toMatch(/^HTTP\/1\.1 201 /);
    socket.destroy();
  });

  test('of strangers that stop, or drip, give their little room back sooner', async () => {
    const posted = () =>
      begin(
        `POST /v1/hooks/twilio?operation=slow&campaign_id=1 HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: ${'A'.repeat(27)}=\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\na`,
      );
    expect(await whole(posted())).toMatch(/^HTTP\/1\.1 408 /);
    // Much faster than anybody must be on average, and without a pause.
    const socket = posted();
    const steady = setInterval(() => socket.write('a'.repeat(500)), 50);
    expect(await whole(socket)).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(steady);
    expect(figures().bodies_of_strangers).toMatchObject({ held: 0, cut: 2 });
  });

  test('that were refused are thrown away for a while, and their sender does not hold the connection for ever', async () => {
    const socket = begin(
      `${head('POST', '/v1/attempts?operation=nobody', 'Content-Type: application/json', 'Content-Length: 1000000')}[`,
    );
    expect(await whole(socket)).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test('an import of which nothing comes is broken off with what had come, and says so', async () => {
  const path = '/v1/imports?format=csv&campaign_id=9&map=telephone%3Dt,dialed_at%3Dd,result%3Dr';
  const socket = begin(
    `${head('POST', path, 'Content-Length: 1000')}t,d,r\n573001234567,2026-11-03 12:00:00,busy\n`,
  );
  const reply = await whole(socket);
  expect(reply).toMatch(/^HTTP\/1\.1 400 /);
  expect(reply).toContain('import-broken-off');
  const listed = await service.v1('GET', '/imports?limit=1', operation.token);
  const { imports } = (await listed.json()) as { imports: ImportDocument[] };
  expect(imports).toMatchObject([{ state: 'failed', campaign_id: 9, read: 2, stored: 1 }]);
  expect(figures().imports).toMatchObject({ held: 0, waiting: 0, cut: 1 });
});

test('an import that drips goes on while nobody waits, and loses its place when another operation does', async () => {
  const path = '/v1/imports?format=csv&campaign_id=10&map=telephone%3Dt,dialed_at%3Dd,result%3Dr';
  const socket = begin(`${head('POST', path, 'Content-Length: 100000')}t,d,r\n`);
  const reply = whole(socket);
  let sent = 0;
  const drip = setInterval(() => {
    socket.write('5');
    sent += 1;
  }, 100);
  const { cut } = figures().imports;
  await expect.poll(() => sent, { timeout: 60_000 }).toBeGreaterThan(30);
  const own = fetch(`${service.service.url}${path}`, {
    method: 'POST',
    headers: { 'wolkvox-token': operation.token },
    body: 't,d,r\n',
  });
  await expect.poll(() => figures().imports.waiting, { timeout: 60_000 }).toBe(1);
  await expect.poll(() => sent, { timeout: 60_000 }).toBeGreaterThan(60);
  expect(figures().imports).toMatchObject({ held: 1, cut }); // its own next one is nobody else
  const other = await service.operation();
  const theirs = await fetch(`${service.service.url}${path}`, {
    method: 'POST',
    headers: { 'wolkvox-token': other.token },
    body: 't,d,r\n573001234567,2026-11-03 12:00:00,busy\n',
  });
  expect(theirs.status).toBe(202);
  clearInterval(drip);
  expect(await reply).toMatch(/^HTTP\/1\.1 400 [\s\S]*import-broken-off[\s\S]*OTHERS WAIT/);
  expect((await own).status).toBe(202);
  expect(figures().imports.cut).toBe(cut + 1);
});

test('connections on which no request comes are closed, without a word', async () => {
  const { held } = figures().connections;
  expect(await whole(begin(''))).toBe('');
  await expect.poll(() => figures().connections.held, { timeout: 60_000 }).toBeLessThanOrEqual(held);
});

describe('readers', () => {
  test('of what has a length hold so much', async () => {
    const { replies } = service.service.services.admission;
    const hold = vi.spyOn(replies, 'hold');
    const reply = await service.v1('GET', '/usage', operation.token);
    expect(hold.mock.calls.map(([, , bytes]) => bytes)).toEqual([(await reply.arrayBuffer()).byteLength]);
    hold.mockRestore();
  });

  test('that take nothing are cut, and their slot is free', async () => {
    const { cut } = figures().replies;
    const socket = begin(head('GET', REPORT)).pause();
    await expect.poll(() => figures().replies, { timeout: 60_000 }).toMatchObject({ held: 0, cut: cut + 1 });
    socket.destroy();
    expect((await operation.campaign8(1001, '20261103000000', '20261103235959')).status).toBe(200);
  });

  test('that pause, again and again, are not cut, and each reply of a connection has a clock of its own', async () => {
    const { cut } = figures().replies;
    const socket = begin(head('GET', REPORT) + head('GET', REPORT));
    let [read, rests] = [0, 0];
    // Together the rests are longer than one may be.
    for await (const chunk of socket) {
      const before = Math.floor(read / REST_EVERY_BYTES);
      read += chunk.length;
      if (Math.floor(read / REST_EVERY_BYTES) > before) {
        rests += 1;
        await sleep(SILENCE_MS / 2);
      }
      if (figures().requests.held === 0) break;
    }
    expect(rests).toBeGreaterThan(2);
    expect(figures().replies.cut).toBe(cut);
  });
});
