// Runs vitest once, and tells what became of its tests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @param {readonly string[]} filters words in the names of test files; none is all
 * @param {NodeJS.ProcessEnv} env besides this process's own
 * @returns {{ passed: number, failed: number, skipped: number, is_well: boolean }} well also where no file has such a name
 */
export function runSuite(filters, env = {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'recuento-test-'));
  const report = join(scratch, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { status } = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--passWithNoTests', ...reporters, ...filters],
      // Each report of the embedded engine takes a thread; with Node's default of four, tests would wait for each other.
      { stdio: 'inherit', env: { ...process.env, UV_THREADPOOL_SIZE: '32', ...env } },
    );
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    // A file that cannot even be read fails, and has no test that did.
    const failed = status !== 0 && numFailedTests === 0 ? 1 : numFailedTests;
    return {
      passed: numPassedTests,
      failed,
      skipped: numPendingTests,
      is_well: status === 0,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, is_well: false };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes the plain line that any CI can read, and sets the exit code. */
export function closeWith({ passed, failed, skipped, is_well }) {
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = is_well && passed > 0 ? 0 : 1;
}
