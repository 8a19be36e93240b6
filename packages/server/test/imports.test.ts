import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ImportDocument, RejectDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { CALL_S, type CdrFields, cdrLine, dialed } from './master-csv.js';

let service: TestService;
let operation: TestOperation;
let campaigns = 0;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
});
afterAll(() => service.stop());

/** A campaign that nothing was imported into yet. */
const fresh = () => {
  campaigns += 1;
  return campaigns;
};

interface Sent {
  campaign?: number;
  time_zone?: string;
  headers?: Record<string, string>;
  token?: string;
}

async function post(body: string | Uint8Array, sent: Sent = {}): Promise<Response> {
  const query = new URLSearchParams({
    format: 'asterisk-csv',
    campaign_id: String(sent.campaign ?? fresh()),
  });
  query.set('time_zone', sent.time_zone ?? 'UTC');
  return fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sent.token ?? operation.token}`, ...sent.headers },
    body,
  });
}

async function imported(body: string | Uint8Array, sent: Sent = {}): Promise<ImportDocument> {
  const reply = await post(body, sent);
  expect(reply.status).toBe(202);
  const document = (await reply.json()) as ImportDocument;
  expect(document.state).toBe('done');
  expectBalanced(document);
  return document;
}

function expectBalanced(document: ImportDocument): void {
  const { read, stored, unchanged, joined, skipped, rejected } = document;
  expect(stored + unchanged + joined + skipped + rejected).toBe(read);
}

const file = (...lines: string[]) => `${lines.join('\n')}\n`;
const get = async (path: string) => (await service.v1('GET', path, operation.token)).json();

/** A call of its own, `nr` seconds after the first. */
function call(nr: number, fields: Partial<CdrFields> = {}): string {
  const id = `${CALL_S + nr}.${nr}`;
  return cdrLine({ uniqueid: id, linkedid: id, ...fields });
}

async function report(campaign: number): Promise<Record<string, string>[]> {
  return (await operation.campaign8(campaign, ...NOVEMBER)).json.data;
}

test('five rows of one uniqueid are one attempt with the strongest outcome', async () => {
  const campaign = fresh();
  const outcomes = ['NO ANSWER', 'FAILED', 'BUSY', 'CONGESTION', 'NO ANSWER'];
  const lines = outcomes.map((disposition) => cdrLine({ disposition }));
  expect(await imported(file(...lines), { campaign })).toMatchObject({
    read: 5,
    stored: 1,
    joined: 4,
    codes: { busy: 1 },
  });
  expect(await report(campaign)).toMatchObject([{ total_machine_recognitions: '1', busy: '1' }]);
});

test('an unterminated quote costs its own line, told by its number; those after it are taken', async () => {
  const broken = `${cdrLine().slice(0, -3)}"${CALL_S}.7`;
  const document = await imported(file(call(1), broken, call(2), call(3)));
  expect(document).toMatchObject({ read: 4, stored: 3, rejected: 1 });
  const rejects = (await get(`/imports/${document.id}/rejects`)) as { rejects: RejectDocument[] };
  expect(rejects.rejects).toEqual([{ line: 2, reason: expect.any(String), raw: broken }]);
  const [{ reason } = { reason: '' }] = rejects.rejects;
  expect(document.rejected_by_reason).toEqual([{ reason, lines: 1, first_line: 2 }]);
});

test('VoiceMail that answered is a machine; NO ANSWER with billsec stays no_answer', async () => {
  const campaign = fresh();
  await imported(
    file(
      call(1, { disposition: 'ANSWERED', lastapp: 'VoiceMail', lastdata: '100@default', billsec: 9 }),
      call(2, { disposition: 'NO ANSWER', billsec: 14 }),
      call(3, { disposition: 'ANSWERED', billsec: 9 }),
    ),
    { campaign },
  );
  expect(await report(campaign)).toMatchObject([
    { total_machine_recognitions: '2', answer_machine: '1', no_answer: '1' },
  ]);
});

test('importing twice stores nothing new; a stronger leg strengthens, a weaker one does not', async () => {
  const campaign = fresh();
  const lines = Array.from({ length: 300 }, (_, nr) => call(nr, dialed(`57300${1_000_000 + nr}`)));
  expect(await imported(file(...lines), { campaign })).toMatchObject({ stored: 300, unchanged: 0 });
  expect(await imported(file(...lines), { campaign })).toMatchObject({ stored: 0, unchanged: 300 });
  const stronger = call(7, { ...dialed('573001000007'), disposition: 'BUSY' });
  expect(await imported(file(stronger), { campaign })).toMatchObject({ stored: 1 });
  expect(await imported(file(...lines), { campaign })).toMatchObject({ stored: 0, unchanged: 300 });
  const rows = await report(campaign);
  expect(rows).toHaveLength(300);
  expect(rows.filter((row) => row.busy === '1')).toMatchObject([
    { telephone: '573001000007', no_answer: '0' },
  ]);
});

