import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

/** The command where its native packages are not: taken away, or on a machine that is made up. */
const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'recuento-machine-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface MadeUp {
  readonly platform?: string;
  readonly arch?: string;
  readonly musl?: boolean;
  /** What is not installed: names begin so. */
  readonly without: string;
}

/** Runs before the command: the machine is another, and what it has of native packages are this machine's. */
function madeUp({ platform = process.platform, arch = process.arch, musl = false, without }: MadeUp): string {
  const here = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
  return `
    import Module from 'node:module';
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => {
      const native = /^@(libsql|toondepauw|chdb)\\/(node-zstd-|lib-)?(win32|linux|darwin|freebsd)-/.exec(name);
      if (native && name.startsWith(${JSON.stringify(without)})) {
        throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' });
      }
      return resolve(native ? '@' + native[1] + '/' + (native[2] ?? '') + '${here}' : name, ...rest);
    };
    Object.defineProperty(process, 'platform', { value: '${platform}' });
    Object.defineProperty(process, 'arch', { value: '${arch}' });
    if (${musl}) process.report.getReport = () => ({ header: {}, sharedObjects: [] });
  `;
}

interface Ended {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function recuento(args: readonly string[], machine: MadeUp, more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const env = {
    ...process.env,
    ...more,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(madeUp(machine))}`,
  };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [LAUNCHER, ...args],
      { env, cwd: scratch, timeout: 50_000 },
      (error, stdout, stderr) => done({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

const ENGINE = '@chdb/';

test.each<[string, MadeUp, RegExp]>([
  [
    'Windows',
    { platform: 'win32', arch: 'x64', without: ENGINE },
    /^The engine \(chDB\) does not run on Windows: use WSL 2/,
  ],
  ['Alpine', { musl: true, without: ENGINE }, /^The engine \(chDB\) needs glibc, which this Linux/],
  [
    'Apple silicon, without the optional package',
    { platform: 'darwin', arch: 'arm64', without: ENGINE },
    /^The engine's package @chdb\/lib-darwin-arm64 is not installed: install again/,
  ],
])('serve ends on %s with one sentence, before it makes a directory', async (_name, machine, sentence) => {
  const { code, stderr } = await recuento(['serve', '--port', '0'], machine);
  expect(stderr).toMatch(sentence);
  expect(stderr.trimEnd()).not.toContain('\n');
  expect(code).toBe(1);
  expect(existsSync(join(scratch, 'data'))).toBe(false);
});

test('the commands that ask a service need no engine', async () => {
  const machine = { platform: 'win32', arch: 'x64', without: ENGINE };
  const env = { RECUENTO_URL: 'http://127.0.0.1:1', RECUENTO_TOKEN: 'rct_none' };
  const { code, stderr } = await recuento(['campaign', 'list'], machine, env);
  expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:1 cannot be reached/);
  expect(code).toBe(1);
  expect(await recuento(['pull', '--help'], machine)).toMatchObject({ code: 0, stderr: '' });
});

test.each(['@libsql/', '@toondepauw/'])(
  'a machine without %s packages is named, with what to do',
  async (without) => {
    const { code, stderr } = await recuento(['serve', '--port', '0'], {
      platform: 'win32',
      arch: 'arm64',
      without,
    });
    expect(stderr).toMatch(
      /^A native package does not load on this machine \(win32 arm64: .*: install again/,
    );
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(code).toBe(1);
  },
);
