import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { crowd, dial } from '../../client/test/dials.js';
import { DocumentedServer } from '../../client/test/documented-server.js';
import type { Dial } from '../../client/test/model.js';
import { TestClient } from '../../client/test/test-client.js';
import { type PullJob, pull } from '../src/pull/pull.js';
import { keptManifest, verify } from '../src/pull/verify.js';
import { MAX_XLSX_ROWS, xlsx } from '../src/pull/xlsx.js';
import { UsageError } from '../src/usage-error.js';
import { PullCommand } from './pull-command.js';

let server: DocumentedServer;
let directory: string;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
});
afterAll(() => server.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-pull-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const on = (day: number, fields: Partial<Dial> = {}) =>
  dial({ at: `202510${String(day).padStart(2, '0')}120000`, ...fields });

function job(fields: Partial<PullJob> = {}): PullJob {
  return {
    client: new TestClient({ baseUrl: server.url, retries: 0 }),
    base_url: server.url,
    api: 'campaign_8',
    campaign: '1',
    from: '2025-10-01',
    to: '2025-10-03',
    window_days: 1,
    file: join(directory, 'file.csv'),
    format: 'csv',
    ...fields,
  };
}

const text = (name = 'file.csv') => readFile(join(directory, name), 'utf8');

test('the files of each format', async () => {
  server.become([on(1), on(2, { result: 'busy' }), on(3, { telephone: '+573009' })], {});
  await pull(job());
  const names = 'telephone,total_machine_recognitions,no_answer,answer_machine,busy,congestion,failed';
  expect(await text()).toBe(`${names}\r\n+573009,1,1,0,0,0,0\r\n573001234567,2,1,0,1,0,0\r\n`);
  await pull(job({ file: join(directory, 'file.ndjson'), format: 'ndjson' }));
  expect((await text('file.ndjson')).split('\n')[1]).toBe(
    '{"telephone":"573001234567","total_machine_recognitions":2,"no_answer":1,"answer_machine":0,"busy":1,"congestion":0,"failed":0}',
  );
  await pull(job({ file: join(directory, 'file.xlsx'), format: 'xlsx' }));
  const book = unzipSync(await readFile(join(directory, 'file.xlsx')));
  const parts = Object.entries(book).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
  const all = parts.map(([, xml]) => xml).join('\n');
  expect(all).toContain('+573009');
  expect(all).toContain('total_machine_recognitions');
  expect(all).not.toContain('<f>');
});

test('an empty report is a file with its heading alone', async () => {
  server.become([], {});
  expect((await pull(job())).manifest.file.rows).toBe(0);
  expect(await text()).toMatch(/^telephone,.*\r\n$/);
});

test('every report has its file; campaign_1 is one window', async () => {
  server.become([on(1, { amd: 'machine' }), on(2, { amd: 'human', result: 'busy' })], {});
  const files: Record<string, string> = {};
  for (const api of [
    'campaign_1',
    'campaign_3',
    'campaign_4',
    'campaign_6',
    'campaign_7',
    'cdr_5',
    'cdr_6',
  ] as const) {
    await pull(job({ api, window_days: api === 'campaign_1' ? 31 : 1 }));
    files[api] = await text();
  }
  expect(files).toMatchObject({
    campaign_1: 'result,records,percent\r\nbusy,1,100.00 %\r\n',
    campaign_4: 'result,records,percent\r\nbusy,1,50.00 %\r\nno-answer,1,50.00 %\r\n',
    campaign_6: 'campaign_id,total_amd\r\n1,1\r\n',
    cdr_6: 'result,count\r\nBusy,1\r\nNo answer,1\r\n',
  });
  expect(files.campaign_3?.split('\r\n')).toHaveLength(4);
  expect(files.cdr_5).toMatch(/12:00:00,\d+,No answer,.*\r\n.*,Busy,/);
  expect(files.campaign_7).toMatch(/machine,2025-10-01 12:00:00\r\n.*human,2025-10-02 12:00:00\r\n$/);
});

test('a workbook has a bound: so many rows pass, one more is told how else', async () => {
  const shape = { api: 'x', columns: { key: 'text' }, key: 'key', merging: 'add' } as const;
  async function* rows(count: number) {
    for (let row = 0; row < count; row += 1) yield ['1'];
  }
  expect((await xlsx(shape, rows(MAX_XLSX_ROWS))).length).toBeGreaterThan(0);
  await expect(xlsx(shape, rows(MAX_XLSX_ROWS + 1))).rejects.toThrow(/ndjson/);
});

test('the manifest says which file it is of', async () => {
  server.become([on(1), on(3)], {});
  const { manifest } = await pull(job());
  const bytes = await readFile(join(directory, 'file.csv'));
  expect(manifest.file).toEqual({
    name: 'file.csv',
    format: 'csv',
    rows: 1,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect(await keptManifest(join(directory, 'file.csv'))).toEqual(manifest);
  expect(manifest.warnings.map(({ date_ini }) => date_ini)).toEqual(['20251002000000']);
});

test('a run that was stopped goes on where it was: finished windows cost no call', async () => {
  server.become([on(1), on(2), on(3)], { fault: (call) => (call === 3 ? 'error' : undefined) });
  await expect(pull(job())).rejects.toThrow(/SOMETHING FAILED/);
  expect(await readdir(directory)).toEqual(['file.csv.parts']);
  server.become([on(1), on(2), on(3)], {});
  const { kept } = await pull(job());
  expect([kept, server.calls]).toEqual([2, 1]);
  expect(await text()).toContain('573001234567,3,3');
  expect((await readdir(directory)).sort()).toEqual(['file.csv', 'file.csv.manifest.json']);
});

test('a stopped run leaves the file that was there as it was', async () => {
  server.become([on(1)], {});
  await pull(job());
  const before = await text();
  server.become([on(1), on(2)], { fault: (call) => (call === 3 ? 'error' : undefined) });
  await expect(pull(job())).rejects.toThrow();
  expect(await text()).toBe(before);
});

test.each([
  ['another campaign', { campaign: 'all' }],
  ['another range', { to: '2025-10-04' }],
  ['another report', { api: 'campaign_4' }],
  ['another server', { base_url: 'http://127.0.0.1:9' }],
] as const)('what was read of %s is not used', async (_, other) => {
  const broken = { fault: (call: number) => (call === 3 ? ('error' as const) : undefined) };
  server.become([on(1), on(2), on(3)], broken);
  await expect(pull(job())).rejects.toThrow();
  server.become([on(1), on(2), on(3)], {});
  expect((await pull(job(other))).kept).toBe(0);
});

test.each([
  ['cut', (part: string) => part.slice(0, -20)],
  ['changed', (part: string) => part.replace('573001234567', '573001234568')],
  ['emptied', () => ''],
])('a finished window that was %s is read again', async (_, damage) => {
  server.become([on(1), on(2), on(3)], { fault: (call) => (call === 3 ? 'error' : undefined) });
  await expect(pull(job())).rejects.toThrow();
  const part = join(directory, 'file.csv.parts', '20251001000000-20251001235959.ndjson');
  await writeFile(part, damage(await readFile(part, 'utf8')));
  server.become([on(1), on(2), on(3)], {});
  expect((await pull(job())).kept).toBe(1);
  expect(await text()).toContain('573001234567,3,3');
});

test('a window that was not over anywhere when it was read is read again; one that has begun nowhere costs no call', async () => {
  // The zone of the operation is not known: 2025-10-02 ends at noon of 2025-10-03 UTC in the last place on Earth.
  const noon = Date.UTC(2025, 9, 3, 12);
  const round = async (now_ms: number) => {
    const client = new TestClient({ baseUrl: server.url });
    client.clock.now_ms = now_ms;
    server.become([on(1)], {});
    const { kept } = await pull(job({ client, now_ms: () => now_ms, keep_parts: true, to: '2025-10-05' }));
    return [kept, server.calls];
  };
  expect(await round(noon - 1)).toEqual([0, 4]); // 2025-10-05 begins nowhere before 10:00 UTC of the 4th
  expect(await round(noon - 1)).toEqual([1, 3]);
  expect(await round(noon)).toEqual([1, 3]);
  expect(await round(noon)).toEqual([2, 2]);
  expect(await round(Date.UTC(2025, 9, 4, 10))).toEqual([2, 3]);
});

test('two pulls into one file do not mix: the second is refused', async () => {
  server.become([on(1)], { delay_ms: 50 });
  const first = pull(job());
  await expect.poll(() => server.calls).toBeGreaterThan(0);
  const lock = join(directory, 'file.csv.parts', 'lock');
  await writeFile(lock, String(process.ppid)); // a process that lives, and is another one
  await expect(pull(job())).rejects.toThrow(UsageError);
  await first;
});

test('a directory of that name that holds something else is left alone', async () => {
  const parts = join(directory, 'file.csv.parts');
  await mkdir(parts);
  await writeFile(join(parts, 'thesis.docx'), 'years of work');
  await expect(pull(job())).rejects.toThrow(/thesis\.docx/);
  expect(await readFile(join(parts, 'thesis.docx'), 'utf8')).toBe('years of work');
});

test('verify names what changed since the file was pulled', async () => {
  server.become([on(1), on(2), on(3)], {});
  await pull(job());
  const { client, file } = job();
  const manifest = await keptManifest(file);
  expect(await verify(client, manifest, {})).toEqual([]);
  server.become([on(1), on(2), on(2, { telephone: '9' }), on(3)], {});
  expect((await verify(client, manifest, {})).map(({ date_ini }) => date_ini)).toEqual(['20251002000000']);
});

const flags = (...more: string[]) => [
  ...['--url', server.url, '--campaign', '1', '--from', '2025-10-01', '--to', '2025-10-03'],
  ...['-o', join(directory, 'file.csv'), ...more],
];

test('the command says what it read, what it cost and what is missing; gaps leave the exit code 0', async () => {
  server.become([on(1), on(3)], {});
  const run = new PullCommand(directory, flags());
  expect(await run.ended(), run.output).toBe(0);
  expect(run.output).toContain('1 rows from 3 windows; 3 calls today, 997 left');
  expect(run.output).toContain('Warning: 2025-10-02 00:00:00 to 2025-10-02 23:59:59 is empty');
});

test('a campaign that is empty in all of the range is told, and the exit code stays 0; one with a row is not', async () => {
  server.become([], {});
  const empty = new PullCommand(directory, flags());
  expect(await empty.ended(), empty.output).toBe(0);
  expect(empty.output).toContain(
    'Warning: campaign_8 of campaign 1 is empty in all of 2025-10-01 00:00:00 to 2025-10-03 23:59:59. A server answers so for a campaign that it does not have',
  );
  const all = new PullCommand(directory, [...flags(), '--campaign', 'all']);
  expect(await all.ended(), all.output).toBe(0);
  expect(all.output).toContain('Is it the right server and token?');
  server.become([on(3)], {});
  const found = new PullCommand(directory, flags());
  expect(await found.ended(), found.output).toBe(0);
  expect(found.output).not.toContain('in all of');
  const later = [...flags(), '--from', '2097-10-01', '--to', '2097-10-02'];
  const not_begun = new PullCommand(directory, later);
  expect(await not_begun.ended(), not_begun.output).toBe(0);
  expect(not_begun.output).not.toContain('in all of');
});

test.each(['/api/v2', '/api/v2/', '/api/v2/reports_manager.php', '//api//v2', '/'])(
  '--url with %s at its end is the same server',
  async (end) => {
    server.become([on(1)], {});
    const run = new PullCommand(directory, [...flags(), '--url', server.url + end]);
    expect(await run.ended(), run.output).toBe(0);
    expect(run.output).toContain('1 rows from 3 windows');
    const manifest = JSON.parse(await text('file.csv.manifest.json'));
    expect(manifest.base_url).toBe(server.url);
  },
);

test('--verify ends with 0 when all is as it was, and with 1 when something changed', async () => {
  server.become([on(1), on(3)], {});
  await new PullCommand(directory, flags()).ended();
  const options = ['--url', server.url, '-o', join(directory, 'file.csv'), '--verify'];
  const same = new PullCommand(directory, options);
  expect(await same.ended(), same.output).toBe(0);
  expect(same.output).toContain('0 of 3 windows changed');
  server.become([on(1), on(2), on(3)], {});
  const changed = new PullCommand(directory, options);
  expect(await changed.ended(), changed.output).toBe(1);
  expect(changed.output).toContain('Changed: 2025-10-02 00:00:00 to 2025-10-02 23:59:59 had 0 rows');
});

test('an error is one line without a stack, and never has the token', async () => {
  server.become([on(1)], { callsPerDay: 0 });
  const run = new PullCommand(directory, flags(), { RECUENTO_TOKEN: 'documented-token' });
  expect(await run.ended()).toBe(1);
  expect(run.output).toBe('The server refused (403): TOKEN LIMIT EXCEEDED\n');
  for (const wrong of [
    ['--from', 'soon'],
    ['--campaign', 'x'],
    ['--url', 'nowhere'],
    ['--api', 'campaign_9'],
  ]) {
    const refused = new PullCommand(directory, [...flags(), ...wrong]);
    expect([1, 2]).toContain(await refused.ended());
    expect(refused.output).not.toContain('    at ');
  }
});

test('SIGTERM stops it in good order, and what was read stays', async () => {
  server.become([on(1), on(2)], { fault: (call) => (call === 3 ? 'mute' : undefined) });
  const run = new PullCommand(directory, flags());
  await expect.poll(() => server.calls, { timeout: 60_000 }).toBe(3);
  expect(await run.kill('SIGTERM')).toBe(130);
  expect(run.output).toContain('goes on where this one was');
  server.become([on(1), on(2)], {});
  const again = new PullCommand(directory, flags());
  expect(await again.ended(), again.output).toBe(0);
  expect(server.calls).toBe(1);
});

test('--every keeps the file up to date until it is stopped, past what passes by itself', async () => {
  server.become([on(1)], { fault: (call) => (call === 1 ? 'error' : undefined) });
  const run = new PullCommand(directory, flags('--every', '1s'));
  const rows = () =>
    text().then(
      (file) => file.split('\r\n')[1],
      () => '',
    );
  await expect.poll(rows, { timeout: 60_000 }).toBe('573001234567,1,1,0,0,0,0');
  // Windows that are over are not read again, so the file can only change where the range is still open.
  const calls = server.calls;
  await expect.poll(() => run.output.split('read before').length, { timeout: 60_000 }).toBeGreaterThan(1);
  expect(server.calls).toBe(calls);
  expect(await run.kill('SIGTERM')).toBe(0);
});

test('help lists every flag that the guide names, and the guide every flag', async () => {
  const help = new PullCommand(directory, ['--help']);
  expect(await help.ended()).toBe(0);
  const guide = await readFile(new URL('../../../docs/guide/client.md', import.meta.url), 'utf8');
  const flagsOf = (page: string) => new Set(page.match(/(?<=[\s`])--[a-z][a-z-]+/g));
  expect(flagsOf(guide)).toEqual(flagsOf(help.output.replace('--output', '').replace('--help', '')));
});

test('a second of a crowd is an error of one line too', async () => {
  server.become(crowd(10, '20251002120000'), { rowLimit: 10 });
  const run = new PullCommand(directory, flags('--row-limit', '10'));
  expect(await run.ended()).toBe(1);
  expect(run.output).toMatch(/^The single second 2025-10-02 12:00:00 .*\n$/);
});
