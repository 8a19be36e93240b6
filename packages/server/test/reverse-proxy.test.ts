import { execFileSync } from 'node:child_process';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type ImportDocument, MAX_BODY_BYTES } from '@recuento/contract';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { DocumentedPage } from './documented-page.js';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { CALL_S, cdrLine } from './master-csv.js';
import { PROXIES, type ProxyName, PUBLIC_HOST, ReverseProxy, replyTo, whole } from './reverse-proxy.js';
import { testWith, toolPath } from './tools.js';

/** nginx and Caddy in front of the service, configured as docs/guide/moving.md has it. */
const { toolTest, note } = testWith('nginx', 'caddy', 'openssl');
const BOTH = PROXIES.map((name) => [name] as const);
const { public_url } = JSON.parse(new DocumentedPage('docs/guide/moving.md').block('json', 'public_url')) as {
  public_url: string;
};

/** Less patient than by default, so that it shows when a caller's silence reaches the service. */
const SILENCE_MS = 3_000;
/** Campaigns by their telephones. The large one has some 90 MB as NDJSON: more than all sockets on the way take (33 MB each). */
const LONG = { campaign: 8, rows: 60_000 };
const LARGE = { campaign: 9, rows: 600_000 };

let service: TestService;
let operation: TestOperation;
const proxies = new Map<ProxyName, ReverseProxy>();
beforeAll(async () => {
  service = await TestService.start({ public_url }, { reader_silence_ms: SILENCE_MS });
  operation = await service.operation({ server: '0042' });
  await operation.upload([attempt({ telephone: '573001234567' })]);
  for (const long of [LONG, LARGE]) await fill(long);
  if (note === '') {
    for (const name of PROXIES) proxies.set(name, await ReverseProxy.start(name, service.service.url));
  }
});
afterAll(async () => {
  for (const proxy of proxies.values()) await proxy.stop();
  await service.stop();
});
afterEach(() => vi.restoreAllMocks());

/** Rows as uploads leave them, made by the engine. */
async function fill({ campaign, rows }: typeof LONG): Promise<void> {
  const { engine, accounts } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  await engine.command(
    `INSERT INTO told (operation_id, campaign_id, telephone, dialed_at, result, delivery, attempt_id)
     SELECT ${id}, ${campaign}, toString(573000000000 + number), toDateTime('2026-11-03 17:00:00', 'UTC'), 'busy', 1,
       toString(number) FROM numbers(${rows})`,
  );
}

function proxyOf(name: ProxyName): ReverseProxy {
  const proxy = proxies.get(name);
  if (!proxy) throw new Error(`${name} does not run`);
  return proxy;
}

const REPORT = `/api/v2/reports_manager.php?api=campaign_8&campaign_id=1001&date_ini=${NOVEMBER[0]}&date_end=${NOVEMBER[1]}`;
const authorized = (more: Record<string, string> = {}) => ({ 'wolkvox-token': operation.token, ...more });

toolTest.each(BOTH)(`%s passes a program's call on, with wolkvox_server${note}`, async (name) => {
  const proxy = proxyOf(name);
  const reply = await proxy.ask(REPORT, authorized({ wolkvox_server: '0042' }));
  expect([reply.status, JSON.parse(reply.body)]).toMatchObject([
    200,
    { code: 200, data: [{ telephone: '573001234567', no_answer: '1' }] },
  ]);
  // It is told of another operation's code, so the header has come.
  const other = await proxy.ask(REPORT, authorized({ wolkvox_server: '0043' }));
  expect([other.status, JSON.parse(other.body).msg]).toEqual([
    403,
    expect.stringContaining('wolkvox_server'),
  ]);
  const slashes = await proxy.ask(`/${REPORT}`, authorized());
  expect([slashes.status, slashes.body]).toEqual([200, reply.body]);
});

toolTest.each(BOTH)(`behind %s every link leads to public_url${note}`, async (name) => {
  const proxy = proxyOf(name);
  const refused = await proxy.ask('/api/v2/reports_manager.php?api=campaign_8', {
    'wolkvox-token': 'nobody',
  });
  const link = /^<(.+)>; rel="help"$/.exec(String(refused.headers.link))?.[1] ?? '';
  const page = new URL(link, `https://${PUBLIC_HOST}${REPORT}`);
  expect([refused.status, page.href]).toEqual([403, `${public_url}/docs/errors/token-invalid`]);
  expect(await proxy.ask(page.pathname)).toMatchObject({ status: 200 });
  const { servers } = JSON.parse((await proxy.ask('/openapi.json')).body);
  expect(servers).toMatchObject([{ url: public_url }]);
  for (const path of ['/docs', '/docs/calls/campaign_8', '/postman.json', '/openapi.json']) {
    const { status, body } = await proxy.ask(path);
    expect([status, path === '/docs' || body.includes(public_url)]).toEqual([200, true]);
    expect(body).not.toContain(new URL(service.service.url).host);
    expect(body).not.toContain(`http://${PUBLIC_HOST}`);
  }
});

