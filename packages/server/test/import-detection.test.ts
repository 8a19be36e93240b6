import { gzipSync } from 'node:zlib';
import type { ImportDocument, RejectDocument } from '@recuento/contract';
import { IMPORT_FORMATS } from '@recuento/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOVEMBER, type TestOperation, TestService } from './harness.js';
import { CALL_S, cdrLine } from './master-csv.js';
import { SentFiles } from './sent-files.js';

let service: TestService;
let operation: TestOperation;
let files: SentFiles;
beforeAll(async () => {
  service = await TestService.start({
    trunks: {
      north: { strip_prefix: ['57'], outcomes: { 'disposition:FAILED': 'congestion' } },
    },
  });
  operation = await service.operation();
  files = new SentFiles(service, operation);
});
afterAll(() => service.stop());

const imported = (body: string | Uint8Array<ArrayBuffer>, query?: Record<string, string>) =>
  files.imported(body, query);
const refused = (body: string, query?: Record<string, string>) => files.refused(body, query);

const rejectsOf = async ({ id }: ImportDocument) =>
  (await (await service.v1('GET', `/imports/${id}/rejects`, operation.token)).json()) as {
    rejects: RejectDocument[];
  };
const sql = (...rows: string[]) => `${['calldate,dst,lastapp,disposition,uniqueid', ...rows].join('\n')}\n`;
const sqlRow = (nr: number, disposition = 'BUSY') =>
  `2026-11-03 12:00:00,30012345${nr},Dial,${disposition},${CALL_S + nr}.${nr}`;

test('the record says which format was recognised, and by what', async () => {
  const made = await imported(`${cdrLine()}\n${cdrLine({}, 17)}\n`);
  const reason = '18 columns, dates in columns 10 to 12';
  expect(made).toMatchObject({ format: 'asterisk-csv', format_reason: reason, stored: 1, joined: 1 });
  const read = await (await service.v1('GET', `/imports/${made.id}`, operation.token)).json();
  expect(read).toMatchObject({ format: 'asterisk-csv', format_reason: reason });
  const named = await imported(cdrLine(), { format: 'asterisk-csv' });
  expect(named.format_reason).toBeNull();
});

test('a file longer than what is looked at arrives whole', async () => {
  const rows = Array.from({ length: 5_000 }, (_, nr) => sqlRow(10_000 + nr));
  expect(await imported(`\uFEFF${sql(...rows)}`)).toMatchObject({
    format: 'asterisk-sql',
    stored: 5_000,
    skipped_by_reason: { header: 1 },
  });
});

test.each(['', '\n \n', 'hello, world\n', '\0\u0001\u0002'])(
  '%j is refused, and the formats are listed',
  async (body) => {
    const [status, detail] = await refused(body);
    expect(status).toBe(422);
    expect(detail).toMatch(/^THE FILE IS NOT WHAT THE IMPORT EXPECTS: (it is empty|no format is recognised)/);
    if (!detail.includes('empty')) for (const name of IMPORT_FORMATS) expect(detail).toContain(name);
  },
);

test('a file of another format is refused by name, and nothing is stored', async () => {
  const custom = sql(sqlRow(1)).replace('calldate', 'when');
  expect(await refused(custom, { format: 'asterisk-sql' })).toEqual([
    422,
    expect.stringMatching(
      /^THE FILE IS NOT WHAT THE IMPORT EXPECTS: it has no header with the columns calldate or start; .*: when,dst/,
    ),
  ]);
});

test.each<[Record<string, string>, number, string]>([
  [{ format: 'csv' }, 400, 'map'],
  [{ format: 'csv', map: 'telephone=a' }, 400, 'map'],
  [{ format: 'auto', map: 'telephone=a,dialed_at=b,result=c' }, 400, 'map'],
  [{ format: 'freeswitch-json', date_order: 'dmy' }, 400, 'date_order'],
  [{ format: 'asterisk-sql', date_order: 'ymd' }, 400, 'date_order'],
  [{ encoding: 'cp1252' }, 400, 'encoding'],
  [{ format: 'automatic' }, 400, 'auto'],
  [{ campaign_id: '' }, 400, 'campaign_id'],
  [{ phone_code: 'omit' }, 422, 'takes no phone_code'],
])('%j is refused with a message that says what', async (query, status, word) => {
  const [got, detail] = await refused(`${cdrLine()}\n`, query);
  expect([got, detail]).toEqual([status, expect.stringContaining(word)]);
});

test('a csv with declared columns, its dates in the declared order', async () => {
  const campaign_id = '9001';
  const map = 'telephone=Phone,dialed_at=When,result=Outcome,attempt_id=Id';
  const body =
    'Id\tPhone\tWhen\tOutcome\n1\t0300\t03/11/2026 12:00\tno answer\n2\t0301\t03/11/2026 12:01\tANSWERED\n';
  expect(await imported(body, { format: 'csv', map, date_order: 'dmy', campaign_id })).toMatchObject({
    stored: 2,
    codes: { no_answer: 1, answer: 1 },
  });
  const { json } = await operation.campaign8(campaign_id, ...NOVEMBER);
  expect(json.data).toMatchObject([{ telephone: '0300', no_answer: '1' }]);
});

