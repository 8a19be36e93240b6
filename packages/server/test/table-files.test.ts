import { once } from 'node:events';
import { get as httpGet } from 'node:http';
import { MACHINE_CODES, MACHINE_CODES_COLUMNS, TABLE_LIMITS, trendColumns } from '@recuento/contract';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';

/** `/v1/machine-codes` and `/v1/trend` as files. */
let service: TestService;
let operation: TestOperation;
const WINDOW = { campaign_id: 'all', from: '2026-11-01T00:00:00-05:00', to: '2026-11-30T23:59:59-05:00' };
const TELEPHONES = ['573001234567', '+573001234567', '=1+1', '-2', '@x', '"q", ñ', '057', '5 5', "'1"];

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  const other = await service.operation();
  const dials = TELEPHONES.flatMap((telephone, i) =>
    MACHINE_CODES.slice(0, i + 1).map((result, hour) =>
      attempt({ telephone, result, trunk: '=sip', dialed_at: `2026-11-0${1 + i}T0${hour}:00:00-05:00` }),
    ),
  );
  await operation.upload(dials);
  await other.upload(dials.map((dial) => ({ ...dial, telephone: 'theirs' })));
});
afterAll(() => service.stop());

async function ask(path: string, query: Record<string, string>, language = 'en', of = operation) {
  return fetch(`${service.service.url}/v1/${path}?${new URLSearchParams({ ...WINDOW, ...query })}`, {
    headers: { 'wolkvox-token': of.token, 'accept-language': language },
  });
}

type Row = Record<string, unknown>;

async function jsonRows(path: string, query: Record<string, string>): Promise<Row[]> {
  const body = (await (await ask(path, query)).json()) as Record<string, Row[]>;
  return body.machine_codes ?? body.trend ?? [];
}

const bytesOf = async (reply: Response) => Buffer.from(await reply.arrayBuffer());
const texts = (rows: readonly Row[]) => rows.map((row) => Object.values(row).map(String));

describe.each([
  ['machine-codes', { sort: '-total_machine_recognitions' }, MACHINE_CODES_COLUMNS],
  ['machine-codes', { telephone_prefix: 'none' }, MACHINE_CODES_COLUMNS],
  ['trend', { by: 'trunk', interval: 'hour' }, trendColumns('trunk')],
  ['trend', { by: 'campaign' }, trendColumns('campaign')],
] as const)('%s %j says the same', (path, query, columns) => {
  test('as ndjson', async () => {
    const reply = await ask(path, { ...query, format: 'ndjson' });
    const lines = (await reply.text()).split('\n').filter((line) => line !== '');
    expect(lines.map((line) => JSON.parse(line))).toEqual(await jsonRows(path, query));
    expect(reply.headers.get('content-disposition')).toBe(`attachment; filename="${path}.ndjson"`);
  });

  test.each(['en', 'es'] as const)('as csv and xlsx, headed in %s', async (language) => {
    const rows = texts(await jsonRows(path, query));
    const headings = columns.map(({ heading }) => heading[language]);
    const csv = await ask(path, { ...query, format: 'csv', csv_guard: 'off' }, language);
    expect([csv.headers.get('content-language'), csv.headers.get('vary')]).toEqual([
      language,
      'Accept-Language',
    ]);
    const bytes = await bytesOf(csv);
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(bytes.toString().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(parse(bytes, { bom: true })).toEqual([headings, ...rows]);
    const xlsx = await ask(path, { ...query, format: 'xlsx' }, language);
    expect(xlsx.status).toBe(200);
    const [sheet] = await readXlsxFile(await bytesOf(xlsx), { trim: false });
    expect(sheet?.data.map((row) => row.map((cell) => String(cell)))).toEqual([headings, ...rows]);
  });

  test('with the names of the API for programs', async () => {
    const names = columns.map(({ name }) => name);
    const csv = await ask(path, { ...query, format: 'csv', csv_guard: 'off', headings: 'names' }, 'es');
    expect(csv.headers.get('content-language')).toBeNull();
    const bytes = await bytesOf(csv);
    expect(bytes.subarray(0, 3).toString('hex')).not.toBe('efbbbf');
    expect(parse(bytes)[0]).toEqual(names);
    const xlsx = await ask(path, { ...query, format: 'xlsx', headings: 'names' }, 'es');
    const [sheet] = await readXlsxFile(await bytesOf(xlsx), { trim: false });
    expect(sheet?.data[0]).toEqual(names);
  });

  test('as parquet', async () => {
    const bytes = await bytesOf(await ask(path, { ...query, format: 'parquet' }));
    const file = new Uint8Array(bytes).buffer;
    const found = await parquetReadObjects({ file });
    const instant = new Set(columns.filter(({ kind }) => kind === 'instant').map(({ name }) => name));
    const comparable = (rows: readonly Row[]) =>
      rows.map((row) =>
        Object.entries(row).map(([name, value]) => [
          name,
          instant.has(name) ? new Date(String(value)).getTime() : value,
        ]),
      );
    const dated = found.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          value instanceof Date ? value.toISOString() : value,
        ]),
      ),
    );
    expect(comparable(dated)).toEqual(comparable(await jsonRows(path, query)));
  });
});

