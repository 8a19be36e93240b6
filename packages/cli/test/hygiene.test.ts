import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { attempt, type TestOperation, TestService } from '../../server/test/harness.js';
import { asking, putAside } from '../../server/test/quarantine/follower.js';

/** `recuento hygiene …`, as `npm run build` made it, against a service in this process. */
const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-hygiene-'));
  service = await TestService.start();
  service.stands_at_ms = Date.parse('2026-12-05T12:00:00Z');
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});
/** A rule of the operation: those that ship ask how likely a number is a person, which five attempts do not tell. */
let rule: string;
beforeEach(async () => {
  operation = await service.operation();
  const dead = ['02', '03', '04', '20'].map((day) =>
    attempt({ telephone: '573001', dialed_at: `2026-11-${day}T10:00:00-05:00`, result: 'failed', sip: 404 }),
  );
  await operation.upload([...dead, attempt({ telephone: '573002', result: 'answer' })]);
  const made = await service.v1('POST', '/hygiene/rules', operation.token, {
    name: 'Dead',
    campaign_id: 'all',
    conditions: [{ kind: 'verdict', in: ['invalid'] }],
    quarantine_days: 90,
  });
  ({ id: rule } = z.object({ id: z.string() }).parse(await made.json()));
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function hygiene(...args: string[]): Promise<Ended> {
  const env = { ...process.env, RECUENTO_URL: service.service.url, RECUENTO_TOKEN: operation.token };
  const running = promisify(execFile)(process.execPath, [LAUNCHER, 'hygiene', ...args], { env });
  running.child.stdin?.end();
  try {
    const { stdout, stderr } = await running;
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, error: stderr };
  }
}

const held = async () =>
  (await putAside(asking(() => service.service.url, operation.token))).map(({ telephone, reason }) => [
    telephone,
    reason,
  ]);

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

test('verdicts: a table for people, and a file with all of them', async () => {
  const { out } = await hygiene('verdicts', '--verdict', 'invalid');
  const [head, row, ...rest] = out.trimEnd().split('\n');
  expect(head?.trim()).toMatch(/^telephone +verdict +probability +attempts +days/);
  expect(row).toMatch(/^573001 +invalid /);
  expect(rest).toEqual([]);
  expect((await hygiene('verdicts', '--telephone', '573009')).out).toBe('There is no such telephone.\n');
  const path = join(directory, 'verdicts.json');
  expect(await hygiene('verdicts', '--format', 'json', '-o', path)).toEqual({ code: 0, out: '', error: '' });
  const rows: { telephone: string }[] = JSON.parse(await readFile(path, 'utf8'));
  expect(rows.map(({ telephone }) => telephone)).toEqual(['573001', '573002']);
});

test('preview changes nothing, and backtest says what a rule would have done', async () => {
  const preview = await hygiene('preview', '--rule', rule);
  expect(preview.out).toMatch(/^verdict +telephones\ninvalid +1\nall +1\n/);
  expect(preview.out).toContain('573001');
  expect(JSON.parse((await hygiene('preview', '--rule', rule, '--json')).out)).toMatchObject({
    telephones_taken: 1,
  });
  const backtest = await hygiene(
    'backtest',
    '--rule',
    rule,
    '--as-of',
    '2026-11-10',
    '--until',
    '2026-11-30',
  );
  expect(backtest.out).toMatch(/telephones taken +1\n/);
  expect(backtest.out).toMatch(/dials saved +1 +1\n/);
  expect(backtest.out).toMatch(/people lost +0 +0\n/);
  const json = await hygiene(
    ...['backtest', '--rule', rule, '--as-of', '2026-11-10', '--until', '2026-11-30', '--json'],
  );
  // Days are those of the operation, and the last one is whole.
  expect(JSON.parse(json.out)).toMatchObject({
    as_of: '2026-11-10T05:00:00.000Z',
    until: '2026-12-01T04:59:59.000Z',
  });
  expect(await held()).toEqual([]);
});

test('quarantine shows what a rule takes, does nothing without --yes, and can be undone', async () => {
  const asked = await hygiene('quarantine', '--rule', rule);
  expect([asked.code, asked.error]).toEqual([1, 'Nothing was done: --yes does it.\n']);
  expect(asked.out).toMatch(/invalid +1/);
  expect(await held()).toEqual([]);
  const done = await hygiene('quarantine', '--rule', rule, '--yes', '--reason', 'November');
  expect(done.out).toContain('1 telephones are put aside. To undo it: recuento hygiene restore --id 1\n');
  expect(await held()).toEqual([['573001', 'November']]);
  expect((await hygiene('restore', '--id', '1')).out).toBe('1 telephones are put back.\n');
  expect(await held()).toEqual([]);
});

test('quarantine and restore take a file of telephones, one a line, of any number', async () => {
  const telephones = Array.from({ length: 10_001 }, (_, at) => String(573_000_000_000 + at));
  const path = await file('many.txt', `\uFEFF ${telephones.join(' \r\n')}\r\n\r\n573000000000\n`);
  expect((await hygiene('quarantine', path)).error).toBe('Nothing was done: --yes does it.\n');
  const done = await hygiene('quarantine', path, '--yes', '--json', '--until', '2026-12-31');
  expect(
    done.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { id: '1', telephones_taken: 10_000 },
    { id: '2', telephones_taken: 1 },
  ]);
  const [first] = await putAside(
    asking(() => service.service.url, operation.token),
    '',
    10_000,
  );
  expect(first).toMatchObject({ until: '2027-01-01T04:59:59.000Z', reason: path });
  expect((await hygiene('restore', path, '--json')).out).toBe('{"telephones_restored":10001}\n');
  expect(await held()).toEqual([]);
});