test('more calls than are held in memory, and their legs far apart', async () => {
  const campaign = fresh();
  const calls = Array.from({ length: 401_000 }, (_, nr) => nr);
  const first = calls.map((nr) => call(nr, dialed(String(3_000_000_000 + nr))));
  const second = calls
    .slice(0, 1_000)
    .map((nr) => call(nr, { ...dialed(String(3_000_000_000 + nr)), disposition: 'BUSY' }));
  const document = await imported([first, second].flat().join('\n'), { campaign });
  expect(document.read).toBe(402_000);
  const counted = await service.service.services.engine.read({
    sql: `SELECT result, count() FROM held_by_campaign FINAL WHERE campaign_id = ${campaign} GROUP BY result ORDER BY result FORMAT TSV`,
    fair_key: 'test',
    max_ms: 30_000,
  });
  expect(counted.toString()).toBe('no_answer\t400000\nbusy\t1000\n');
});

test('gzip, CR and CRLF; blank lines and legs without a telephone are skipped with their reason', async () => {
  const lines = [call(1), '', call(2), call(3, { dst: 's', lastapp: 'Hangup', lastdata: '' })];
  for (const end of ['\n', '\r\n', '\r']) {
    const campaign = fresh();
    const headers = { 'content-encoding': 'gzip' };
    const document = await imported(gzipSync(lines.join(end)), { campaign, headers });
    expect(document).toMatchObject({ read: 4, stored: 2, skipped: 2 });
    expect(document.skipped_by_reason).toEqual({ blank_line: 1, no_telephone: 1 });
  }
});

test('a kilobyte that was packed twice is not unpacked without end', async () => {
  const campaign = fresh();
  const headers = { 'content-encoding': 'gzip' };
  const reply = await post(gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))), { campaign, headers });
  expect([reply.status, await reply.json()]).toMatchObject([400, { id: 'import-broken-off' }]);
  const { imports } = (await get('/imports?limit=1')) as { imports: ImportDocument[] };
  expect(imports).toMatchObject([{ state: 'failed', reason: expect.stringMatching(/unpacks to more than/) }]);
});

test('a broken gzip stream fails the import; what came before is stored, and the whole file completes it', async () => {
  const campaign = fresh();
  const headers = { 'content-encoding': 'gzip' };
  const whole = gzipSync(file(...Array.from({ length: 5_000 }, (_, nr) => call(nr))));
  const reply = await post(whole.subarray(0, whole.length / 2), { campaign, headers });
  expect([reply.status, await reply.json()]).toMatchObject([400, { id: 'import-broken-off' }]);
  const { imports } = (await get('/imports?limit=1')) as { imports: ImportDocument[] };
  const [failed] = imports;
  expect(failed).toMatchObject({
    state: 'failed',
    campaign_id: campaign,
    reason: expect.stringMatching(/gzip/),
  });
  if (!failed) throw new Error('no import');
  expectBalanced(failed);
  expect(failed.stored).toBeGreaterThan(0);
  const again = await imported(whole, { campaign, headers });
  expect(again).toMatchObject({ stored: 5_000 - failed.stored, unchanged: failed.stored });
});

test('a client that goes away half-way fails the import, and running it again completes it', async () => {
  const campaign = fresh();
  const text = file(...Array.from({ length: 2_000 }, (_, nr) => call(nr)));
  const { hostname, port } = new URL(service.service.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `POST /v1/imports?format=asterisk-csv&time_zone=UTC&campaign_id=${campaign} HTTP/1.1\r\nHost: x\r\n` +
      `Authorization: Bearer ${operation.token}\r\nContent-Length: ${text.length}\r\n\r\n${text.slice(0, text.length / 2)}`,
  );
  const latest = async () => ((await get('/imports?limit=1')) as { imports: ImportDocument[] }).imports[0];
  while ((await latest())?.campaign_id !== campaign) await sleep(20);
  socket.destroy();
  while ((await latest())?.state === 'running') await sleep(20);
  const failed = await latest();
  expect(failed).toMatchObject({ state: 'failed', campaign_id: campaign, rejected: 0 });
  const again = await imported(text, { campaign });
  expect(again).toMatchObject({
    read: 2_000,
    stored: 2_000 - (failed?.stored ?? 0),
    unchanged: failed?.stored,
  });
});

test('two imports of one campaign at the same time end as one after the other would', async () => {
  const campaign = fresh();
  const weak = file(...Array.from({ length: 3_000 }, (_, nr) => call(nr)));
  const strong = file(...Array.from({ length: 3_000 }, (_, nr) => call(nr, { disposition: 'BUSY' })));
  await Promise.all([strong, weak, strong, weak].map((text) => imported(text, { campaign })));
  expect(await report(campaign)).toMatchObject([{ total_machine_recognitions: '3000', busy: '3000' }]);
});