test('csv has an apostrophe before what a spreadsheet takes for a formula, and nowhere else', async () => {
  const rows = parse(await bytesOf(await ask('machine-codes', { format: 'csv' })), { bom: true }).slice(1);
  const guarded = TELEPHONES.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(
    (telephone) =>
      /^[=+\-@']/.test(telephone) && !/^[+-]\d+$/.test(telephone) ? `'${telephone}` : telephone,
  );
  expect(rows.map(([telephone = '']) => telephone)).toEqual(guarded);
  const trunks = parse(await bytesOf(await ask('trend', { format: 'csv', by: 'trunk' })), { bom: true });
  expect(new Set(trunks.slice(1).map((row) => row[1]))).toEqual(new Set(["'=sip"]));
});

test('a page may have as many telephones as the limit of a page', async () => {
  expect((await ask('machine-codes', { limit: String(TABLE_LIMITS.page_rows_max) })).status).toBe(200);
});

test.each([
  [{ from: '2026-11-01T00:00:00' }, 'from'],
  [{ to: '2026-10-31T23:59:59-05:00' }, 'to'],
  [{ campaign_id: 'x' }, 'campaign_id'],
  [{ sort: 'last_result' }, 'sort'],
  [{ limit: '0' }, 'limit'],
  [{ limit: String(TABLE_LIMITS.page_rows_max + 1) }, 'limit'],
  [{ cursor: 'x' }, 'cursor'],
  [{ min_total: '-1' }, 'min_total'],
  [{ format: 'xml' }, 'format'],
  [{ format: 'csv', limit: '5' }, 'limit'],
  [{ format: 'xlsx', cursor: 'abc' }, 'cursor'],
])('%j is refused', async (query, parameter) => {
  const reply = await ask('machine-codes', query as Record<string, string>);
  const { id, detail } = (await reply.json()) as { id: string; detail: string };
  expect([reply.status, id, detail]).toEqual([
    400,
    'bad-parameter',
    expect.stringContaining(`THE PARAMETER ${parameter} `),
  ]);
});

test('a cursor of one sort is none of another', async () => {
  const page = await ask('machine-codes', { limit: '2', sort: 'busy' });
  const { next_cursor } = (await page.json()) as { next_cursor: string };
  expect((await ask('machine-codes', { limit: '2', sort: 'busy', cursor: next_cursor })).status).toBe(200);
  expect((await ask('machine-codes', { limit: '2', sort: '-busy', cursor: next_cursor })).status).toBe(400);
});

test('366 days pass, and a second more does not', async () => {
  const whole = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T23:59:59Z' };
  for (const path of ['machine-codes', 'trend']) {
    expect((await ask(path, whole)).status).toBe(200);
    const reply = await ask(path, { ...whole, to: '2027-01-02T00:00:00Z' });
    const { id, detail } = (await reply.json()) as { id: string; detail: string };
    expect([reply.status, id, detail]).toEqual([
      400,
      'window-too-long',
      'YOU ASKED FOR 366 DAYS AND 1 SECOND AND THE LIMIT IS 366 DAYS',
    ]);
  }
});

test('only the scope report may ask', async () => {
  const token = await operation.newToken(['ingest', 'admin']);
  for (const path of ['machine-codes', 'trend']) {
    const reply = await service.v1('GET', `/${path}?${new URLSearchParams(WINDOW)}`, token);
    expect(reply.status).toBe(403);
  }
});

test('many files at once, left by their readers, keep no session', async () => {
  const many = await service.operation();
  for (let batch = 0; batch < 10; batch += 1) {
    const dials = Array.from({ length: 10_000 }, (_, i) => attempt({ telephone: `${batch}-${i}` }));
    await many.upload(dials);
  }
  const url = `${service.service.url}/v1/machine-codes?${new URLSearchParams({ ...WINDOW, format: 'ndjson' })}`;
  for (let round = 0; round < 12; round += 1) {
    const request = httpGet(url, { headers: { 'wolkvox-token': many.token } });
    const [response] = await once(request, 'response');
    await once(response, 'data');
    response.destroy();
    const head = await fetch(url, { method: 'HEAD', headers: { 'wolkvox-token': many.token } });
    expect([head.status, await head.text()]).toEqual([200, '']);
  }
  const whole = await ask('machine-codes', { format: 'csv' }, 'en', many);
  expect(parse(await bytesOf(whole), { bom: true })).toHaveLength(100_001);
  // As many rows as a workbook may have, and one more.
  expect((await bytesOf(await ask('machine-codes', { format: 'xlsx' }, 'en', many))).length).toBeGreaterThan(
    0,
  );
  await many.upload([attempt({ telephone: 'one more' })]);
  const refused = await ask('machine-codes', { format: 'xlsx' }, 'en', many);
  expect([refused.status, ((await refused.json()) as { id: string }).id]).toEqual([413, 'table-too-long']);
});
