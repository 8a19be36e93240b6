// Runs the whole test suite and ends with a plain line, `N passed, N failed, N skipped`, that any CI can read.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'recuento-test-'));
const report = join(scratch, 'report.json');
const run = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  // Each report of the embedded engine takes a thread; with Node's default of four, tests would wait for each other.
  { stdio: 'inherit', env: { ...process.env, UV_THREADPOOL_SIZE: '32' } },
);

let exitCode = run.status ?? 1;
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTotalTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed${skipped}\n`);
  if (numTotalTests === 0) exitCode = 1;
} catch {
  process.stdout.write('0 passed, 1 failed\n');
  exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = exitCode;
