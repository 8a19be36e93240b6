import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { ImportDocument } from '@recuento/contract';
import { IMPORT_FORMATS } from '@recuento/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Column, FIXTURES, type Fixture } from './dialer-files/fixtures.js';
import { NOVEMBER, type TestOperation, TestService } from './harness.js';
import { CALL_S, cdrLine } from './master-csv.js';

/** Files of every format as dialers write them, and the report that each comes to. */

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

test('every format has a fixture', () => {
  expect([...new Set(FIXTURES.map(({ format }) => format))].sort()).toEqual([...IMPORT_FORMATS].sort());
});

describe.each(FIXTURES.map((fixture) => ({ ...fixture, name: fixture.files.join(' + ') })))(
  '$name',
  (fixture) => {
    test('is told by its beginning, and comes to its report', async () => {
      const operation = await service.operation();
      const format = fixture.format === 'csv' ? 'csv' : 'auto';
      const document = await imported(operation, await textOf(fixture), { ...fixture.query, format });
      expect(document).toMatchObject({ ...fixture.counts, format: fixture.format });
      const report = await operation.campaign8(CAMPAIGN, ...NOVEMBER);
      expect(report.json.data).toEqual(rowsOf(fixture));
    });

    test('is the same with a byte order mark, CR, CRLF, no last line end, in Latin-1 and gzip', async () => {
      const operation = await service.operation();
      const text = await textOf(fixture);
      const query = { ...fixture.query, format: fixture.format };
      const first = await imported(operation, text, query);
      const variants: [string, string | Buffer][] = [
        ['as it is', text],
        ['a byte order mark', `\ufeff${text}`],
        ['CRLF', text.replaceAll('\n', '\r\n')],
        ['CR', text.replaceAll('\n', '\r')],
        ['no last line end', text.trimEnd()],
        ['gzip', gzipSync(text)],
        ...(/^\s*[[{]/.test(text) ? [] : [['Latin-1', Buffer.from(text, 'latin1')] as [string, Buffer]]),
      ];
      for (const [name, body] of variants) {
        const { stored, unchanged, read, joined, skipped, rejected } = await imported(operation, body, query);
        expect({ name, stored, unchanged, read, joined, skipped, rejected }).toEqual({
          name,
          stored: 0,
          unchanged: first.stored,
          read: first.read,
          joined: first.joined,
          skipped: first.skipped,
          rejected: first.rejected,
        });
      }
    });
  },
);

test('records of mod_json_cdr: one object, a list, one a line, and the files of a directory', async () => {
  const text = await textOf({ files: ['freeswitch-json.ndjson'] });
  const lines = text.trimEnd().split('\n');
  const indented = lines.map((line) => JSON.stringify(JSON.parse(line), null, 2));
  const report = FIXTURES.find(({ format }) => format === 'freeswitch-json');
  if (report === undefined) throw new Error('no fixture');
  const sendings = [
    [text],
    [`[${lines.join(',')}]`],
    [indented.join('\n')],
    // As the command sends a directory.
    [indented.map((one) => `\x1e${one}`).join('')],
    indented,
  ];
  for (const bodies of sendings) {
    const operation = await service.operation();
    for (const body of bodies) await imported(operation, body, { format: 'freeswitch-json' });
    expect((await operation.campaign8(CAMPAIGN, ...NOVEMBER)).json.data).toEqual(rowsOf(report));
  }
});

test('rows that are legs of fewer calls: 84 of 45, 1,000 of 636', async () => {
  const operation = await service.operation();
  const master = Array.from({ length: 84 }, (_, nr) =>
    cdrLine({ uniqueid: `${CALL_S + (nr % 45)}.${nr % 45}`, disposition: nr < 45 ? 'NO ANSWER' : 'BUSY' }),
  );
  expect(await imported(operation, master.join('\n'), { format: 'asterisk-csv' })).toMatchObject({
    read: 84,
    stored: 45,
    joined: 39,
    codes: { no_answer: 6, busy: 39 },
  });
  const rows = Array.from({ length: 1_000 }, (_, nr) => {
    const call = CALL_S + 3_600 + (nr % 636);
    return `2026-11-03 13:00:00,573001234567,Queue,${nr < 636 ? 'FAILED' : 'CONGESTION'},${call + 1}.${nr},${call}.1`;
  });
  const sql = ['calldate,dst,lastapp,disposition,uniqueid,linkedid', ...rows].join('\n');
  expect(await imported(operation, sql, { format: 'asterisk-sql' })).toMatchObject({
    read: 1_001,
    stored: 636,
    joined: 364,
    codes: { failed: 272, congestion: 364 },
  });
  expect((await operation.campaign8(CAMPAIGN, ...NOVEMBER)).json.data).toMatchObject([
    { total_machine_recognitions: '681', no_answer: '6', busy: '39', failed: '272', congestion: '364' },
  ]);
});

test('a log and an export of the same calls are the same attempts', async () => {
  const operation = await service.operation();
  await imported(operation, await textOf({ files: ['vicidial-log.tsv'] }), { format: 'vicidial-log' });
  const exported = await textOf({ files: ['vicidial-export.tsv'] });
  await imported(operation, exported, { format: 'vicidial-export' });
  const { json } = await operation.campaign8(CAMPAIGN, ...NOVEMBER);
  expect(json.data.map(({ total_machine_recognitions }) => total_machine_recognitions)).toEqual(
    json.data.map(() => '1'),
  );
});

const CAMPAIGN = 1;

async function textOf({ files }: Pick<Fixture, 'files'>): Promise<string> {
  const texts = files.map((file) => readFile(new URL(`fixtures/${file}`, import.meta.url), 'utf8'));
  return (await Promise.all(texts)).join('');
}

async function imported(
  operation: TestOperation,
  body: string | Buffer,
  query: Record<string, string>,
): Promise<ImportDocument> {
  const is_gzip = typeof body !== 'string' && body[0] === 0x1f;
  const search = new URLSearchParams({ campaign_id: String(CAMPAIGN), time_zone: 'UTC', ...query });
  const reply = await fetch(`${service.service.url}/v1/imports?${search}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${operation.token}`,
      ...(is_gzip && { 'content-encoding': 'gzip' }),
    },
    body,
  });
  const text = await reply.text();
  expect(reply.status, text).toBe(202);
  const document: ImportDocument = JSON.parse(text);
  const { read, stored, unchanged, joined, skipped, rejected } = document;
  expect(stored + unchanged + joined + skipped + rejected).toBe(read);
  return document;
}

const COLUMNS: readonly Column[] = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'];

/** The rows of `campaign_8` of a fixture's report. */
function rowsOf({ report, plus = '' }: Fixture): Record<string, string>[] {
  return COLUMNS.flatMap((column) =>
    (report[column] ?? []).map((nr) => ({
      telephone: `${plus}${573_001_000_000 + nr}`,
      total_machine_recognitions: '1',
      ...Object.fromEntries(COLUMNS.map((name) => [name, name === column ? '1' : '0'])),
    })),
  ).sort((a, b) => (a.telephone < b.telephone ? -1 : 1));
}
