import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { MadeUpRegistry, type Manifest } from './made-up-registry.js';

/**
 * What `npm ci` brings to machines that are not at hand. npm is told that it runs on one, reads the entries of this
 * repository's own lock file, and asks a registry of the test's own.
 */
const run = promisify(execFile);
const LOCK = fileURLToPath(new URL('../../../package-lock.json', import.meta.url));

const LockedSchema = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
type Locked = z.infer<typeof LockedSchema>;

const lock = z
  .object({ packages: z.record(z.string(), LockedSchema) })
  .parse(JSON.parse(readFileSync(LOCK, 'utf8')));
const server = createRequire(new URL('../../server/package.json', import.meta.url));
const { optionalDependencies: natives } = z
  .object({ optionalDependencies: z.record(z.string(), z.string()) })
  .parse(server('chdb/package.json'));

/** The engine's entries, and what those depend on, as they are locked; nothing else of the lock file. */
function lockedEngine(): Map<string, Locked> {
  const found = new Map<string, Locked>();
  const find = (name: string) => {
    const entry = lock.packages[`node_modules/${name}`];
    if (!entry || found.has(name)) return;
    found.set(name, entry);
    for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) find(next);
  };
  find('chdb');
  return found;
}

/** The lock file's word for a package is all that npm goes by: the registry says nothing of machines. */
const manifests: Manifest[] = [...lockedEngine()].map(([name, { version = '' }]) => ({ name, version }));

let registry: MadeUpRegistry;
let directory: string;
beforeAll(async () => {
  registry = await MadeUpRegistry.start(manifests);
  directory = await mkdtemp(join(tmpdir(), 'recuento-machines-'));
});
afterEach(() => {
  registry.brought.length = 0;
});
afterAll(async () => {
  await registry.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Native packages that `npm ci` brings to such a machine. */
async function installOn(machine: string): Promise<string[]> {
  const project = join(directory, machine.replaceAll(' ', '-'));
  await mkdir(project);
  const root = {
    name: 'fresh',
    version: '1.0.0',
    dependencies: { chdb: lock.packages['node_modules/chdb']?.version },
  };
  // The made-up packages have other bytes than the real ones.
  const packages = Object.fromEntries(
    [...lockedEngine()].map(([name, entry]) => [`node_modules/${name}`, { ...entry, integrity: undefined }]),
  );
  await writeFile(join(project, 'package.json'), JSON.stringify(root));
  await writeFile(
    join(project, 'package-lock.json'),
    JSON.stringify({ ...root, lockfileVersion: 3, requires: true, packages: { '': root, ...packages } }),
  );
  await writeFile(join(directory, 'npmrc'), '');
  const [os, cpu, libc] = machine.split(' ');
  const flags = [`--os=${os}`, `--cpu=${cpu}`, ...(libc ? [`--libc=${libc}`] : [])];
  const places = [
    `--registry=${registry.url}`,
    `--cache=${join(directory, 'cache')}`,
    `--userconfig=${join(directory, 'npmrc')}`,
  ];
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...flags, ...places], {
    cwd: project,
  });
  try {
    return readdirSync(join(project, 'node_modules/@chdb')).map((name) => `@chdb/${name}`);
  } catch {
    return [];
  }
}

test('the lock file has every native package that the engine names, by the same version', () => {
  expect(Object.keys(natives).length).toBeGreaterThan(1);
  for (const [name, version] of Object.entries(natives)) {
    expect(lock.packages[`node_modules/${name}`], name).toMatchObject({ version, optional: true });
  }
});

test('the lock file has the optional packages of all machines, whichever package names them', () => {
  const places = Object.keys(lock.packages);
  const absent = Object.entries(lock.packages).flatMap(([by, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)))
      .map((name) => `${by} -> ${name}`),
  );
  expect(absent).toEqual([]);
});

test('the lock file names no host', () => {
  expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved?.includes('://'))).toEqual([]);
});

test.each([
  ['linux x64 glibc', '@chdb/lib-linux-x64-gnu'],
  ['linux arm64 glibc', '@chdb/lib-linux-arm64-gnu'],
  ['darwin arm64', '@chdb/lib-darwin-arm64'],
  ['darwin x64', '@chdb/lib-darwin-x64'],
])('npm ci on %s brings the engine of that machine, and no other', async (machine, name) => {
  expect(await installOn(machine)).toEqual([name]);
  expect(registry.brought.filter((one) => one.startsWith('@chdb/'))).toEqual([name]);
});

test.each(['linux x64 musl', 'linux arm64 musl', 'win32 x64', 'linux riscv64 glibc'])(
  'npm ci on %s, which the engine is not made for, ends well and without one',
  async (machine) => {
    expect(await installOn(machine)).toEqual([]);
    expect(registry.brought).toContain('chdb');
  },
);
