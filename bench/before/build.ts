import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** What a build says on a bad day. */
const OUTPUT_MAX_BYTES = 64 * 1024 ** 2;
const LAUNCHER = join('packages', 'cli', 'bin', 'recuento.js');
/** It is there when a build was complete. */
const BUILT = join('packages', 'cli', 'dist', 'main.js');

/**
 * Another commit of this repository, installed and built under the system's temporary directory, where the next run finds it.
 *
 * @returns the launcher of its service
 * @throws Error when there is no such commit, or it cannot be built
 */
export async function launcherOf(commit: string, say: (line: string) => void): Promise<string> {
  const { stdout } = await run('git', ['rev-parse', '--verify', '--end-of-options', `${commit}^{commit}`]);
  const id = stdout.trim();
  const directory = join(tmpdir(), `recuento-build-${id.slice(0, 12)}`);
  if (!existsSync(join(directory, BUILT))) {
    say(`Building ${id.slice(0, 12)} in ${directory}`);
    await rm(directory, { recursive: true, force: true });
    await run('git', ['worktree', 'prune']);
    await run('git', ['worktree', 'add', '--force', '--detach', directory, id]);
    const there = { cwd: directory, maxBuffer: OUTPUT_MAX_BYTES };
    await run('npm', ['ci', '--no-audit', '--no-fund'], there);
    await run('npm', ['run', '--silent', 'build'], there);
  }
  return join(directory, LAUNCHER);
}
