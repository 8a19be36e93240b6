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
/** Between the replies: rows of one may be on lines of their own. */
const END = '\u001e';
const TELEPHONES = 400;
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
  // As many as it takes to know that such a number is hardly ever reached.
  const dialed = Array.from({ length: TELEPHONES }, (_, at) =>
    ['02', '03', '04', '05'].map((day) =>
      attempt({
        telephone: `57300${1_000 + at}`,
        dialed_at: `2026-11-${day}T10:00:00-05:00`,
        ...(at % 2 === 0 ? { result: 'failed', sip: 404 } : { result: 'answer' }),
      }),
    ),
  );
  await operation.upload(dialed.flat());
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

test('the lines of the page answer, and the rule of the page takes the dead numbers', async () => {
  const page = await readFile(PAGE, 'utf8');
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThanOrEqual(6);
  const replies: unknown[] = [];
  for (const block of blocks) {
    const code = block
      .replace(/^URL=.*$/m, '')
      .replace(/^TOKEN=.*$/m, '')
      .replaceAll('curl -sS', `curl -sSf -w "${END}"`);
    const env = { ...process.env, URL: service.service.url, TOKEN: operation.token, ADMIN: ADMIN_TOKEN };
    const { stdout } = await run('sh', ['-ec', code], { env, cwd: directory });
    replies.push(
      ...stdout
        .split(END)
        .filter((text) => text.trim() !== '')
        .map((text): unknown => JSON.parse(text)),
    );
  }
  expect(replies).toContainEqual(expect.objectContaining({ telephones: TELEPHONES }));
  expect(replies).toContainEqual({ id: '1', telephones_taken: TELEPHONES / 2 });
  expect(replies).toContainEqual(expect.objectContaining({ telephones_restored: TELEPHONES / 2 }));
  const blocked = expect.arrayContaining([{ telephone: '573001000', days_block: 90 }]);
  expect(replies).toContainEqual(blocked);
  expect(await readFile(join(directory, 'dnc.txt'), 'utf8')).toContain('573001000\n');
  expect(await readFile(join(directory, 'asterisk.sql'), 'utf8')).toContain("('573001000')");
});
