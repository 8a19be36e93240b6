import { once } from 'node:events';
import { type ClientRequest, get as httpGet, type IncomingMessage } from 'node:http';
import { TABLE_FORMATS, TABLE_LIMITS, type TableFormat } from '@recuento/contract';
import { parquetMetadata } from 'hyparquet';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type TestOperation, TestService } from './harness.js';
import { TEST_ENGINE } from './servers/test-stores.js';

/** Tables of `/v1` that are large: what their readers hold, how they are cut off, and the most rows there may be. */
let service: TestService;
let operations: [TestOperation, TestOperation, TestOperation];
const DAY = { from: '2026-11-03T00:00:00-05:00', to: '2026-11-03T23:59:59-05:00' };
/** Campaigns by their telephones: some 300 MB of JSON, and what a page of the documented API may have. */
const [LARGE, SMALL] = [1, 2];
/** Three workbooks of it, one after another, take a part of a call's minute on a busy machine too. */
const WORKBOOK = { campaign_id: 3, rows: 20_000 };
/** Of who only waits for a turn: some 30 MB, more than is sent to a reader that reads nothing. */
const WAITING_ROWS = 100_000;
/** For what is made of rows when they are there, wherever they came from: it is tried once. */
const testOnce = TEST_ENGINE === 'embedded' ? test : undefined;

beforeAll(async () => {
  // Readers here pause for as long as the reports beside them take, and on a busy machine these take minutes.
  service = await TestService.start(
    { stop_timeout_ms: 500 },
    { reader_silence_ms: 600_000, reader_grace_ms: 600_000 },
  );
  operations = [await service.operation(), await service.operation(), await service.operation()];
  const { parquet_rows_max, trend_rows_max } = TABLE_LIMITS;
  for (const [place, operation] of operations.entries()) {
    await fill(operation, LARGE, place < 2 ? parquet_rows_max : WAITING_ROWS);
    await fill(operation, SMALL, trend_rows_max);
    await fill(operation, WORKBOOK.campaign_id, WORKBOOK.rows);
  }
});
afterAll(() => service.stop());

/** Rows as uploads leave them, made by the engine: so many uploads would take minutes. Each has a trunk of its own. */
async function fill({ server }: TestOperation, campaign_id: number, count: number, first = 0) {
  const { engine, accounts } = service.service.services;
  const { id } = await accounts.operations.byServer(server);
  const trunk = campaign_id === SMALL ? 'toString(number)' : "''";
  await engine.command(
    `INSERT INTO told (operation_id, campaign_id, telephone, dialed_at, result, delivery, attempt_id, trunk)
     SELECT ${id}, ${campaign_id}, toString(573000000000 + number), toDateTime('2026-11-03 17:00:00', 'UTC'), 'busy', 1,
       toString(number), ${trunk} FROM numbers(${first}, ${count})`,
  );
}

const urlOf = (path: string, query: Record<string, string>) =>
  `${service.service.url}/v1/${path}?${new URLSearchParams({ ...DAY, ...query })}`;

function ask({ token }: TestOperation, path: string, query: Record<string, string>): Promise<Response> {
  return fetch(urlOf(path, query), { headers: { 'wolkvox-token': token } });
}

/** Requests whose replies are not read on; they end with their test. */
const open = new Set<ClientRequest>();
afterEach(async () => {
  for (const request of open) request.destroy();
  open.clear();
  // Whatever happened to them, nothing of them runs on.
  await expect.poll(running, { timeout: 60_000 }).toEqual([]);
});

/** Asks for a large file, of which nothing is read. */
function request({ token }: TestOperation, format: 'csv' | 'ndjson' = 'ndjson'): ClientRequest {
  const url = urlOf('machine-codes', { campaign_id: String(LARGE), format });
  const asking = httpGet(url, { headers: { 'wolkvox-token': token }, agent: false });
  asking.on('error', () => undefined);
  open.add(asking);
  return asking;
}

async function begun(asking: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  return response;
}

/** How the engine knows the streams that are under way. */
async function running(): Promise<string[]> {
  const bytes = await service.service.services.engine.read({
    sql: `SELECT query_id FROM system.processes WHERE NOT is_cancelled AND current_database = currentDatabase()
      AND query LIKE '%v_telephone%FORMAT%'
      AND query NOT LIKE '%system.processes%' FORMAT TSV`,
    fair_key: 'watch',
    max_ms: 10_000,
  });
  return bytes.toString().split('\n').filter(Boolean);
}

