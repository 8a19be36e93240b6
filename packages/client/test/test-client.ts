import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { nodePlatform } from '../src/node/platform.js';
import type { ReportsManagerOptions } from '../src/options.js';
import type { Platform } from '../src/platform.js';
import { ReportsClient } from '../src/reports-manager.js';
import { TOKEN } from './documented-server.js';

/** A client on a clock of its own: whoever waits is there at once, and the waits can be read. */
export class TestClient extends ReportsClient {
  readonly clock: TestClock;

  constructor(options: Partial<ReportsManagerOptions>, clock = new TestClock()) {
    super({ token: TOKEN, ...options }, clock.platform);
    this.clock = clock;
  }
}

export class TestClock {
  now_ms = Date.UTC(2026, 11, 1, 12);
  /** Every wait, in milliseconds. */
  readonly waits: number[] = [];
  /** What `Math.random` would give. */
  random = () => 0.5;
  /** Called when somebody waits. */
  onSleep: () => void = () => undefined;
  readonly platform: Platform;

  constructor(directory: string = stateDirectory()) {
    this.platform = {
      ...nodePlatform(directory),
      now_ms: () => this.now_ms,
      random: () => this.random(),
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        this.waits.push(ms);
        this.now_ms += ms;
        this.onSleep();
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
      },
    };
  }
}

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A directory for slots and counts that goes with its test file. */
export function stateDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'recuento-state-'));
  directories.push(directory);
  return directory;
}