toolTest.each(BOTH)(`%s passes large uploads on, plain and gzip${note}`, async (name) => {
  const proxy = proxyOf(name);
  const records = Array.from({ length: 10_000 }, (_, nr) =>
    attempt({
      campaign_id: 2,
      telephone: `57300${nr}`,
      attempt_id: `${name}-${nr}`,
      customer_id: 'x'.repeat(200),
    }),
  );
  const body = Buffer.from(JSON.stringify(records));
  expect(body.length).toBeGreaterThan(2 * 1024 ** 2);
  const json = authorized({ 'content-type': 'application/json' });
  expect(await proxy.ask('/v1/attempts', json, body)).toMatchObject({ status: 201 });
  const zipped = await proxy.ask('/v1/attempts', { ...json, 'content-encoding': 'gzip' }, gzipSync(body));
  expect([zipped.status, JSON.parse(zipped.body)]).toMatchObject([201, { received: 10_000 }]);
});

toolTest.each(BOTH)(`behind %s the service itself refuses a body that is too large${note}`, async (name) => {
  const headers = authorized({
    'content-type': 'application/json',
    'content-length': String(MAX_BODY_BYTES + 1),
  });
  const asking = proxyOf(name).open('/v1/attempts', { method: 'POST', headers });
  asking.write('[');
  const reply = await whole(await replyTo(asking));
  asking.destroy();
  expect([reply.status, JSON.parse(reply.body).id]).toEqual([413, 'body-too-large']);
});

toolTest.each(BOTH)(`%s passes an import on as it comes, and it can be watched${note}`, async (name) => {
  const proxy = proxyOf(name);
  const campaign = name === 'nginx' ? 11 : 12;
  const asking = beginImport(proxy, campaign);
  let lines = 0;
  // More and more of the file comes until the service tells of it: a proxy that waits for its end would wait for ever.
  const watched = async () => {
    asking.write(fileLines(lines, 1_000));
    lines += 1_000;
    return importOf(campaign);
  };
  await expect
    .poll(watched, { timeout: 60_000, interval: 100 })
    .toMatchObject({ state: 'running', bytes: expect.toSatisfy((bytes) => bytes > 0) });
  asking.end();
  const { status, body } = await whole(await replyTo(asking));
  expect([status, JSON.parse(body)]).toMatchObject([202, { state: 'done', read: lines, stored: lines }]);
});

toolTest.each(BOTH)(`who hangs up behind %s breaks off his import${note}`, async (name) => {
  const campaign = name === 'nginx' ? 13 : 14;
  const asking = beginImport(proxyOf(name), campaign);
  asking.write(fileLines(0, 1_000));
  await expect.poll(() => importOf(campaign), { timeout: 60_000 }).toMatchObject({ state: 'running' });
  asking.destroy();
  await expect.poll(() => importOf(campaign), { timeout: 60_000 }).toMatchObject({ state: 'failed' });
});

toolTest.each(BOTH)(`who hangs up behind %s before his report is there is gone${note}`, async (name) => {
  const { accounts, admission } = service.service.services;
  const ended = vi.spyOn(admission.connections, 'answered');
  const look = accounts.tokens.authenticate.bind(accounts.tokens);
  let gone = false;
  vi.spyOn(accounts.tokens, 'authenticate').mockImplementation(async (secret) => {
    asking.destroy();
    await expect.poll(() => ended.mock.calls.length, { timeout: 60_000 }).toBe(1);
    gone = true;
    return look(secret);
  });
  const asking = proxyOf(name).open(REPORT, { headers: authorized() });
  asking.end();
  await expect.poll(() => gone, { timeout: 60_000 }).toBe(true);
});

toolTest.each(BOTH)(`a long file comes through %s whole${note}`, async (name) => {
  const reply = await file(proxyOf(name), LONG);
  expect(await readOn(reply)).toEqual({ lines: LONG.rows, whole: true });
});

