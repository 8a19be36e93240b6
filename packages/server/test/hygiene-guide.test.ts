import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';

/** Every line of docs/guide/hygiene.md that a reader may paste, run as he would, in the order of the page. */
const PAGE = fileURLToPath(new URL('../../../docs/guide/hygiene.md', import.meta.url));
const NOW_MS = Date.parse('2026-12-05T12:00:00Z');
const run = promisify(execFile);

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-guide-'));
  service = await TestService.start();
  service.stands_at_ms = NOW_MS;
  operation = await service.operation({ server: '0042' });
  const failed = ['02', '03', '04'].map((day) =>
    attempt({ telephone: '573001', dialed_at: `2026-11-${day}T10:00:00-05:00`, result: 'failed', sip: 404 }),
  );
  await operation.upload([...failed, attempt({ telephone: '573002', result: 'answer' })]);
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

test('the lines of the page answer, and the rule of the page takes the dead number', async () => {
  const page = await readFile(PAGE, 'utf8');
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThanOrEqual(6);
  const replies: unknown[] = [];
  for (const block of blocks) {
    const code = block
      .replace(/^URL=.*$/m, '')
      .replace(/^TOKEN=.*$/m, '')
      .replaceAll('curl -sS', 'curl -sSf -w "\\n"');
    const env = { ...process.env, URL: service.service.url, TOKEN: operation.token, ADMIN: ADMIN_TOKEN };
    const { stdout } = await run('sh', ['-ec', code], { env, cwd: directory });
    replies.push(
      ...stdout
        .split('\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line)),
    );
  }
  expect(replies).toContainEqual(expect.objectContaining({ telephones: 2 }));
  expect(replies).toContainEqual({ id: '1', telephones_taken: 1 });
  expect(replies).toContainEqual(expect.objectContaining({ telephones_restored: 1 }));
  expect(replies).toContainEqual([{ telephone: '573001', days_block: 90 }]);
  expect(await readFile(join(directory, 'dnc.txt'), 'utf8')).toContain('573001\n');
  expect(await readFile(join(directory, 'asterisk.sql'), 'utf8')).toContain("('573001')");
});
