import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dial } from './dials.js';
import { DocumentedServer, TOKEN } from './documented-server.js';

/** The examples of both pages, each run as a program of its own that has the built package installed. */
const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
const TYPES = fileURLToPath(new URL('../../../node_modules/@types', import.meta.url));
const PAGES = ['../README.md', '../../../docs/guide/client.md'];

const scratch = mkdtempSync(join(tmpdir(), 'recuento-readme-'));
let server: DocumentedServer;
beforeAll(async () => {
  mkdirSync(join(scratch, 'node_modules/@recuento'), { recursive: true });
  writeFileSync(join(scratch, 'package.json'), '{"type":"module"}');
  symlinkSync(ROOT, join(scratch, 'node_modules/@recuento/client'), 'dir');
  const found = [1, 2, 4, 4, 4, 4, 4, 4].map((day) =>
    dial({ campaign: 1001, at: `2025110${day}120000`, telephone: `57300${day}` }),
  );
  server = await DocumentedServer.start([
    ...found,
    dial({ campaign: 1001, at: '20251103120000', result: 'busy' }),
  ]);
});
afterAll(async () => {
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const examples = PAGES.flatMap((page) => {
  const text = readFileSync(new URL(page, import.meta.url), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ''], nr) => ({
    page,
    nr,
    code,
    file: `${basename(page, '.md')}-${nr}`,
  }));
});

test('there are examples', () => {
  expect(new Set(examples.map(({ page }) => page)).size).toBe(PAGES.length);
});

test('examples are right TypeScript for programs that install the package', async () => {
  for (const { file, code } of examples) {
    writeFileSync(
      join(scratch, `${file}.ts`),
      code.replaceAll('http://127.0.0.1:8080', server.url).replaceAll('rct_...', TOKEN),
    );
  }
  const flags = [
    '--strict',
    '--target',
    'es2023',
    '--module',
    'nodenext',
    '--types',
    'node',
    '--typeRoots',
    TYPES,
  ];
  const files = examples.map(({ file }) => `${file}.ts`);
  const compiled = run(process.execPath, [TSC, ...flags, '--skipLibCheck', 'false', ...files], {
    cwd: scratch,
  });
  await compiled.catch((error: { stdout: string }) => expect.fail(error.stdout));
});

test.each(examples)('example $nr of $page runs', async ({ file }) => {
  const options = { cwd: scratch, env: { ...process.env, TMPDIR: scratch } };
  const { stdout } = await run(process.execPath, [`${file}.js`], options);
  expect(stdout).not.toBe('');
});