/** Caddy of Debian ends what broke off in good order: the page says so (mended in 2.8). */
function endsInGoodOrder(name: ProxyName): boolean {
  return name === 'caddy' && /^v?2\.6\./.test(execFileSync(toolPath('caddy') ?? '', ['version']).toString());
}

toolTest.each(BOTH)(
  `a reader that pauses behind %s is cut by the service, and can see it${note}`,
  async (name) => {
    const paused = await file(proxyOf(name), LARGE);
    // Nobody on the way reads the whole file for him, or it would end well.
    await expect
      .poll(() => service.service.services.admission.replies.figures().held, { timeout: 60_000 })
      .toBe(0);
    const { lines, whole: is_whole } = await readOn(paused);
    expect(lines).toBeLessThan(LARGE.rows);
    expect(is_whole).toBe(endsInGoodOrder(name));
  },
);

toolTest.each(BOTH)(
  `behind %s a report has its length, by which it shows when it breaks off${note}`,
  async (name) => {
    const records = Array.from({ length: 100 }, (_, nr) =>
      attempt({ campaign_id: 3, telephone: `57310${nr}` }),
    );
    await operation.upload(records);
    const reply = await proxyOf(name).ask(REPORT.replace('=1001', '=3'), authorized());
    expect(reply.headers).toMatchObject({ 'content-length': String(reply.body.length) });
    expect(reply.headers['content-encoding']).toBeUndefined();
  },
);

toolTest.each(BOTH)(`operations share the connections of %s, and each gets its own${note}`, async (name) => {
  const proxy = proxyOf(name);
  const neighbour = await service.operation();
  await neighbour.upload([attempt({ telephone: '576011234567' })]);
  const { connections } = service.service.services.admission;
  const arrived = vi.spyOn(connections, 'arrived');
  for (let call = 0; call < 20; call += 1) {
    const [{ token }, telephone] = call % 2 === 0 ? [operation, '573001234567'] : [neighbour, '576011234567'];
    const reply = await proxy.ask(REPORT, { 'wolkvox-token': token });
    expect([reply.status, JSON.parse(reply.body).data]).toMatchObject([200, [{ telephone }]]);
  }
  expect(arrived.mock.calls.length).toBeLessThan(3);
  expect(connections.figures()).toMatchObject({ refused: 0, cut: 0 });
});

function beginImport(proxy: ReverseProxy, campaign: number): ClientRequest {
  const path = `/v1/imports?format=asterisk-csv&campaign_id=${campaign}&time_zone=UTC`;
  const headers = authorized({ 'content-type': 'text/csv', 'transfer-encoding': 'chunked' });
  return proxy.open(path, { method: 'POST', headers });
}

function fileLines(from: number, count: number): string {
  return Array.from({ length: count }, (_, at) => {
    const id = `${CALL_S + from + at}.${from + at}`;
    return `${cdrLine({ uniqueid: id, linkedid: id })}\n`;
  }).join('');
}

async function importOf(campaign: number): Promise<ImportDocument | undefined> {
  const reply = await service.v1('GET', '/imports', operation.token);
  const { imports } = (await reply.json()) as { imports: ImportDocument[] };
  return imports.find(({ campaign_id }) => campaign_id === campaign);
}

/** Of which nothing is read yet. */
async function file(proxy: ReverseProxy, { campaign }: typeof LONG): Promise<IncomingMessage> {
  const from = encodeURIComponent('2026-11-03T00:00:00-05:00');
  const to = encodeURIComponent('2026-11-03T23:59:59-05:00');
  const query = `campaign_id=${campaign}&from=${from}&to=${to}&format=ndjson`;
  const asking = proxy.open(`/v1/machine-codes?${query}`, { headers: authorized() });
  asking.end();
  const reply = await replyTo(asking);
  reply.on('error', () => undefined); // `complete` tells
  expect(reply.statusCode).toBe(200);
  return reply;
}

/** Reads to the end. @returns how many lines came, and whether the reply says that it is whole */
async function readOn(reply: IncomingMessage): Promise<{ lines: number; whole: boolean }> {
  let lines = 0;
  reply.on('data', (chunk: Buffer) => {
    lines += chunk.toString('latin1').split('\n').length - 1;
  });
  if (!reply.closed) await new Promise((resolve) => reply.once('close', resolve)); // an error comes before it
  return { lines, whole: reply.complete };
}
