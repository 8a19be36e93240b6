import { VERDICTS_COLUMNS } from '@recuento/contract';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';
import { ask, fileRows, type Row, told, type VerdictsPage } from './hygiene/asking.js';
import { fill, WORLD_ZONE, worldOptions } from './hygiene/world.js';

/** `GET /v1/hygiene/verdicts` as files: each says what the pages say. */
let service: TestService;
let operation: TestOperation;
const AS_OF = { as_of: '2026-10-31T23:59:59-05:00' };

beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ time_zone: WORLD_ZONE });
  await fill(operation, worldOptions('everything', 5, 1_000));
  const dialed_at = '2026-10-10T10:00:00-05:00';
  await operation.upload(
    ['=1+1', '"q", ñ', '@x'].map((telephone) => attempt({ telephone, dialed_at, trunk: '=sip' })),
  );
});
afterAll(() => service.stop());

/** In words, with nothing for what is null: so it is in a spreadsheet. */
const texts = (rows: readonly Row[]) =>
  rows.map((row) => Object.values(row).map((value) => String(value ?? '')));

async function pageRows(): Promise<readonly Row[]> {
  const { verdicts } = await told<VerdictsPage>(operation, 'verdicts', AS_OF);
  expect(verdicts.some(({ last_alive_at }) => last_alive_at === null)).toBe(true);
  expect(verdicts.some(({ last_alive_at }) => last_alive_at !== null)).toBe(true);
  return verdicts;
}

test('as ndjson', async () => {
  expect(await fileRows(operation, AS_OF)).toEqual(await pageRows());
});

test.each(['en', 'es'] as const)(
  'as csv and xlsx, headed in %s; a cell is empty where nothing is known',
  async (language) => {
    const headers = { 'accept-language': language };
    const { verdicts } = JSON.parse((await ask(operation, 'verdicts', AS_OF, headers)).body) as VerdictsPage;
    const headings = VERDICTS_COLUMNS.map(({ heading }) => heading[language]);
    const csv = await ask(operation, 'verdicts', { ...AS_OF, format: 'csv', csv_guard: 'off' }, headers);
    expect(parse(csv.rawPayload, { bom: true })).toEqual([headings, ...texts(verdicts)]);
    expect(csv.headers['content-disposition']).toBe('attachment; filename="verdicts.csv"');
    const xlsx = await ask(operation, 'verdicts', { ...AS_OF, format: 'xlsx' }, headers);
    const [sheet] = await readXlsxFile(xlsx.rawPayload, { trim: false });
    expect(sheet?.data.map((row) => row.map((cell) => String(cell ?? '')))).toEqual([
      headings,
      ...texts(verdicts),
    ]);
  },
);

test('as csv for programs, and safe for a spreadsheet unless that is turned off', async () => {
  const csv = await ask(operation, 'verdicts', { ...AS_OF, format: 'csv', headings: 'names' });
  const rows: string[][] = parse(csv.rawPayload);
  expect(rows[0]).toEqual(VERDICTS_COLUMNS.map(({ name }) => name));
  expect(rows.map(([telephone]) => telephone)).toEqual(expect.arrayContaining(["'=1+1", "'@x", '"q", ñ']));
});

test('as parquet', async () => {
  const { rawPayload } = await ask(operation, 'verdicts', { ...AS_OF, format: 'parquet' });
  const found = await parquetReadObjects({ file: new Uint8Array(rawPayload).buffer });
  const rows = found.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : (value ?? null),
      ]),
    ),
  );
  expect(rows).toEqual(await pageRows());
});

test('a file of many telephones comes in their order, whenever each came and in whichever months it was dialed', async () => {
  const many = await service.operation({ time_zone: WORLD_ZONE });
  const numbers = Array.from({ length: 40_000 }, (_, at) =>
    String(573_000_000_000 + ((at * 7_919) % 40_009)),
  );
  for (let from = 0; from < numbers.length; from += 10_000) {
    const month = 7 + from / 10_000;
    await many.upload(
      numbers
        .slice(from, from + 10_000)
        .flatMap((telephone, at) => [
          attempt({ telephone, dialed_at: `2026-${String(month).padStart(2, '0')}-10T10:00:00-05:00` }),
          ...(at % 9 === 0 ? [attempt({ telephone, dialed_at: '2026-09-11T10:00:00-05:00' })] : []),
        ])
        .slice(0, 10_000),
    );
  }
  const put_aside = { telephones: numbers.slice(0, 500), reason: 'tried', until: null };
  expect((await service.v1('POST', '/hygiene/quarantine', many.token, put_aside)).status).toBe(201);
  const telephones = (await fileRows(many, AS_OF)).map(({ telephone }) => String(telephone));
  expect(telephones.length).toBeGreaterThan(35_000);
  // Not `toEqual`, which takes minutes to show a difference of so many.
  const sorted = [...new Set(telephones)].sort();
  expect(telephones.findIndex((telephone, at) => telephone !== sorted[at])).toBe(-1);
  const all = await ask(many, 'export', { ...AS_OF, format: 'csv', verdict: 'unproven,rings_out' });
  expect([all.statusCode, all.body.split('\n').length]).toEqual([200, telephones.length + 2]);
});

test('reasons of a file are in the language that is asked for', async () => {
  const reasons = async (language: string) => {
    const reply = await ask(
      operation,
      'verdicts',
      { ...AS_OF, format: 'ndjson' },
      { 'accept-language': language },
    );
    return reply.body;
  };
  expect(await reasons('en')).toContain('too little to say more');
  expect(await reasons('es')).toContain('muy poco para decir más');
});
