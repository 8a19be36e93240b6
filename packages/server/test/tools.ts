import { execFileSync } from 'node:child_process';
import { test } from 'vitest';

/** Programs that tests run and that `npm ci` does not bring, how to see whether they are there, and how to get them. */
const TOOLS = {
  php: { probe: ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'], install: 'php-cli php-curl' },
  python: { probe: ['python3', '-c', 'import requests'], install: 'python3-requests' },
  curl: { probe: ['curl', '--version'], install: 'curl' },
  chromium: { probe: [chromiumPath(), '--version'], install: 'chromium' },
} as const;

export type Tool = keyof typeof TOOLS;

/**
 * `test` where the tools are there; where one is not, a test that is skipped and says so. In CI that is a failure.
 *
 * @param note is to stand in the titles of such tests
 */
export function testWith(...tools: readonly Tool[]): {
  readonly toolTest: typeof test | typeof test.skip;
  readonly note: string;
} {
  const missing = tools.filter((tool) => !isThere(tool));
  if (missing.length === 0) return { toolTest: test, note: '' };
  const packages = missing.map((tool) => TOOLS[tool].install).join(' ');
  const why = `${missing.join(', ')} missing: apt-get install ${packages}`;
  if (process.env.CI) throw new Error(`CI must run these tests; ${why}`);
  process.stderr.write(`Tests are not run, ${why}\n`);
  return { toolTest: test.skip, note: ` (skipped, ${why})` };
}

/** Where Chromium is: as Debian has it, or where CHROMIUM says. */
export function chromiumPath(): string {
  return process.env.CHROMIUM ?? '/usr/bin/chromium';
}

function isThere(tool: Tool): boolean {
  const [command, ...args] = TOOLS[tool].probe;
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
