import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadRequest } from '../src/attempts/engine/engine.js';
import { writeCursor } from '../src/reports/cursor.js';
import { type TestOperation, TestService } from './harness.js';

/**
 * A page costs what it holds, whatever the store holds: counted in the rows that the engine reads, by its own figures,
 * at one million attempts and at two. Campaigns are of the same size, so twice the attempts are twice the
 * campaigns and telephones; `bench -- page` does it with fifty million.
 */
const CAMPAIGN_ATTEMPTS = 250_000;
const CAMPAIGN_TELEPHONES = 80_000;
const PAGE_TELEPHONES = 5_000;
/** The engine reads in order, a block at a time, of each part; what lies behind the page in the last ones is read too. */
const BLOCK_ROWS = 65_536;
const BLOCKS = 2;
const GRANULE_ROWS = 8_192;
const GRANULES = 2;
const DATE_INI = '20261001000000';
const DATE_END = '20261031235959';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

for (const attempts of [1_000_000, 2_000_000]) {
  test(`${attempts} attempts: a page reads what it holds and a few blocks, the first and the last`, async () => {
    const operation = await filled(attempts);
    const parts = await numberOf(`SELECT max(parts) FROM (SELECT count() AS parts FROM system.parts
      WHERE active AND table LIKE 'held%' GROUP BY table)`);
    for (const campaign of ['all', '3']) {
      for (const page of ['first', 'last'] as const) {
        const { rows_read, held } = await costOf(operation, campaign, page);
        const context = `${campaign}, ${page} page, ${parts} parts`;
        expect(held, context).toBeGreaterThan(PAGE_TELEPHONES);
        expect(rows_read, context).toBeLessThanOrEqual(held + BLOCKS * BLOCK_ROWS * parts);
      }
    }
  }, 900_000);
}

test('a page of machine codes in the stored order finds its telephones, and reads their columns, and no more', async () => {
  const operation = await filled(2_000_000);
  const parts = await numberOf(
    `SELECT count() FROM system.parts WHERE active AND table = 'held_by_telephone'`,
  );
  const query = `campaign_id=all&from=2026-10-01T00:00:00Z&to=2026-10-31T23:59:59Z&limit=${PAGE_TELEPHONES}`;
  let cursor = '';
  for (const page of ['first', 'second']) {
    let held = 0;
    const statements = await allWatched(async () => {
      const reply = await service.v1('GET', `/machine-codes?${query}&cursor=${cursor}`, operation.token);
      const json = JSON.parse(await reply.text());
      expect(json.machine_codes).toHaveLength(PAGE_TELEPHONES);
      for (const { dialed_total } of json.machine_codes) held += dialed_total;
      cursor = json.next_cursor;
    });
    expect(statements, page).toHaveLength(2);
    for (const statement of statements) {
      expect(await rowsReadBy(statement), page).toBeLessThanOrEqual(held + BLOCKS * BLOCK_ROWS * parts);
    }
  }
}, 300_000);

test('a page of campaign_3 reads the customers of what it holds, however many there are', async () => {
  const operation = await filled(1_000_000);
  const id = await idOf(operation);
  const { accounts } = service.service.services;
  const costOfPage = async () => {
    const asked = await watched(async () => {
      const window = { date_ini: DATE_INI, date_end: DATE_END };
      const reply = await operation.get({ api: 'campaign_3', campaign_id: '3', ...window, cursor: '' });
      expect(reply.json.data).toHaveLength(PAGE_TELEPHONES);
      for (const { customer_name, telephone } of reply.json.data)
        expect(customer_name).toBe(customers === 0 ? '' : `of ${telephone}`);
    });
    return rowsReadBy(asked);
  };
  const parts = await numberOf(
    `SELECT count() FROM system.parts WHERE active AND table = 'held_by_campaign'`,
  );
  const page = PAGE_TELEPHONES + BLOCKS * BLOCK_ROWS * parts;
  let customers = 0;
  expect(await costOfPage()).toBeLessThanOrEqual(page);
  await accounts.operations.rememberCustomers(id);
  const one_page: number[] = [];
  for (const more of [100_000, 900_000]) {
    // One for each telephone that was dialed, and many whose telephones lie behind all of them.
    await engine().command(`INSERT INTO customers
      SELECT ${id}, 3, if(telephone = '', concat('z', toString(number)), telephone), 1700000000000000 + number,
        [if(telephone = '', concat('9', toString(number)), telephone)], map('customer_name', concat('of ', telephone))
      FROM (SELECT number, if(number < ${2 * CAMPAIGN_TELEPHONES}, toString(573000000000 + 2 + 4 * number), '') AS telephone
        FROM numbers(${customers}, ${more}))`);
    customers += more;
    one_page.push(await costOfPage());
  }
  const [few = 0, many = 0] = one_page;
  // The attempts thrice, and of both tables of customers what a page's keys lie in.
  expect(few).toBeLessThanOrEqual(3 * page);
  expect(many).toBeLessThanOrEqual(few + BLOCK_ROWS);
}, 300_000);

