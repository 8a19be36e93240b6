import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The package as it would be published: what `npm run build` (npm test does) left in `dist`. */
const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Compressed, with types and README. It was some 31 kB when this was written: growth should be noticed, not forbidden. */
const MAX_PACKED_BYTES = 36_000;
/** What a browser loads, without types and before compression by any server. */
const MAX_BROWSER_BYTES = 60_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const scratch = mkdtempSync(join(tmpdir(), 'recuento-packed-'));
let packed: Packed;
beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', scratch], { cwd: ROOT });
  [packed] = JSON.parse(stdout);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('it is small, and holds the built code, its types and the README alone', () => {
  expect(packed.size).toBeLessThan(MAX_PACKED_BYTES);
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toContain('dist/index.js');
  expect(paths).toContain('dist/browser.js');
  expect(paths).toContain('README.md');
  for (const path of paths) expect(path).toMatch(/^(dist\/.*\.(js|d\.ts)|package\.json|README\.md|LICENSE)$/);
});

test('it depends on nothing', () => {
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
    expect(manifest[kind]).toBeUndefined();
  }
  expect(manifest.scripts).toBeUndefined();
});

test('publint finds nothing to mend', async () => {
  const { messages } = await publint({ pkgDir: ROOT, strict: true, pack: false });
  expect(messages).toEqual([]);
});

test('its types are found and right wherever ES modules are (are-the-types-wrong)', async () => {
  const tarball = await readFile(join(scratch, packed.filename));
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (!analysis.types) throw new Error('no types');
  // It has ES modules only: what cannot load them is not served, on purpose.
  const served = ['node16-esm', 'bundler'];
  const problems = analysis.problems.filter(
    (problem) => !('resolutionKind' in problem) || served.includes(problem.resolutionKind),
  );
  expect(problems).toEqual([]);
  for (const entrypoint of ['.', './parts']) {
    for (const kind of ['node16-esm', 'bundler'] as const) {
      expect(analysis.entrypoints[entrypoint]?.resolutions[kind].resolution?.isTypeScript).toBe(true);
    }
  }
});

test('what a browser loads needs no bundler, no map of imports and nothing of Node, and is small', async () => {
  const loaded = new Map<string, string>();
  const load = async (path: string): Promise<void> => {
    if (loaded.has(path)) return;
    const code = await readFile(path, 'utf8');
    loaded.set(path, code);
    for (const [, specifier = ''] of code.matchAll(/^(?:import|export)\b[^;'"]* from ['"]([^'"]+)/gm)) {
      expect(specifier).toMatch(/^\.\.?\/.*\.js$/);
      await load(join(path, '..', specifier));
    }
  };
  await load(join(ROOT, manifest.exports['.'].browser.default));
  expect(loaded.size).toBeGreaterThan(10);
  const code = [...loaded.values()].join('\n');
  expect(code.length).toBeLessThan(MAX_BROWSER_BYTES);
  for (const word of ['process.', 'Buffer', 'node:', 'require(', 'import(']) expect(code).not.toContain(word);
});
