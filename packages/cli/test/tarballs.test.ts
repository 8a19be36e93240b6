import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Demo } from './spawned-demo.js';

/**
 * What `npm run tarballs` packs of what was built (npm test builds), installed in an empty folder as the guide says. The
 * packages of others come from npm's cache, which `npm ci` has filled, or from where npm is set to get them.
 */
const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PACKAGES = ['cli', 'client', 'console', 'contract', 'generator', 'server'];
const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund'];

let scratch: string;
let tarballs: string;
let service: string;
let sdk: string;
let demo: Demo | undefined;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'recuento-tarballs-'));
  tarballs = await made('tarballs');
  service = await emptyProject('service');
  sdk = await emptyProject('sdk');
  await run(process.execPath, ['scripts/tarballs.mjs', tarballs], { cwd: ROOT });
  const all = (await readdir(tarballs)).map((name) => join(tarballs, name));
  await run('npm', [...INSTALL, ...all], { cwd: service });
  await run('npm', [...INSTALL, '--offline', tarballOf('client')], { cwd: sdk });
}, 300_000);
afterAll(async () => {
  await demo?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

async function made(name: string): Promise<string> {
  const directory = join(scratch, name);
  await mkdir(directory);
  return directory;
}

/** With a package.json, or npm would look for one in the folders above. */
async function emptyProject(name: string): Promise<string> {
  const directory = await made(name);
  await writeFile(join(directory, 'package.json'), '{}');
  return directory;
}

function tarballOf(name: string): string {
  return join(tarballs, `recuento${name === 'cli' ? '' : `-${name}`}-0.1.0.tgz`);
}

/** The files of a package, below its own directory. */
async function filesOf(name: string): Promise<string[]> {
  const { stdout } = await run('tar', ['-tzf', tarballOf(name)]);
  return stdout
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => path.replace(/^package\//, ''));
}

test('there is a tarball of each package, and no other', async () => {
  expect(readdirSync(join(ROOT, 'packages')).toSorted()).toEqual(PACKAGES);
  expect((await readdir(tarballs)).toSorted()).toEqual(
    PACKAGES.map(tarballOf)
      .map((path) => path.slice(tarballs.length + 1))
      .toSorted(),
  );
});

test.each(PACKAGES.filter((name) => name !== 'console'))(
  '%s is packed with its licence and all that runs, without tests, sources and maps',
  async (name) => {
    const files = await filesOf(name);
    expect(files).toContain('LICENSE');
    for (const path of files) {
      expect(path).toMatch(
        /^(LICENSE|README\.md|package\.json|(bin|dist)\/[\w./-]+\.(js|mjs|json|d\.ts|sql|css))$/,
      );
      expect(path).not.toMatch(/\.test\.|\/testing\/|\.map$|tsbuildinfo/);
    }
    const sources = readdirSync(join(ROOT, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' });
    const needed = sources.filter(
      (path) => /\.(ts|mjs|js|sql|css)$/.test(path) && !/\.test\.ts$|testing\//.test(path),
    );
    expect(needed.length).toBeGreaterThan(10);
    for (const path of needed) expect(files).toContain(`dist/${path.replace(/\.ts$/, '.js')}`);
  },
);

test('the console is packed as what browsers load, with its licence', async () => {
  const files = await filesOf('console');
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'dist/colours.css', 'dist/site/index.html']));
  const others = files.filter((path) => !/^dist\/site\/assets\/[\w-]+\.(js|css)$/.test(path));
  expect(others.toSorted()).toEqual(['LICENSE', 'dist/colours.css', 'dist/site/index.html', 'package.json']);
});

test('the schema, its workers and what the pages load are in the service', async () => {
  const files = await filesOf('server');
  for (const suffix of ['.sql', '.mjs', '.css'])
    expect(files.some((path) => path.endsWith(suffix))).toBe(true);
});

test('npx recuento runs what was installed', async () => {
  const { stdout } = await run('npx', ['--no-install', 'recuento', '--version'], { cwd: service });
  expect(stdout.trim()).toBe(
    JSON.parse(readFileSync(join(ROOT, 'packages/cli/package.json'), 'utf8')).version,
  );
});

/** A program of somebody who installed the SDK: it asks the demo for a month, and says how many telephones there are. */
function program(load: string): string {
  return `${load}
    const [baseUrl, token, from, to] = process.argv.slice(2);
    const reports = new ReportsManager({ baseUrl, token, stateDirectory: '.' });
    reports.campaign8({ campaignId: 1001, from, to }).collect().then((rows) => console.log(rows.length));`;
}

test('the demo starts, its cURL lines are answered, and programs of both kinds of modules ask it by the SDK', async () => {
  demo = await Demo.start(join(scratch, 'data'), join(service, 'node_modules/.bin/recuento'));
  const [line = ''] = demo.curlLines();
  const { stdout } = await run('sh', ['-c', line], { maxBuffer: 64 * 1024 * 1024 });
  const { code, data }: { code: string; data: unknown[] } = JSON.parse(stdout);
  expect(String(code)).toBe('200');
  expect(data.length).toBeGreaterThan(100);

  const docs = await fetch(new URL('/docs', new URL(/http:\/\/[^/]+/.exec(line)?.[0] ?? '')));
  expect([docs.status, await docs.text()]).toEqual([200, expect.stringContaining('<html')]);
  const console_page = await (await fetch(new URL('/', docs.url))).text();
  const [script = ''] = /\/assets\/[\w-]+\.js/.exec(console_page) ?? [];
  expect((await fetch(new URL(script, docs.url))).status).toBe(200);

  const said = [/http:\/\/[^/]+/, /rct_[\w-]+/, /(?<=date_ini=)\d{8}/, /(?<=date_end=)\d{8}/].map(
    (part) => part.exec(line)?.[0] ?? '',
  );
  const [url = '', token = '', ...days] = said;
  const dates = days.map((day) => day.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'));
  await writeFile(join(sdk, 'a.mjs'), program("import { ReportsManager } from '@recuento/client';"));
  await writeFile(join(sdk, 'b.cjs'), program("const { ReportsManager } = require('@recuento/client');"));
  for (const file of ['a.mjs', 'b.cjs']) {
    const asked = await run(process.execPath, [file, url, token, ...dates], { cwd: sdk });
    expect(Number(asked.stdout)).toBe(data.length);
  }
});
