import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, TestService } from './harness.js';
import { SpawnedService } from './spawned-service.js';

/** What is in the data directory of stores in the process, and whose it is. */
let test_service: TestService;
beforeAll(async () => {
  test_service = await TestService.start();
});
afterAll(() => test_service.stop());

test('an upload that is stored after all, by a start, ends what ETags stood on', async () => {
  const operation = await test_service.operation();
  await operation.upload([attempt({ campaign_id: 5, dialed_at: '2025-11-03T12:00:00-05:00' })]);
  const { engine } = test_service.service.services;
  await engine.command('RENAME TABLE told TO told_away');
  const late = attempt({ campaign_id: 5, telephone: '573009999999', dialed_at: '2025-11-04T12:00:00-05:00' });
  const refused = await test_service.v1('POST', '/attempts', operation.token, [late]);
  expect(refused.status).toBeGreaterThanOrEqual(500);
  const journal = join(test_service.directory, 'journal');
  const [entry = ''] = (await readdir(journal)).filter((name) => name.endsWith('.rows'));
  const rows = await readFile(join(journal, entry));
  await rm(join(journal, entry));
  await engine.command('RENAME TABLE told_away TO told');
  const november = ['20251101000000', '20251130235959'] as const;
  const before = await operation.campaign8(5, ...november);
  await test_service.service.stop();
  await writeFile(join(journal, entry), rows);
  await test_service.restart();
  const etag = String(before.headers.etag);
  expect(etag).toMatch(/^W?\/?"/);
  const after = await operation.campaign8(5, ...november, {}, { 'if-none-match': etag });
  expect([before.json.data.length, after.status, after.json.data.length]).toEqual([1, 200, 2]);
});

test('the data directory is its owner’s alone, also when it was there for everybody', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'recuento-mode-'));
  await chmod(directory, 0o755);
  const service = await SpawnedService.start(directory);
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect(await service.terminate()).toBe(0);
  await rm(directory, { recursive: true, force: true });
});
