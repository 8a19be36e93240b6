import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { missingEngineSentence, NATIVE_PACKAGES, thisMachine } from './machines.js';

const load = createRequire(import.meta.url);

test('the packages are those that the library names, each under its machine', () => {
  const { optionalDependencies }: { optionalDependencies: Record<string, string> } =
    load('chdb/package.json');
  expect(Object.values(NATIVE_PACKAGES).toSorted()).toEqual(Object.keys(optionalDependencies).toSorted());
  for (const [machine, name] of Object.entries(NATIVE_PACKAGES)) {
    expect(name).toContain(machine.replace(' ', '-'));
  }
});

test.each([
  ['win32', 'x64', false, /does not run on Windows: use WSL 2, or a container/],
  ['win32', 'arm64', false, /does not run on Windows: use WSL 2, or a container/],
  ['linux', 'x64', false, /needs glibc, which this Linux \(Alpine, perhaps\) does not have: use a container/],
  ['linux', 'riscv64', true, /is not made for linux riscv64: use a container/],
  ['freebsd', 'x64', false, /is not made for freebsd x64: use a container/],
  ['darwin', 'arm64', false, /package @chdb\/lib-darwin-arm64 is not installed: install again \(npm ci\)/],
  ['linux', 'arm64', true, /package @chdb\/lib-linux-arm64-gnu is not installed: install again \(npm ci\)/],
])('on %s %s (glibc: %s) one sentence says what to do', (platform, arch, has_glibc, sentence) => {
  const said = missingEngineSentence({ platform, arch, has_glibc });
  expect(said).toMatch(sentence);
  expect(said).toMatch(/^[^\n]+\.$/);
});

test('a package that does not load is named with its error, unless the machine has no package', () => {
  const said = 'version `GLIBC_2.99 not found';
  expect(missingEngineSentence({ platform: 'linux', arch: 'x64', has_glibc: true }, said)).toBe(
    `The engine's package @chdb/lib-linux-x64-gnu does not load here: ${said}`,
  );
  expect(missingEngineSentence({ platform: 'linux', arch: 'x64', has_glibc: false }, said)).toContain(
    'Alpine',
  );
});

test('this machine, which runs the engine, is one of those with a package', () => {
  const { platform, arch, has_glibc } = thisMachine();
  expect(NATIVE_PACKAGES).toHaveProperty([`${platform} ${arch}`]);
  expect(has_glibc).toBe(platform === 'linux');
});
