import { configDefaults, defineConfig } from 'vitest/config';
import {
  EMBEDDED_ALONE,
  SERVERS_ALONE,
  SHARED_BEHAVIOUR,
  TWO_SERVICES,
} from './packages/server/test/servers/suites.js';
import { TEST_ENGINE, TEST_NODES } from './packages/server/test/servers/test-stores.js';

/** `npm run test:engines -- server`: the same tests, with the stores on servers; `-- two-services`: with two services over them. */
const on_servers = TEST_ENGINE === 'server';
const shared = TEST_NODES === 2 ? TWO_SERVICES : SHARED_BEHAVIOUR;

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: on_servers ? shared : ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(on_servers ? EMBEDDED_ALONE : SERVERS_ALONE)],
    globalSetup: ['packages/server/test/servers/global-setup.ts'],
    // The engine binds one data directory a process, so each test file has a process of its own.
    pool: 'forks',
    isolate: true,
    // Of two cores: much in tests is waiting, for a disk, a deadline, a node to be taken for dead.
    maxWorkers: 3,
    setupFiles: ['packages/server/test/documented-replies.setup.ts'],
    // For what hangs: on a busy machine a test has a third of a core, or less.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    coverage: { provider: 'v8', include: ['packages/*/src/**'], exclude: ['**/*.test.ts'] },
  },
});
