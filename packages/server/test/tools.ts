import { execFileSync } from 'node:child_process';
import { test } from 'vitest';

/** Programs that tests run and that `npm ci` does not bring. */
interface Tool {
  /** Where it may be; the first that answers is used. */
  readonly places: readonly string[];
  /** Arguments with which it ends well when it has all that is needed of it. */
  readonly probe: readonly string[];
  /** Debian's packages. */
  readonly install: string;
}

const TOOLS = {
  php: {
    places: ['php'],
    probe: ['-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
    install: 'php-cli php-curl',
  },
  // A Python of one's own may lack what Debian's has.
  python: {
    places: ['python3', '/usr/bin/python3'],
    probe: ['-c', 'import requests'],
    install: 'python3-requests',
  },
  curl: { places: ['curl'], probe: ['--version'], install: 'curl' },
  // Debian has the server in a directory that is not everybody's path.
  mariadbd: {
    places: ['mariadbd', '/usr/sbin/mariadbd'],
    probe: ['--version'],
    install: 'mariadb-server',
  },
  shellcheck: { places: ['shellcheck'], probe: ['--version'], install: 'shellcheck' },
  chromium: {
    places: [process.env.CHROMIUM ?? '/usr/bin/chromium'],
    probe: ['--version'],
    install: 'chromium',
  },
  nginx: { places: ['nginx', '/usr/sbin/nginx'], probe: ['-v'], install: 'nginx' },
  caddy: { places: ['caddy'], probe: ['version'], install: 'caddy' },
  openssl: { places: ['openssl'], probe: ['version'], install: 'openssl' },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

/** Where each tool is that was looked for. A look runs the tool, and some take a quarter of a second to start. */
const found = new Map<ToolName, string | undefined>();

/** Where a tool is, or undefined. */
export function toolPath(name: ToolName): string | undefined {
  if (!found.has(name)) found.set(name, find(TOOLS[name]));
  return found.get(name);
}

function find({ places, probe }: Tool): string | undefined {
  return places.find((place) => {
    try {
      execFileSync(place, probe, { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * `test` where the tools are there; where one is not, a test that is skipped and says so. In CI that is a failure.
 *
 * @returns `note` is to stand in the titles of such tests
 */
export function testWith(...names: readonly ToolName[]): {
  readonly toolTest: typeof test | typeof test.skip;
  readonly note: string;
} {
  const missing = names.filter((name) => toolPath(name) === undefined);
  if (missing.length === 0) return { toolTest: test, note: '' };
  const packages = missing.map((name) => TOOLS[name].install).join(' ');
  const why = `${missing.join(', ')} missing: apt-get install ${packages}`;
  if (process.env.CI) throw new Error(`CI must run these tests; ${why}`);
  process.stderr.write(`Tests are not run, ${why}\n`);
  return { toolTest: test.skip, note: ` (skipped, ${why})` };
}
