import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { loadConfig, type Service, startService } from '@recuento/server';
import { type Answer, atLeast, figure } from './answer.js';
import { numbersFrom } from './args.js';
import { makeBareTable } from './bare-table.js';
import { masterCsv } from './master-csv.js';
import { ServedProcess } from './served.js';
import { summarize } from './stats.js';

/**
 * Attempts a second, end to end: a `Master.csv` streamed to `POST /v1/imports` of a service in another process until the
 * reply says that all is durable, against the engine's own `INSERT … SELECT … FROM file()` of the same file into an
 * empty table of the same shape. In turns, each into an empty store.
 */
export async function importFile(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { lines, runs } = numbersFrom(argv, { lines: 5_000_000, runs: 3 });
  const path = await masterCsv(lines, say);
  const data = await mkdtemp(join(tmpdir(), 'recuento-bench-import-')); // two runs at once must not meet
  const imported_ms: number[] = [];
  const bare_ms: number[] = [];
  let peak_mib = 0;
  for (let run = 1; run <= runs; run += 1) {
    bare_ms.push(await inProcess(join(data, `bare-${run}`), (service) => bareInsert(service, path)));
    const { ms, reply, memory } = await serviceImport(join(data, `service-${run}`), path);
    imported_ms.push(ms);
    if (run === 1) say(`  ${reply}`);
    say(`  run ${run}: bare ${rate(lines, bare_ms.at(-1) ?? 0)}, service ${rate(lines, ms)}`);
    const quarters = memory.quarters_mib.join(', ');
    say(
      `    memory of the service: ${quarters} MiB at each quarter of the time, peak ${memory.peak_mib} MiB`,
    );
    peak_mib = Math.max(peak_mib, memory.peak_mib);
    await rm(data, { recursive: true, force: true });
  }
  const [service_ms, engine_ms] = [summarize(imported_ms).median_ms, summarize(bare_ms).median_ms];
  return {
    about:
      'A `Master.csv` streamed to `POST /v1/imports` until all of it is durable, against the engine’s own ' +
      '`INSERT … SELECT … FROM file()` of the same file; each into an empty store.',
    setting: `${lines} lines, ${runs} runs in turns, medians`,
    figures: [
      figure('service/engine', engine_ms / service_ms, 'ratio', atLeast(0.5)),
      figure('service', perSecond(lines, service_ms), 'attempts/s'),
      figure('engine', perSecond(lines, engine_ms), 'attempts/s'),
      figure('peak memory of the service', peak_mib, 'MiB'),
    ],
  };
}

async function inProcess<T>(data: string, work: (service: Service) => Promise<T>): Promise<T> {
  const service = await startService(loadConfig({ data, port: 0, log_level: 'silent' }, {}));
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}

const perSecond = (lines: number, ms: number) => (lines / ms) * 1_000;
const rate = (lines: number, ms: number) => `${Math.round(perSecond(lines, ms)).toLocaleString('en')}/s`;

const COLUMNS =
  'accountcode String, src String, dst String, dcontext String, clid String, channel String, dstchannel String, ' +
  'lastapp String, lastdata String, start DateTime, answer String, end String, duration UInt32, billsec UInt32, ' +
  'disposition String, amaflags String, uniqueid String, userfield String';

async function bareInsert(service: Service, path: string): Promise<number> {
  await makeBareTable(service);
  const { engine } = service.services;
  const started_ms = performance.now();
  await engine.command(`INSERT INTO bare (operation_id, campaign_id, telephone, dialed_at, result, delivery, attempt_id, trunk, duration_seconds)
    SELECT 1, 1001, dst, start,
      if(userfield = 'MACHINE', 'answer_machine',
        transform(disposition, ['ANSWERED', 'NO ANSWER', 'BUSY', 'CONGESTION'], ['answer', 'no_answer', 'busy', 'congestion'], 'failed')),
      1, uniqueid, extract(lastdata, '@([^,]+)'), billsec
    FROM file('${path}', 'CSV', '${COLUMNS}')`);
  return performance.now() - started_ms;
}

interface Imported {
  readonly ms: number;
  readonly reply: string;
  readonly memory: ReturnType<ServedProcess['memory']>;
}

async function serviceImport(data: string, path: string): Promise<Imported> {
  const service = await ServedProcess.start(data);
  try {
    const token = await service.operation('0042');
    service.forgetMemory();
    const started_ms = performance.now();
    const reply = await upload(`${service.url}/v1/imports?format=asterisk-csv&campaign_id=1001`, token, path);
    return { ms: performance.now() - started_ms, reply, memory: service.memory() };
  } finally {
    await service.stop();
  }
}

/** Streams the file, and resolves with the reply's body. */
async function upload(url: string, token: string, path: string): Promise<string> {
  const sent = request(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
  });
  const replied = new Promise<string>((resolve, reject) => {
    sent.on('response', (reply) => {
      let body = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      reply.on('end', () =>
        reply.statusCode === 202 ? resolve(body) : reject(new Error(`status ${reply.statusCode}: ${body}`)),
      );
    });
    sent.on('error', reject);
  });
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), sent);
  return replied;
}
