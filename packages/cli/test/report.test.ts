import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, type TestOperation, TestService } from '../../server/test/harness.js';

/** `recuento report`, as `npm run build` made it, against a service in this process. */
const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-report-'));
  service = await TestService.start();
  operation = await service.operation();
  await operation.upload([
    attempt({ telephone: '573001', dialed_at: '2026-11-03T23:59:59-05:00', result: 'busy' }),
    attempt({ telephone: '573001', dialed_at: '2026-11-03T00:00:00-05:00', result: 'no_answer' }),
    attempt({ telephone: '573002', dialed_at: '2026-11-03T12:00:00-05:00', result: 'failed' }),
    attempt({ telephone: '573002', dialed_at: '2026-11-03T12:00:01-05:00', result: 'answer' }),
    attempt({ telephone: '+573003', dialed_at: '2026-11-04T00:00:00-05:00', result: 'failed' }),
  ]);
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

async function report(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const env = { ...process.env, RECUENTO_URL: service.service.url, RECUENTO_TOKEN: operation.token };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [LAUNCHER, 'report', ...args], {
      env,
    });
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, error: stderr };
  }
}

const DAY = ['--campaign', '1001', '--from', '2026-11-03', '--to', '2026-11-03'];

test('a table for people: the worst first, of whole days of the operation', async () => {
  const { out } = await report(...DAY);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(
    /^telephone {2}total {2}no_answer {2}answer_machine {2}busy {2}congestion {2}failed/,
  );
  expect(lines.slice(1).map((line) => line.trim().split(/ +/).slice(0, 3))).toEqual([
    ['573001', '2', '1'],
    ['573002', '1', '0'],
  ]);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
  const cut = await report(...DAY, '--rows', '1');
  expect(cut.out.split('\n')).toHaveLength(5);
  expect(cut.out).toContain('There are more telephones');
});

test('a window of wall time, filters and an order', async () => {
  const hour = ['--campaign', 'all', '--from', '2026-11-03T12:00:00', '--to', '2026-11-04T00:00:00'];
  const { out } = await report(...hour, '--format', 'json', '--sort', '-telephone', '--min-dialed', '1');
  const rows: { telephone: string }[] = JSON.parse(out);
  expect(rows.map(({ telephone }) => telephone)).toEqual(['573002', '573001', '+573003']);
  const never = await report(...hour, '--format', 'ndjson', '--max-answered', '0');
  expect(
    never.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).telephone),
  ).toEqual(['+573003', '573001']);
});

test('every format of machines says the same telephones, and a file is whole or not there', async () => {
  for (const format of ['json', 'ndjson', 'csv', 'xlsx', 'parquet']) {
    const file = join(directory, `report.${format}`);
    expect(await report(...DAY, '--format', format, '-o', file)).toEqual({ code: 0, out: '', error: '' });
    expect((await readFile(file)).length, format).toBeGreaterThan(0);
  }
  const csv = (await readFile(join(directory, 'report.csv'), 'utf8')).replace('﻿', '').split('\r\n');
  expect(csv[0]).toBe(
    '"telephone","total_machine_recognitions","no_answer","answer_machine","busy","congestion","failed",' +
      '"dialed_total","answered","other","first_dialed_at","last_dialed_at","last_result"',
  );
  expect(csv[1]).toMatch(/^"573001",2,1,0,1,0,0,2,0,0,"2026-11-03T05:00:00Z","2026-11-04T04:59:59Z","busy"$/);
  expect((await readFile(join(directory, 'report.parquet'))).subarray(0, 4).toString()).toBe('PAR1');
  const refused = await report(
    '--campaign',
    'x',
    '--from',
    '2026-11-03',
    '--to',
    '2026-11-03',
    '--format',
    'csv',
    '-o',
    join(directory, 'none.csv'),
  );
  expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('campaign_id')]);
  expect((await readdir(directory)).sort()).toEqual(
    ['csv', 'json', 'ndjson', 'parquet', 'xlsx'].map((format) => `report.${format}`),
  );
});

test('a reader of the pipe may stop reading', async () => {
  const line = `${process.execPath} ${LAUNCHER} report ${DAY.join(' ')} --format json | true; exit "\${PIPESTATUS[0]}"`;
  const env = { ...process.env, RECUENTO_URL: service.service.url, RECUENTO_TOKEN: operation.token };
  expect(await promisify(execFile)('bash', ['-c', line], { env })).toEqual({ stdout: '', stderr: '' });
});

test('nothing there, and dates that are none, are said in a line', async () => {
  const none = await report('--campaign', '7', '--from', '2026-11-03', '--to', '2026-11-03');
  expect(none).toMatchObject({ code: 0, out: 'No telephone has a machine recognition there.\n' });
  expect(
    (await report('--campaign', '7', '--from', '2026-11-03', '--to', '2026-11-03', '--format', 'json')).out,
  ).toBe('[]\n');
  const bad = await report('--campaign', '7', '--from', '2026-11-31', '--to', '2026-12-01');
  expect([bad.code, bad.error.trim().split('\n')]).toEqual([1, [expect.stringContaining('--from')]]);
});