/** Reads on to the end. @returns how many lines came, and whether the reply says that it is whole */
async function readOn(response: IncomingMessage): Promise<{ lines: number; whole: boolean }> {
  let lines = 0;
  try {
    for await (const chunk of response) lines += (chunk as Buffer).toString('latin1').split('\n').length - 1;
  } catch (error) {
    expect(error).toMatchObject({ code: 'ECONNRESET' });
  }
  return { lines, whole: response.complete };
}

describe('a file whose reader pauses', () => {
  test('is not made meanwhile, and is whole when he has read on', async () => {
    const [operation] = operations;
    const response = await begun(request(operation));
    // The engine needs a second for all of it.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await running()).toHaveLength(1);
    expect(await readOn(response)).toEqual({ lines: TABLE_LIMITS.parquet_rows_max, whole: true });
  });

  test('holds up no report, of others or of his own operation', async () => {
    const [one, other, neighbour] = operations;
    await Promise.all([begun(request(one)), begun(request(other))]);
    // These wait for a session, and take none.
    for (const operation of [one, one, other, other, neighbour]) request(operation);
    for (const operation of operations) {
      const short = await operation.campaign8(SMALL, '20261103000000', '20261103235959');
      expect([short.status, short.json.msg]).toEqual([200, '60000 records were found']);
      const long = await ask(operation, 'trend', { campaign_id: 'all' });
      expect(long.status).toBe(200);
    }
    expect(await running()).toHaveLength(2);
  });

  test('is cut off when he leaves, and the next one gets his turn', async () => {
    const [operation] = operations;
    const first = request(operation);
    await begun(first);
    const next = begun(request(operation));
    first.destroy();
    await next;
  });
});

test.each(['csv', 'ndjson'] as const)(
  '%s that fails in its middle is cut, and never looks whole',
  async (format) => {
    const [operation] = operations;
    const response = await begun(request(operation, format));
    const [query_id] = await running();
    await service.service.services.engine.command(`KILL QUERY WHERE query_id = '${query_id}' ASYNC`);
    const { lines, whole } = await readOn(response);
    expect(whole).toBe(false);
    expect(lines).toBeLessThan(TABLE_LIMITS.parquet_rows_max);
  },
);

describe('the most rows, and one more', () => {
  const refused = async (reply: Response, limit: number) => {
    const { id, detail } = (await reply.json()) as { id: string; detail: string };
    const msg = `THE TABLE HAS MORE THAN ${limit} ROWS: NARROW THE WINDOW, OR ASK FOR A FORMAT OR AN INTERVAL THAT FITS`;
    expect([reply.status, id, detail]).toEqual([413, 'table-too-long', msg]);
  };

  test('of parquet', async () => {
    const [operation] = operations;
    const query = { campaign_id: String(LARGE), format: 'parquet' };
    const reply = await ask(operation, 'machine-codes', query);
    const { num_rows } = parquetMetadata(await reply.arrayBuffer());
    expect(Number(num_rows)).toBe(TABLE_LIMITS.parquet_rows_max);
    await fill(operation, LARGE, 1, TABLE_LIMITS.parquet_rows_max);
    await refused(await ask(operation, 'machine-codes', query), TABLE_LIMITS.parquet_rows_max);
  });

  testOnce?.('of a trend, in every format', async () => {
    const [operation] = operations;
    const replies = (formats: readonly TableFormat[]) =>
      Promise.all(
        formats.map((format) => ask(operation, 'trend', { campaign_id: String(SMALL), by: 'trunk', format })),
      );
    for (const format of TABLE_FORMATS) {
      const [reply] = await replies([format]);
      expect([format, reply?.status]).toEqual([format, 200]);
      await reply?.arrayBuffer();
    }
    await fill(operation, SMALL, 1, TABLE_LIMITS.trend_rows_max);
    for (const reply of await replies(TABLE_FORMATS)) await refused(reply, TABLE_LIMITS.trend_rows_max);
  });
});

testOnce?.('workbooks of one operation are made one after another, and hold up nobody else', async () => {
  const [, operation, neighbour] = operations;
  const query = { campaign_id: String(WORKBOOK.campaign_id), format: 'xlsx' };
  let ended = 0;
  const asked = [1, 2, 3].map(() => ask(operation, 'machine-codes', query).finally(() => (ended += 1)));
  const { workbooks } = service.service.services.admission;
  await expect.poll(() => workbooks.figures().waiting, { timeout: 60_000 }).toBe(2);
  expect((await ask(neighbour, 'machine-codes', query)).status).toBe(200);
  expect(ended).toBeLessThan(3);
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(workbooks.figures()).toMatchObject({ held: 0, waiting: 0, refused: 0 });
});

test('a stop does not wait for a reader that pauses, and cuts his file', async () => {
  const [operation] = operations;
  const response = await begun(request(operation));
  await service.restart();
  expect((await readOn(response)).whole).toBe(false);
});
