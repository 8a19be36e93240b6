import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { killAllSpawned, SpawnedService } from '../../server/test/spawned-service.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-start-'));
});
afterEach(async () => {
  await killAllSpawned();
  await rm(directory, { recursive: true, force: true });
});

/** The exit code and the one sentence of a start that cannot be. */
async function failedStart(
  data: string,
  env: NodeJS.ProcessEnv = {},
  port?: string,
): Promise<[number | null, string]> {
  const service = SpawnedService.spawn(data, env, port);
  return [await service.ended(), service.output];
}

test('a second service on a directory is told so, the first goes on, and a kill -9 leaves no lock behind', async () => {
  const first = await SpawnedService.start(directory);
  expect(await failedStart(directory)).toEqual([
    1,
    `Another process uses ${directory}. Stop it, or choose another directory with --data.\n`,
  ]);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  await first.kill();
  const next = await SpawnedService.start(directory);
  expect(await next.terminate()).toBe(0);
});

test('a port in use and an address of another machine end with one sentence, and nothing stays locked', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await failedStart(directory, {}, String(port))).toEqual([
    1,
    `Port ${port} is in use. Choose another with --port, or --port 0 for a free one.\n`,
  ]);
  other.close();
  expect(await failedStart(directory, { RECUENTO_HOST: '203.0.113.7' })).toEqual([
    1,
    'This machine has no address 203.0.113.7. Choose another with --host.\n',
  ]);
  expect(await (await SpawnedService.start(directory)).terminate()).toBe(0);
});

test.each(['', '/below'])('a data directory that is a file%s ends with one sentence', async (below) => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  const [code, said] = await failedStart(file + below);
  expect(code).toBe(1);
  expect(said).toMatch(/^\S+\/file\S* is no directory.* Choose another with --data\.\n$/);
});

test('a journal that is a file, or has one for a directory, ends a start with one sentence, and a directory in it does not', async () => {
  const journal = join(directory, 'journal');
  await writeFile(journal, '');
  expect(await failedStart(directory)).toEqual([
    1,
    `${journal} is no directory. Move it away, and start again.\n`,
  ]);
  await rm(journal);
  await mkdir(journal);
  await writeFile(join(journal, 'damaged'), '');
  expect(await failedStart(directory)).toEqual([
    1,
    `${join(journal, 'damaged')} is no directory. Move it away, and start again.\n`,
  ]);
  await rm(join(journal, 'damaged'));
  await mkdir(join(journal, 'x.draft'), { recursive: true });
  const service = await SpawnedService.start(directory);
  expect(service.messages).toContain('something in the journal is no file, and was passed over');
  expect(await service.terminate()).toBe(0);
});

/** A service in whose process this runs first. */
function startWith(code: string, env: NodeJS.ProcessEnv = {}): Promise<SpawnedService> {
  return SpawnedService.start(directory, {
    ...env,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
  });
}

/** A fault of the service: a failure that nobody catches. */
const FAULTS = {
  rejection: 'Promise.reject(new Error("nobody caught me"))',
  exception: '(() => { throw new Error("nobody caught me") })()',
};

test.each(Object.entries(FAULTS))(
  'a failure that nobody caught (%s) stops the service in order',
  async (_kind, fault) => {
    const service = await startWith(`process.once('SIGUSR2', () => { ${fault} })`);
    service.signal('SIGUSR2');
    expect(await service.ended()).toBe(1);
    expect(service.warnings).toContain('a failure that nobody caught: the service stops');
    expect(service.messages).toContain('stopped');
  },
);

test('a stop that does not end is broken off, and the log says so', async () => {
  const hang = "import http from 'node:http'; http.Server.prototype.close = function () { return this; };";
  const service = await startWith(hang, { RECUENTO_STOP_TIMEOUT_MS: '0' });
  expect(await service.terminate()).toBe(1);
  expect(service.warnings).toContain('the stop did not end in its time, and is broken off');
});