test('export: any form, into a file or a pipe; each page of a body is a line', async () => {
  const path = await file('aside.txt', "573001\n573002\n573'003\n");
  await hygiene('quarantine', path, '--yes', '--reason', 'a test');
  expect(await hygiene('export', '--format', 'vicidial')).toEqual({
    code: 0,
    out: '573001\n573002\n',
    error: 'Left out, as vicidial cannot have them: 1.\n',
  });
  const csv = await hygiene('export');
  expect(csv.out.split('\r\n')[0]).toBe('"telephone","reason","since","until"');
  const to = join(directory, 'list.sql');
  await hygiene('export', '--format', 'asterisk_sql', '-o', to);
  expect(await readFile(to, 'utf8')).toContain("('573002')");
  const dnc = await hygiene('export', '--format', 'add_dnc', '--verdict', 'invalid', '--days-block', '7');
  expect(dnc.out).toBe('[{"telephone":"573001","days_block":7}]\n');
  expect((await hygiene('export', '--format', 'customer_ids', '--campaign', '7')).out).toBe('');
  const many = Array.from({ length: 10_001 }, (_, at) => String(573_000_000_000 + at));
  await hygiene('quarantine', await file('more.txt', many.join('\n')), '--yes');
  const pages = (await hygiene('export', '--format', 'add_dnc')).out.trimEnd().split('\n');
  expect(pages.join('\n').match(/"telephone"/g)).toHaveLength(10_004);
});

test('what is wrong is said in one line', async () => {
  const none = await hygiene('preview', '--rule', 'reckless');
  expect([none.code, none.error]).toEqual([
    1,
    expect.stringContaining('There is no rule reckless. There are: '),
  ]);
  expect(none.error).toContain(rule);
  expect((await hygiene('preview')).code).toBe(2);
  expect((await hygiene('export', '--format', 'customer_ids')).error).toContain('campaign_id');
  expect((await hygiene('quarantine', '--yes')).error).toContain('one of the two');
  expect((await hygiene('restore')).error).toContain('one of the two');
  expect((await hygiene('quarantine', join(directory, 'none.txt'), '--yes')).error).toContain('ENOENT');
  expect((await hygiene('quarantine', await file('empty.txt', '\n'), '--yes')).error).toContain('one a line');
  const backtest = await hygiene('backtest', '--rule', 'bold', '--as-of', 'soon', '--until', '2026-11-30');
  expect(backtest.error).toMatch(/^--as-of /);
});
