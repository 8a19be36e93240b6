import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadRequest } from '../src/attempts/engine/engine.js';
import { type TestOperation, TestService } from './harness.js';

/** A short window costs what it holds, however much else was dialed in its month. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

/** Rows of one block of the engine's index. */
const BLOCK_ROWS = 8_192;
/** The window's ends, and the end of what FINAL merges. */
const BLOCKS = 4;
/** In one hour of 3 November, and on the days before it. */
const IN_HOUR = 20_000;

async function filled(elsewhere: number): Promise<TestOperation> {
  const operation = await service.operation({ time_zone: 'UTC' });
  const { accounts, engine } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  const insert = (rows: number, seconds: number, from: string) =>
    engine.command(`INSERT INTO told (operation_id, campaign_id, telephone, dialed_at, result, attempt_id)
      SELECT ${id}, 1 + number % 20, toString(573000000000 + cityHash64(number) % 1000000),
        toDateTime('${from}', 'UTC') + number % ${seconds}, 'busy', toString(number) FROM numbers(${rows})`);
  await insert(IN_HOUR, 3_600, '2026-11-03 12:00:00');
  await insert(elsewhere, 2 * 86_400, '2026-11-01 00:00:00');
  return operation;
}

/** The table that a report reads, and how many rows of it. */
async function costOf(operation: TestOperation, campaign: string, from: string, to: string) {
  const { engine } = service.service.services;
  const requests: ReadRequest[] = [];
  const { read } = engine;
  engine.read = (request) => {
    const { signal: _, ...rest } = request;
    if (request.fair_key !== 'probe') requests.push(rest);
    return read.call(engine, request);
  };
  try {
    const query = { api: 'campaign_8', campaign_id: campaign, date_ini: from, date_end: to, cursor: '' };
    expect((await operation.get(query)).status).toBe(200);
  } finally {
    engine.read = read;
  }
  const report = requests.find(({ sql }) => sql.includes('FORMAT Template'));
  if (!report) throw new Error('no report was asked');
  const written = await engine.read({ ...report, sql: report.sql.replace('FORMAT Template', 'FORMAT JSON') });
  const { statistics }: { statistics: { rows_read: number } } = JSON.parse(written.toString());
  return { table: /FROM (held_\w+)/.exec(report.sql)?.[1], rows_read: statistics.rows_read };
}

test('five minutes, an hour and a day read what they hold, beside 100,000 attempts and beside a million', async () => {
  for (const elsewhere of [100_000, 1_000_000]) {
    const operation = await filled(elsewhere);
    for (const campaign of ['all', '3']) {
      const five = await costOf(operation, campaign, '20261103120500', '20261103120959');
      expect(five.table).toBe('held_by_time');
      expect(five.rows_read).toBeLessThanOrEqual(IN_HOUR / 12 + BLOCKS * BLOCK_ROWS);
      const hour = await costOf(operation, campaign, '20261103120000', '20261103125959');
      expect(hour.table).toBe('held_by_time');
      expect(hour.rows_read).toBeLessThanOrEqual(IN_HOUR + BLOCKS * BLOCK_ROWS);
    }
    const day = await costOf(operation, 'all', '20261103000000', '20261103235959');
    expect(day.rows_read).toBeLessThanOrEqual(IN_HOUR + 2 * BLOCKS * BLOCK_ROWS);
    const month = await costOf(operation, 'all', '20261101000000', '20261130235959');
    expect(month.table).toBe('held_by_telephone');
  }
}, 300_000);

test('a second beyond an hour is asked of the index, and all of them say the same', async () => {
  const operation = await filled(100_000);
  const windows = [
    ['20261103120000', '20261103125959'],
    ['20261103120000', '20261103130000'],
    ['20261102130000', '20261109125959'],
    ['20261102130000', '20261109130000'],
  ] as const;
  const bodies = await Promise.all(
    windows.slice(0, 2).map(([from, to]) => operation.campaign8('3', from, to)),
  );
  expect(bodies[0]?.json.data).toEqual(bodies[1]?.json.data);
  const [week, second_more] = await Promise.all(
    windows.slice(2).map(([from, to]) => operation.campaign8('3', from, to)),
  );
  expect(week?.json.data).toEqual(second_more?.json.data);
});
