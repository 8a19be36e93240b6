import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import {
  IMPORT_PREVIEW_LIMITS,
  type ImportDocument,
  type ImportPreviewDocument,
  type PreviewedAttempt,
  type TelephoneAttemptDocument,
} from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { casesOf } from './cases.js';
import { FIXTURES, type Fixture } from './dialer-files/fixtures.js';
import { ADMIN_TOKEN, NOVEMBER, type TestOperation, TestService } from './harness.js';

/** `POST /v1/imports/preview`: what it shows is what an import stores, and it stores nothing. */

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

type Query = Readonly<Record<string, string>>;
type Body = string | Uint8Array<ArrayBuffer>;

function post(path: string, token: string, body: Body, query: Query): Promise<Response> {
  return fetch(`${service.service.url}/v1/imports${path}?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
  });
}

async function previewed(
  operation: TestOperation,
  body: Body,
  query: Query = {},
): Promise<ImportPreviewDocument> {
  const asked = { format: 'auto', time_zone: 'UTC', campaign_id: '1', ...query };
  const reply = await post('/preview', operation.token, body, asked);
  const text = await reply.text();
  expect(reply.status, text).toBe(200);
  const document: ImportPreviewDocument = JSON.parse(text);
  const { read, attempts, joined, skipped, rejected } = document;
  expect(attempts + joined + skipped + rejected).toBe(read);
  return document;
}

async function imported(operation: TestOperation, body: Body, query: Query): Promise<ImportDocument> {
  const asked = { format: 'auto', time_zone: 'UTC', campaign_id: '1', ...query };
  const reply = await post('', operation.token, body, asked);
  const document = (await reply.json()) as ImportDocument;
  expect(reply.status, JSON.stringify(document)).toBe(202);
  return document;
}

async function textOf({ files }: Pick<Fixture, 'files'>): Promise<string> {
  const texts = files.map((file) => readFile(new URL(`fixtures/${file}`, import.meta.url), 'utf8'));
  return (await Promise.all(texts)).join('');
}

/** What the store has of the previewed telephones. */
async function stored(operation: TestOperation, rows: readonly PreviewedAttempt[]) {
  const found: Partial<PreviewedAttempt>[] = [];
  for (const telephone of new Set(rows.map((row) => row.telephone))) {
    const path = `/telephones/${encodeURIComponent(telephone)}/attempts?limit=1000`;
    const { attempts } = (await (await service.v1('GET', path, operation.token)).json()) as {
      attempts: TelephoneAttemptDocument[];
    };
    for (const { in_trunk_fault, evidence, ...attempt } of attempts) found.push(attempt);
  }
  return inOrder(found);
}

const inOrder = (rows: readonly Partial<PreviewedAttempt>[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

async function isEmpty(operation: TestOperation): Promise<void> {
  expect((await operation.campaign8('all', ...NOVEMBER)).status).toBe(404);
  for (const name of ['imports', 'campaigns'] as const) {
    const list = (await (await service.v1('GET', `/${name}`, operation.token)).json()) as Record<
      string,
      unknown
    >;
    expect(list[name]).toEqual([]);
  }
}

describe.each(FIXTURES.map((fixture) => ({ ...fixture, name: fixture.files.join(' + ') })))(
  '$name',
  (fixture) => {
    test('a preview shows what its import stores, and stores nothing', async () => {
      const operation = await service.operation();
      const text = await textOf(fixture);
      const query = { ...fixture.query, format: fixture.format === 'csv' ? 'csv' : 'auto' };
      const document = await previewed(operation, text, { ...query, whole: 'yes' });
      expect(document).toMatchObject({ format: fixture.format, refusal: null, is_whole: true });
      await isEmpty(operation);

      const made = await imported(operation, text, query);
      const { rows, attempts, format_reason, takes, table, ...counts } = document;
      expect(attempts).toBe(made.stored);
      expect(format_reason).toBe(made.format_reason);
      for (const name of ['read', 'joined', 'skipped', 'rejected', 'short_telephones', 'own_words'] as const)
        expect(counts[name], name).toBe(made[name]);
      for (const name of ['skipped_by_reason', 'rejected_by_reason', 'codes', 'unknown_words'] as const)
        expect(counts[name], name).toEqual(made[name]);
      const shown = rows.map(({ line, record, ...row }) => row);
      expect(inOrder(shown)).toEqual(await stored(operation, rows));
      expect(shown).toHaveLength(made.stored);
    });

    test('its gzip, and its beginning, are read as far as they go', async () => {
      const operation = await service.operation();
      const text = await textOf(fixture);
      const query = { ...fixture.query, format: fixture.format };
      const whole = await previewed(operation, text, { ...query, whole: 'yes' });
      const packed = Uint8Array.from(gzipSync(text));
      expect(await previewed(operation, packed, { ...query, whole: 'yes' })).toEqual(whole);
      // What is incomplete where it ends is left out; nothing of it is shown as a reject.
      const half = await previewed(operation, text.slice(0, text.length / 2), query);
      expect(half.read).toBeLessThan(whole.read);
      expect(half.is_whole).toBe(false);
      const cut = await previewed(operation, packed.slice(0, packed.length / 2), query);
      expect(cut).toMatchObject({ refusal: null, is_whole: false });
      expect(cut.read).toBeLessThan(whole.read);
    });
  },
);

const ROW = fc.record({
  telephone: fc.integer({ min: 3_000_000_000, max: 3_000_000_009 }),
  second: fc.integer({ min: 0, max: 59 }),
  result: fc.constantFrom('BUSY', 'NO ANSWER', 'FAILED', 'queued', 'ZZZ'),
  note: fc.constantFrom('', '"a\nb"', '"c, d"', 'ñ'),
});
const MAP = 'telephone=To,dialed_at=When,result=Result,attempt_id=Id';

test('of a file that is cut anywhere, the preview shows what its complete records come to', async () => {
  const operation = await service.operation();
  await fc.assert(
    fc.asyncProperty(
      fc.array(ROW, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (rows, share) => {
        const lines = rows.map(
          ({ telephone, second, result, note }, nr) =>
            `${nr % 4},${telephone},2026-11-03 09:00:${String(second).padStart(2, '0')},${result},${note}\n`,
        );
        const header = 'Id,To,When,Result,Note\n';
        const bytes = Buffer.from([header, ...lines].join(''));
        const cut = Math.floor(share * bytes.length);
        const complete: string[] = [];
        let length = Buffer.byteLength(header);
        for (const line of lines) {
          length += Buffer.byteLength(line);
          if (length > cut) break;
          complete.push(line);
        }
        const query = { format: 'csv', map: MAP };
        const beginning = await previewed(operation, Uint8Array.from(bytes.subarray(0, cut)), query);
        const file = cut < Buffer.byteLength(header) ? '' : header + complete.join('');
        const expected = await previewed(operation, file, { ...query, whole: 'yes' });
        // Without any header an import is refused, and of a beginning it may follow.
        expect({ ...beginning, table: null, refusal: null }).toEqual({
          ...expected,
          ...{ table: null, refusal: null, is_whole: false },
        });
      },
    ),
    { numRuns: casesOf({ embedded: 60, server: 10, full: 2_000 }) },
  );
});

describe('a file that no format recognises', () => {
  const TEXT = 'Id;Teléfono;Fecha;Tipificación\nc-1;573001234567;03/11/2026 12:00;BUSY\n';

  test('is told by its columns, with a proposal that reads it', async () => {
    const operation = await service.operation();
    const document = await previewed(operation, TEXT, { whole: 'yes' });
    expect(document).toMatchObject({ format: null, recognised: [], takes: [], attempts: 0, rows: [] });
    expect(document.refusal).toContain('no format is recognised');
    expect(document.table).toEqual({
      has_header: true,
      columns: [
        { number: 1, name: 'Id', is_nameable: true, values: ['c-1'] },
        { number: 2, name: 'Teléfono', is_nameable: true, values: ['573001234567'] },
        { number: 3, name: 'Fecha', is_nameable: true, values: ['03/11/2026 12:00'] },
        { number: 4, name: 'Tipificación', is_nameable: true, values: ['BUSY'] },
      ],
      proposed: { attempt_id: 1, telephone: 2, dialed_at: 3, result: 4 },
      needs_date_order: true,
    });
    const not_declared = await previewed(operation, TEXT, { format: 'csv' });
    expect(not_declared).toMatchObject({ format: 'csv', rows: [], takes: expect.arrayContaining(['map']) });
    expect(not_declared.refusal).toContain('not declared');
    for (const map of [
      'telephone=Teléfono,dialed_at=Fecha,result=Tipificación',
      'telephone=2,dialed_at=3,result=4',
    ]) {
      const read = await previewed(operation, TEXT, { format: 'csv', map, date_order: 'dmy', whole: 'yes' });
      expect(read.refusal).toBeNull();
      expect(read.rows).toMatchObject([
        { line: 2, telephone: '573001234567', dialed_at: '2026-11-03T12:00:00Z', result: 'busy' },
      ]);
    }
  });

  test.each([
    ['', 'it is empty'],
    ['\n \n', 'it is empty'],
    ['hello\n', 'no format is recognised'],
    ['{"a": 1}\n', 'it is JSON of no program'],
  ])('%j: why is told', async (body, why) => {
    const document = await previewed(await service.operation(), body, { whole: 'yes' });
    expect(document).toMatchObject({ format: null, table: null, refusal: expect.stringContaining(why) });
  });

  test('columns that map cannot name are told, and names and values are cut', async () => {
    const operation = await service.operation();
    const long = 'x'.repeat(5_000);
    const text = `"a,b",Phone,Phone,7,${long}\n1,2,3,4,${'\u{1F4DE}'.repeat(400)}\n`;
    const { table } = await previewed(operation, text, { whole: 'yes' });
    expect(table?.columns.map(({ is_nameable }) => is_nameable)).toEqual([false, false, false, false, false]);
    const last = table?.columns.at(-1);
    for (const shown of [last?.name ?? '', ...(last?.values ?? [])]) {
      expect(shown.length).toBeLessThanOrEqual(IMPORT_PREVIEW_LIMITS.text_chars);
      expect(shown).not.toMatch(/\p{Cs}/u);
    }
  });
});

test('a parameter that the recognised format does not take is told as an import tells it', async () => {
  const text = await textOf({ files: ['asterisk-csv.csv'] });
  const operation = await service.operation();
  const document = await previewed(operation, text, { phone_code: 'omit' });
  expect(document).toMatchObject({ format: 'asterisk-csv', refusal: expect.stringContaining('phone_code') });
  const reply = await post('', operation.token, text, {
    format: 'auto',
    campaign_id: '1',
    phone_code: 'omit',
  });
  expect(((await reply.json()) as { detail: string }).detail).toContain(document.refusal);
});

test('words that nobody knows are counted; a declared one holds for the preview and is not kept', async () => {
  const operation = await service.operation();
  const text = [
    'Id,To,When,Result',
    ...['BUZON', 'BUZON', 'OTRA'].map((word, nr) => `${nr},30012345${nr}0,2026-11-03 09:00:0${nr},${word}`),
    '',
  ].join('\n');
  const query = { format: 'csv', map: MAP };
  expect(await previewed(operation, text, query)).toMatchObject({
    ...{ attempts: 0, rejected: 3, own_words: 0 },
    unknown_words: [
      { word: 'BUZON', lines: 2, rejected: 2 },
      { word: 'OTRA', lines: 1, rejected: 1 },
    ],
    rejects: [{ line: 2 }, { line: 3 }, { line: 4 }],
    rejected_by_reason: [{ lines: 3, first_line: 2 }],
  });
  const declared = await previewed(operation, text, { ...query, words: 'buzon=answer_machine' });
  expect(declared).toMatchObject({ attempts: 2, rejected: 1, own_words: 1, codes: { answer_machine: 2 } });
  expect(await previewed(operation, text, query)).toMatchObject({ attempts: 0, own_words: 0 });
  // One that the operation keeps holds without being sent.
  await operation.change({ words: { OTRA: 'failed' } });
  expect(await previewed(operation, text, query)).toMatchObject({
    attempts: 1,
    own_words: 1,
    codes: { failed: 1 },
  });
});

test('a record that names its campaign needs none, and any other row says that it has none', async () => {
  const operation = await service.operation();
  const text = await textOf({ files: ['vendor-campaign-3.csv'] });
  const reply = await post('/preview', operation.token, text, { format: 'auto' });
  const document = (await reply.json()) as ImportPreviewDocument;
  expect(document.names_campaigns).toBe(true);
  expect(document.rows.every(({ campaign_id }) => campaign_id !== null)).toBe(true);
  const other = await textOf({ files: ['asterisk-csv.csv'] });
  const none = await post('/preview', operation.token, other, { format: 'auto' });
  const { names_campaigns, rows } = (await none.json()) as ImportPreviewDocument;
  expect([names_campaigns, rows[0]?.campaign_id]).toEqual([false, null]);
});

describe('its limits', () => {
  const { max_bytes } = IMPORT_PREVIEW_LIMITS;

  test('a mebibyte is read, and one byte more is refused', async () => {
    const operation = await service.operation();
    const header = 'Id,To,When,Result\n';
    const row = '1,3001234567,2026-11-03 09:00:00,BUSY\n';
    const text = header + row.repeat(Math.floor((max_bytes - header.length) / row.length));
    const full = text.padEnd(max_bytes, '\n');
    const query = { format: 'csv', map: MAP, whole: 'yes' };
    const document = await previewed(operation, full, query);
    expect(document).toMatchObject({ attempts: 1, is_whole: true, joined: text.split('\n').length - 3 });
    expect((await post('/preview', operation.token, `${full}\n`, query)).status).toBe(413);
  });

  test('of a file with many attempts the first are shown, and all that were read are counted', async () => {
    const operation = await service.operation();
    const rows = Array.from(
      { length: 5_000 },
      (_, nr) => `${nr},30012${nr},2026-11-03 09:00:00,${nr % 2 ? 'BUSY' : 'ZZ'}\n`,
    );
    const document = await previewed(operation, `Id,To,When,Result\n${rows.join('')}`, {
      format: 'csv',
      map: MAP,
    });
    expect(document).toMatchObject({ attempts: 2_500, rejected: 2_500 });
    expect(document.rows).toHaveLength(IMPORT_PREVIEW_LIMITS.rows);
    expect(document.rows.at(-1)?.line).toBe(101);
    expect(document.rejects).toHaveLength(IMPORT_PREVIEW_LIMITS.rejects);
  });

  test('of gzip that unpacks to much more, as much text is read', async () => {
    const operation = await service.operation();
    const row = '1,3001234567,2026-11-03 09:00:00,BUSY\n';
    const packed = Uint8Array.from(gzipSync(`Id,To,When,Result\n${row.repeat(1_000_000)}`));
    expect(packed.length).toBeLessThan(max_bytes);
    const document = await previewed(operation, packed, { format: 'csv', map: MAP, whole: 'yes' });
    expect(document).toMatchObject({ is_whole: false, attempts: 1 });
    expect(document.read).toBeLessThanOrEqual(max_bytes / row.length + 1);
  });
});

test.each<[string, Uint8Array<ArrayBuffer>, string]>([
  [
    'a workbook',
    Uint8Array.from(Buffer.from('PK\x03\x04........xl/workbook.xml', 'latin1')),
    'file-is-workbook',
  ],
  ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, ...Array.from({ length: 20 }, () => 0)), 'file-is-packed'],
])('%s is refused as an import refuses it', async (_what, body, id) => {
  const operation = await service.operation();
  const reply = await post('/preview', operation.token, body, { format: 'auto' });
  expect(((await reply.json()) as { id: string }).id).toBe(id);
  expect((await post('', operation.token, body, { format: 'auto', campaign_id: '1' })).status).toBe(
    reply.status,
  );
});

test('a broken gzip stream is told, with what came before it', async () => {
  const operation = await service.operation();
  const rows = Array.from(
    { length: 300 },
    (_, nr) => `${nr},300${Math.sin(nr) * 1e9},2026-11-03 09:00:00,BUSY\n`,
  );
  const packed = Uint8Array.from(gzipSync(`Id,To,When,Result\n${rows.join('')}`));
  const cut = packed.slice(0, packed.length - 20);
  const document = await previewed(operation, cut, { format: 'csv', map: MAP, whole: 'yes' });
  expect(document).toMatchObject({ is_whole: false, refusal: 'the gzip stream is broken or cut short' });
});

test('it is for those who may import', async () => {
  const operation = await service.operation();
  const other = await service.operation();
  const query = { format: 'auto' };
  expect((await post('/preview', 'nobody-0123456789', 'a', query)).status).toBe(403);
  expect((await post('/preview', await operation.newToken(['report']), 'a', query)).status).toBe(403);
  expect((await post('/preview', await operation.newToken(['ingest']), 'a', query)).status).toBe(200);
  expect((await post('/preview', ADMIN_TOKEN, 'a', query)).status).toBe(400);
  expect((await post('/preview', ADMIN_TOKEN, 'a', { ...query, operation: other.server })).status).toBe(200);
  expect((await service.v1('GET', '/imports/preview', operation.token)).status).toBe(405);
});