test('the attempts of a telephone cost what it was dialed, whatever the store holds', async () => {
  const operation = await filled(2_000_000);
  const telephone = await textOf(`SELECT telephone FROM held_by_telephone
    WHERE operation_id = ${await idOf(operation)} ORDER BY telephone LIMIT 1 OFFSET 900000`);
  const ask = async () => {
    const reply = await service.v1('GET', `/telephones/${telephone}/attempts`, operation.token);
    const { attempts } = (await reply.json()) as { attempts: unknown[] };
    expect(attempts.length).toBeGreaterThan(0);
  };
  await ask(); // what is known of the operation as a whole is learned once an hour
  const asked = await watched(ask);
  const sql = asked.sql.replace('FORMAT JSONCompactEachRow', 'FORMAT JSON');
  const written = await engine().read({ ...asked, sql });
  const { statistics } = JSON.parse(written.toString()) as { statistics: { rows_read: number } };
  const parts = await numberOf(`SELECT count() FROM system.parts
    WHERE active AND table IN ('told', 'held_by_telephone')`);
  // Of each part the granules in which its key may lie, also those at which a month or a campaign begins.
  expect(statistics.rows_read).toBeLessThanOrEqual(GRANULES * GRANULE_ROWS * parts);
}, 300_000);

const operations = new Map<number, Promise<TestOperation>>();

/** Nobody adds attempts, so that an operation of so many is made once. */
function filled(attempts: number): Promise<TestOperation> {
  const made = operations.get(attempts) ?? fill(attempts);
  operations.set(attempts, made);
  return made;
}

async function fill(attempts: number): Promise<TestOperation> {
  const operation = await service.operation({ limits: { max_rows: PAGE_TELEPHONES } });
  const campaigns = attempts / CAMPAIGN_ATTEMPTS;
  await engine().command(`INSERT INTO told
      (operation_id, campaign_id, telephone, dialed_at, result, delivery, attempt_id)
    SELECT ${await idOf(operation)}, 1 + number % ${campaigns},
      toString(573000000000 + number % ${campaigns} + ${campaigns} * (cityHash64(number) % ${CAMPAIGN_TELEPHONES})),
      toDateTime('2026-10-01 12:00:00', 'UTC') + cityHash64(number, 1) % 2500000,
      CAST(1 + cityHash64(number, 2) % 5 AS Int8), 1700000000000000, toString(number)
    FROM numbers(${attempts})`);
  return operation;
}

/** Rows that the engine reads for a full page, and attempts that the page holds. */
async function costOf(
  operation: TestOperation,
  campaign: string,
  page: 'first' | 'last',
): Promise<{ rows_read: number; held: number }> {
  const where = `operation_id = ${await idOf(operation)} ${campaign === 'all' ? '' : `AND campaign_id = ${campaign}`}`;
  const telephones = `SELECT DISTINCT telephone FROM held_by_campaign WHERE ${where} ORDER BY telephone DESC`;
  const after = page === 'first' ? '' : await textOf(`${telephones} LIMIT 1 OFFSET ${PAGE_TELEPHONES}`);
  const asked = await watched(async () => {
    const cursor = after === '' ? '' : writeCursor(after);
    const reply = await operation.campaign8(campaign, DATE_INI, DATE_END, { cursor });
    expect(reply.json.data).toHaveLength(PAGE_TELEPHONES);
  });
  const { statistics, data } = JSON.parse(
    (await engine().read({ ...asked, sql: asked.sql.replace('FORMAT Template', 'FORMAT JSON') })).toString(),
  ) as { statistics: { rows_read: number }; data: { total_machine_recognitions: string }[] };
  const held = data.reduce((sum, row) => sum + Number(row.total_machine_recognitions), 0);
  return { rows_read: statistics.rows_read, held };
}

/** Rows that the engine reads for a statement. */
async function rowsReadBy(asked: ReadRequest): Promise<number> {
  const written = await engine().read({ ...asked, sql: asked.sql.replace('FORMAT Template', 'FORMAT JSON') });
  return (JSON.parse(written.toString()) as { statistics: { rows_read: number } }).statistics.rows_read;
}

/** The one statement that the service asks its engine for the reply that `work` asks. */
async function watched(work: () => Promise<void>): Promise<ReadRequest> {
  const [only, ...others] = await allWatched(work);
  if (only === undefined || others.length > 0)
    throw new Error(`${others.length + 1} statements for one reply`);
  return only;
}

/** All statements that the service asks its engine meanwhile; the looks of readiness come beside them. */
async function allWatched(work: () => Promise<void>): Promise<ReadRequest[]> {
  const requests: ReadRequest[] = [];
  const { read } = engine();
  engine().read = (request) => {
    const { signal: _, ...rest } = request;
    if (request.fair_key !== 'probe') requests.push(rest);
    return read.call(engine(), request);
  };
  try {
    await work();
  } finally {
    engine().read = read;
  }
  return requests;
}

function engine() {
  return service.service.services.engine;
}

async function idOf(operation: TestOperation): Promise<number> {
  return (await service.service.services.accounts.operations.byServer(operation.server)).id;
}

async function textOf(sql: string): Promise<string> {
  const bytes = await engine().read({
    sql: `${sql} FORMAT TSV`,
    settings: { max_memory_usage: String(4 * 1024 ** 3) }, // it sorts all telephones, as no report does
    fair_key: 'test',
    max_ms: 60_000,
  });
  return bytes.toString().trim();
}

async function numberOf(sql: string): Promise<number> {
  return Number(await textOf(sql));
}
