import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dial } from '../../client/test/dials.js';
import { DocumentedServer } from '../../client/test/documented-server.js';
import { campaign8InOrder } from '../../client/test/model.js';
import { TestService } from '../../server/test/harness.js';
import { PullCommand } from './pull-command.js';

let server: DocumentedServer;
let target: TestService;
let directory: string;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
  target = await TestService.start();
  directory = await mkdtemp(join(tmpdir(), 'recuento-into-'));
});
afterAll(async () => {
  await server.stop();
  await target.stop();
  await rm(directory, { recursive: true, force: true });
});

const RESULTS = ['no_answer', 'busy', 'answer', 'failed'] as const;
const dials = Array.from({ length: 60 }, (_, nr) =>
  dial({
    campaign: 1 + (nr % 2),
    telephone: `57300${nr % 9}`,
    at: `2025100${1 + (nr % 3)}12${String(nr % 60).padStart(2, '0')}00`,
    result: RESULTS[nr % 4] ?? 'busy',
  }),
);

test('what one server knows another knows too, however often it is pulled, and after a stop', async () => {
  const operation = await target.operation();
  const command = () =>
    new PullCommand(
      directory,
      [
        ...['--url', server.url, '--into', target.service.url, '--campaign', 'all', '--row-limit', '12'],
        ...['--from', '2025-10-01', '--to', '2025-10-03', '-o', join(directory, 'into')],
      ],
      { RECUENTO_INTO_TOKEN: operation.token },
    );
  server.become(dials, { rowLimit: 12, fault: (call) => (call > 20 ? 'backup' : undefined) });
  const stopped = command();
  expect(await stopped.ended()).toBe(1);
  server.become(dials, { rowLimit: 12 });
  for (const stored of ['40 attempts stored, 0 unchanged', '0 attempts stored, 60 unchanged']) {
    const run = command();
    expect(await run.ended(), run.output).toBe(0);
    expect(run.output).toContain(`${stored}, 0 rejected`);
  }
  const { json } = await operation.campaign8('all', '20251001000000', '20251003235959');
  const asTexts = campaign8InOrder(dials).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
  );
  expect(json.data).toEqual(asTexts);
  const { windows } = JSON.parse(await readFile(join(directory, 'into.manifest.json'), 'utf8'));
  expect(windows.map(({ rows }: { rows: number }) => rows)).toEqual([20, 20, 20]);
});

test('what the target refuses is told in its own words', async () => {
  const args = ['--url', server.url, '--campaign', 'all', '--from', '2025-10-01', '--to', '2025-10-01'];
  const into = ['--into', target.service.url, '-o', join(directory, 'refused')];
  const without = new PullCommand(directory, [...args, ...into]);
  expect(await without.ended()).toBe(1);
  expect(without.output).toContain('RECUENTO_INTO_TOKEN');
  const stranger = new PullCommand(directory, [...args, ...into], { RECUENTO_INTO_TOKEN: 'stranger' });
  expect(await stranger.ended()).toBe(1);
  expect(stranger.output).toBe('The server refused (403): PLEASE VALIDATE TOKEN\n');
  const report = new PullCommand(directory, [...args, ...into, '--api', 'campaign_8'], {
    RECUENTO_INTO_TOKEN: 'x',
  });
  expect(await report.ended()).toBe(1);
  expect(report.output).toContain('campaign_3');
});