test('what the configuration declares of a trunk holds for its calls', async () => {
  const campaign_id = '9002';
  await imported(`${cdrLine({ disposition: 'FAILED' })}\n`, { campaign_id });
  const { json } = await operation.campaign8(campaign_id, ...NOVEMBER);
  expect(json.data).toMatchObject([{ telephone: '3001234567', congestion: '1', failed: '0' }]);
});

test('a file that no format recognises is told by its columns, with a map that reads it', async () => {
  const body = 'Call ID;Phone;Start Time;Disposition\nc-1;9573001234567;2026-11-03 12:00:00;BUSY\n';
  const [status, detail] = await refused(body);
  expect([status, detail]).toEqual([422, expect.stringContaining('line 1 has the columns Call ID, Phone')]);
  const map = /--map '([^']*)'/.exec(detail)?.[1] ?? '';
  const campaign_id = '9003';
  await imported(body, { format: 'csv', map, campaign_id, strip_prefix: '9,957' });
  const { json } = await operation.campaign8(campaign_id, ...NOVEMBER);
  expect(json.data).toMatchObject([{ telephone: '3001234567', busy: '1' }]);
});

test.each([
  [{ strip_prefix: '9,' }, 400],
  [{ strip_prefix: '9,x' }, 400],
  [{ strip_prefix: '9', format: 'vicidial-log' }, 400],
  [{ strip_prefix: '9'.repeat(33) }, 400],
])('%j is refused', async (query, status) => {
  expect(await refused(`${cdrLine()}\n`, query)).toEqual([status, expect.stringContaining('strip_prefix')]);
});

test.each([
  ['PK\x03\x04 [Content_Types].xml', 'THE FILE IS A WORKBOOK (XLSX): SAVE ITS SHEET AS CSV'],
  ['-- MySQL dump 10.13\nDROP TABLE IF EXISTS `cdr`;', 'THE FILE IS A DUMP OF SQL STATEMENTS'],
  ['<html><table>', 'THE FILE IS A WEB PAGE (HTML)'],
])('%j is refused by its first bytes in every format, and leaves no import', async (body, words) => {
  const before = await (await service.v1('GET', '/imports', operation.token)).json();
  for (const format of ['auto', 'asterisk-csv', 'twilio']) {
    expect(await refused(body, { format })).toEqual([422, expect.stringContaining(words)]);
  }
  expect(await (await service.v1('GET', '/imports', operation.token)).json()).toEqual(before);
});

test('UTF-16, and gzip that nobody declared, are read', async () => {
  const text = `${cdrLine({ userfield: 'Ñandú' })}\n`;
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  for (const body of [wide, Buffer.from(wide).swap16(), gzipSync(text)]) {
    expect(await imported(body, { encoding: 'latin1' })).toMatchObject({ stored: 1, rejected: 0 });
  }
});

test('a record over lines counts once, and is told by its first line; nothing inside it is an attempt', async () => {
  const map = 'telephone=to,dialed_at=at,result=result,opt1=note';
  const lines = [
    'note,to,at,result',
    '"a',
    'x,57300,2026-11-03 12:00:00,BUSY',
    'b",57301,2026-11-03 12:00:00,BUSY',
  ];
  const made = await imported(`${[...lines, '"c', 'd",57302,never,BUSY'].join('\n')}\n`, {
    format: 'csv',
    map,
  });
  expect(made).toMatchObject({ read: 3, stored: 1, rejected: 1, skipped: 1 });
  expect((await rejectsOf(made)).rejects).toMatchObject([{ line: 5, raw: '"c\nd",57302,never,BUSY' }]);
});

const MIXED = Buffer.concat([
  Buffer.from(`${cdrLine({ userfield: 'Ñandú' })}\r\n`),
  Buffer.from(`${cdrLine({ userfield: 'Ñandú', uniqueid: `${CALL_S}.2` })}\r`, 'latin1'),
  Buffer.from(`${cdrLine({ userfield: '', uniqueid: `${CALL_S}.3` })}\n`),
]);

test('encodings: lines that are not UTF-8 are counted, refused, or as declared', async () => {
  expect(await imported(MIXED)).toMatchObject({ stored: 3, latin1_lines: 1, rejected: 0 });
  const strict = await imported(MIXED, { encoding: 'utf-8' });
  expect(strict).toMatchObject({ stored: 2, latin1_lines: 0, rejected: 1 });
  expect((await rejectsOf(strict)).rejects).toMatchObject([
    { line: 2, reason: 'it is not UTF-8', raw: expect.stringContaining('Ñandú') },
  ]);
  expect(await imported(MIXED, { encoding: 'latin1' })).toMatchObject({ stored: 3, latin1_lines: 0 });
});

test('a declared Latin-1 file has its characters', async () => {
  const campaign_id = '9003';
  const body = Buffer.from(
    'calldate;dst;disposition;ciudad\n2026-11-03 12:00:00;57300;busy;Ibagué\n',
    'latin1',
  );
  const map = 'telephone=dst,dialed_at=calldate,result=disposition,customer_id=ciudad';
  const query = { format: 'csv', map, campaign_id };
  expect(await imported(body, { ...query, encoding: 'latin1' })).toMatchObject({ stored: 1 });
  expect(await imported(body, query)).toMatchObject({ latin1_lines: 1 });
});