test('an attempt that was uploaded with more than a switch knows is left as it is', async () => {
  const campaign = fresh();
  const uploaded = attempt({ campaign_id: campaign, attempt_id: `${CALL_S + 1}.1`, result: 'do_not_call' });
  await operation.upload([{ ...uploaded, dialed_at: '2026-11-03T12:00:01Z' }]);
  expect(await imported(file(call(1, { disposition: 'BUSY' })), { campaign })).toMatchObject({
    unchanged: 1,
  });
  expect((await operation.campaign8(campaign, ...NOVEMBER)).status).toBe(404);
});

test("the zone is the parameter's, else the operation's, and the result says which", async () => {
  const [asked, own] = [fresh(), fresh()];
  const line = call(0, { start: '2026-11-03 12:00:00', uniqueid: '' });
  expect(await imported(file(line), { campaign: asked, time_zone: 'UTC' })).toMatchObject({
    time_zone_from: 'parameter',
  });
  expect(await imported(file(line), { campaign: own, time_zone: '' })).toMatchObject({
    time_zone: 'America/Bogota',
    time_zone_from: 'operation',
  });
  const at = (campaign: number, second: string) => operation.campaign8(campaign, second, second);
  expect((await at(asked, '20261103070000')).status).toBe(200); // 12:00 UTC in Bogota
  expect((await at(own, '20261103120000')).status).toBe(200);
});

test('imports and rejects are listed with cursors; rejects come as a file too', async () => {
  const bad = Array.from({ length: 7 }, (_, at) => `"bad, ""line"" ${at}`);
  const document = await imported(file(...bad));
  const lines: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = (await get(`/imports/${document.id}/rejects?limit=3&cursor=${cursor}`)) as {
      rejects: RejectDocument[];
      next_cursor: string | null;
    };
    lines.push(...page.rejects.map((reject) => reject.line));
    cursor = page.next_cursor;
  }
  expect(lines).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const csv = await service.v1('GET', `/imports/${document.id}/rejects?format=csv`, operation.token);
  expect(csv.headers.get('content-disposition')).toContain('attachment');
  expect((await csv.text()).split('\r\n').slice(0, 2)).toEqual([
    'line,reason,raw',
    '1,"a quote is not closed","""bad, """"line"""" 0"',
  ]);
  const first = (await get('/imports?limit=2')) as { imports: ImportDocument[]; next_cursor: string };
  const next = (await get(`/imports?limit=2&cursor=${first.next_cursor}`)) as { imports: ImportDocument[] };
  const ids = [...first.imports, ...next.imports].map((one) => one.id);
  expect(ids[0]).toBe(document.id);
  expect(ids).toEqual([...new Set(ids)].sort().reverse());
});

test('what is wrong with a request is told before its body is read', async () => {
  const url = (query: string) => `/imports?${query}`;
  const refusals: [string, number][] = [
    ['campaign_id=1', 400],
    ['format=asterisk-csv', 400],
    ['format=nothing&campaign_id=1', 400],
    ['format=asterisk-csv&campaign_id=0', 400],
    ['format=asterisk-csv&campaign_id=4294967296', 400],
    ['format=asterisk-csv&campaign_id=1&time_zone=Mars', 400],
  ];
  for (const [query, status] of refusals) {
    expect([query, (await service.v1('POST', url(query), operation.token, {})).status]).toEqual([
      query,
      status,
    ]);
  }
  const reader = await operation.newToken(['report']);
  expect((await post(file(call(1)), { token: reader })).status).toBe(403);
  expect((await post(file(call(1)), { headers: { 'content-encoding': 'br' } })).status).toBe(415);
  expect((await service.v1('DELETE', '/imports', operation.token)).status).toBe(405);
});

test("another operation's imports are not there", async () => {
  const document = await imported(file(call(1)));
  const neighbour = await service.operation();
  for (const path of [`/imports/${document.id}`, `/imports/${document.id}/rejects`]) {
    expect((await service.v1('GET', path, neighbour.token)).status).toBe(404);
  }
  expect(await (await service.v1('GET', '/imports', neighbour.token)).json()).toEqual({
    imports: [],
    next_cursor: null,
  });
});

test('an import without a body reads nothing; what a kill left running is interrupted at the next start', async () => {
  expect(await imported('')).toMatchObject({ read: 0, bytes: 0 });
  const { accounts } = service.service.services;
  const owner = await accounts.operations.byServer(operation.server);
  const left = await accounts.imports.create(
    owner.id,
    {
      format: 'asterisk-csv',
      format_reason: null,
      campaign_id: 1,
      time_zone: 'UTC',
      time_zone_from: 'parameter',
    },
    { mapping: '', replaces: false },
  );
  await service.restart();
  expect(await get(`/imports/${left.id}`)).toMatchObject({ state: 'interrupted' });
});
