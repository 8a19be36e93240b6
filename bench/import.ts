import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadConfig, type Service, startService } from '@recuento/server';
import { numbersFrom } from './args.js';
import { machineLine, peakRssMib } from './machine.js';
import { masterCsv } from './master-csv.js';
import { summarize } from './stats.js';

const run = promisify(execFile);
const UPLOADER = fileURLToPath(new URL('./upload.ts', import.meta.url));

/**
 * Attempts a second, end to end: a `Master.csv` streamed to `POST /v1/imports` by another process until the reply says
 * that all is durable, against the engine's own `INSERT … SELECT … FROM file()` of the same file into an empty table of
 * the same shape. In turns, each into an empty store.
 */
export async function importFile(argv: readonly string[], say: (line: string) => void): Promise<void> {
  const { lines, runs } = numbersFrom(argv, { lines: 5_000_000, runs: 3 });
  const path = await masterCsv(lines, say);
  const data = join(tmpdir(), 'recuento-bench', 'import');
  await rm(data, { recursive: true, force: true });
  const service = await startService(loadConfig({ data, port: 0, log_level: 'silent' }, {}));
  try {
    await service.services.engine.command('CREATE TABLE bare AS attempts');
    const imported_ms: number[] = [];
    const bare_ms: number[] = [];
    let summary = '';
    for (let at = 0; at < runs; at += 1) {
      bare_ms.push(await bareInsert(service, path));
      const { ms, reply } = await serviceImport(service, path, at);
      imported_ms.push(ms);
      summary = reply;
      say(`  run ${at + 1}: bare ${rate(lines, bare_ms.at(-1) ?? 0)}, service ${rate(lines, ms)}`);
      await service.services.engine.command('TRUNCATE TABLE attempts');
    }
    const [service_ms, engine_ms] = [summarize(imported_ms).median_ms, summarize(bare_ms).median_ms];
    say(machineLine());
    say(`  ${summary}`);
    say(
      `  service ${rate(lines, service_ms)}, bare INSERT FROM file() ${rate(lines, engine_ms)} (medians of ${runs})`,
    );
    say(`  ratio service/bare: ${(engine_ms / service_ms).toFixed(3)}`);
    say(`  peak memory of the service's process, engine included: ${peakRssMib()} MiB`);
  } finally {
    await service.stop();
    await rm(data, { recursive: true, force: true });
  }
}

const rate = (lines: number, ms: number) => `${Math.round((lines / ms) * 1_000).toLocaleString('en')}/s`;

const COLUMNS =
  'accountcode String, src String, dst String, dcontext String, clid String, channel String, dstchannel String, ' +
  'lastapp String, lastdata String, start DateTime, answer String, end String, duration UInt32, billsec UInt32, ' +
  'disposition String, amaflags String, uniqueid String, userfield String';

async function bareInsert({ services: { engine } }: Service, path: string): Promise<number> {
  await engine.command('TRUNCATE TABLE bare');
  const started_ms = performance.now();
  await engine.command(`INSERT INTO bare (operation_id, campaign_id, telephone, dialed_at, result, delivery, attempt_id, trunk, duration_seconds)
    SELECT 1, 1001, dst, start,
      if(userfield = 'MACHINE', 'answer_machine',
        transform(disposition, ['ANSWERED', 'NO ANSWER', 'BUSY', 'CONGESTION'], ['answer', 'no_answer', 'busy', 'congestion'], 'failed')),
      1, uniqueid, extract(lastdata, '@([^,]+)'), billsec
    FROM file('${path}', 'CSV', '${COLUMNS}')`);
  return performance.now() - started_ms;
}

async function serviceImport(
  service: Service,
  path: string,
  at: number,
): Promise<{ ms: number; reply: string }> {
  const { operations, tokens } = service.services.accounts;
  const server = `bench${at}`;
  const operation = await operations.create({
    server,
    name: server,
    licences: 1,
    time_zone: 'UTC',
    reply_profile: { code: 'number', empty_status: 404 },
    limits: {},
  });
  const { secret } = await tokens.create(operation.id, {
    name: 'bench',
    scopes: ['ingest'],
    expires_at_ms: null,
  });
  const url = `${service.url}/v1/imports?format=asterisk-csv&campaign_id=1001`;
  const started_ms = performance.now();
  const { stdout } = await run(process.execPath, ['--import', 'tsx', UPLOADER, url, secret, path]);
  return { ms: performance.now() - started_ms, reply: stdout.trim() };
}
