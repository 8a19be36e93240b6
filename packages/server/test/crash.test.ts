import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { killAllSpawned, SpawnedService } from './spawned-service.js';

/**
 * The engine is a library in the service's process. What its native code does wrong ends the process, and at once: the
 * library's own handlers would keep it for minutes, listening and answering nobody.
 */
let data: string;
afterEach(async () => {
  await killAllSpawned();
  await rm(data, { recursive: true, force: true });
});

test.each(['SIGSEGV', 'SIGABRT', 'SIGBUS'] as const)(
  '%s ends the service, and the next start serves',
  async (signal) => {
    data = await mkdtemp(join(tmpdir(), 'recuento-crash-'));
    const service = await SpawnedService.start(data);
    // So that the engine has had every chance to take the signal once more.
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    await service.crash(signal);
    const next = await SpawnedService.start(data);
    expect((await fetch(`${next.url}/readyz`)).status).toBe(200);
    expect(await next.terminate()).toBe(0);
  },
);
