import { rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attempt, DEFAULT_TIME_ZONE } from '@recuento/contract';
import { generate } from '@recuento/generator';
import { loadConfig, type Service, startService } from '@recuento/server';
import { numbersFrom } from './args.js';
import { machineLine } from './machine.js';
import { ServedProcess } from './served.js';
import { summarize } from './stats.js';

const UPLOAD_RECORDS = 10_000;
const PARALLEL = 64;
/** One-record uploads: of one client, and of each of the parallel ones. */
const SINGLES = 300;
const SMALL_RECORDS = 10;
const COLUMNS = [
  'campaign_id',
  'telephone',
  'dialed_at',
  'result',
  'attempt_id',
  'trunk',
  'operation_id',
  'delivery',
];

/**
 * Attempts a second through `POST /v1/attempts` of a service in another process: uploads of 10,000 records against the
 * engine's own durable insert of the same rows, in turns; one-record uploads of one client against 64; small ones in a row.
 */
export async function ingest(argv: readonly string[], say: (line: string) => void): Promise<void> {
  const { uploads, small } = numbersFrom(argv, { uploads: 60, small: 5_000 });
  const data = join(tmpdir(), 'recuento-bench', 'ingest');
  await rm(data, { recursive: true, force: true });
  const bare = await startService(loadConfig({ data: join(data, 'bare'), port: 0, log_level: 'silent' }, {}));
  const service = await ServedProcess.start(join(data, 'service'));
  const client = new Client(service.url, await service.operation('0042', DEFAULT_TIME_ZONE));
  try {
    await bare.services.engine.command('CREATE TABLE bare AS attempts');
    say(machineLine());
    await large(uploads, client, bare, say);
    await singles(client, say);
    await inARow(small, client, say);
    say(`  peak memory of the service: ${service.memory().peak_mib} MiB`);
  } finally {
    client.close();
    await service.stop();
    await bare.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function large(
  uploads: number,
  client: Client,
  { services: { engine } }: Service,
  say: (line: string) => void,
): Promise<void> {
  const served_ms: number[] = [];
  const bare_ms: number[] = [];
  let at = 0;
  for (const records of batches(uploads * UPLOAD_RECORDS, UPLOAD_RECORDS)) {
    const body = Buffer.from(records.map(asRecord).join('\n'));
    const rows = Buffer.from(records.map(asRow).join(''));
    served_ms.push(await timed(() => client.upload(body)));
    bare_ms.push(
      await timed(() => engine.insert({ table: 'bare', columns: COLUMNS, rows, fair_key: 'bench' })),
    );
    at += 1;
  }
  const rate = (ms: number) => Math.round((UPLOAD_RECORDS / ms) * 1_000);
  const [served, bare] = [summarize(served_ms).median_ms, summarize(bare_ms).median_ms];
  say(`  uploads of ${UPLOAD_RECORDS} records, ${at} in turns with bare inserts of the same rows:`);
  say(`    service ${rate(served)} attempts/s, bare insert ${rate(bare)} (medians)`);
  say(
    `    ratio service/bare ${(bare / served).toFixed(2)} (goal: at least 0.7), never below 50,000/s: ${rate(served) >= 50_000}`,
  );
}

async function singles(client: Client, say: (line: string) => void): Promise<void> {
  const records = [...batches((PARALLEL + 1) * SINGLES, 1_000)]
    .flat()
    .map((attempt) => Buffer.from(asRecord(attempt)));
  const next = () => records.pop() ?? Buffer.alloc(0);
  const run = async () => {
    for (let sent = 0; sent < SINGLES; sent += 1) await client.upload(next());
  };
  const one_ms = await timed(run);
  const many_ms = await timed(() => Promise.all(Array.from({ length: PARALLEL }, run)));
  const one = SINGLES / one_ms;
  const many = (PARALLEL * SINGLES) / many_ms;
  say(
    `  uploads of one record: ${(one * 1_000).toFixed(0)}/s by one client, ${(many * 1_000).toFixed(0)}/s by ${PARALLEL}`,
  );
  say(`    ratio ${(many / one).toFixed(1)} (goal: at least 20)`);
}

async function inARow(uploads: number, client: Client, say: (line: string) => void): Promise<void> {
  const times_ms: number[] = [];
  for (const records of batches(uploads * SMALL_RECORDS, SMALL_RECORDS))
    times_ms.push(await timed(() => client.upload(Buffer.from(records.map(asRecord).join('\n')))));
  const sorted = times_ms.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  const half = (part: number[]) => summarize(part).median_ms.toFixed(1);
  const [first, last] = [times_ms.slice(0, uploads / 10), times_ms.slice(-uploads / 10)];
  say(
    `  ${times_ms.length} uploads of ${SMALL_RECORDS} records in a row: median ${half(times_ms)} ms, p99 ${p99.toFixed(1)} ms; ` +
      `the first tenth ${half(first)}, the last tenth ${half(last)}`,
  );
}

/** Uploads over connections that stay open, as many as there are callers. */
class Client {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = `${url}/v1/attempts`;
    this.#token = token;
  }

  upload(ndjson: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/x-ndjson',
        'content-length': ndjson.length,
      };
      const sent = request(this.#url, { method: 'POST', agent: this.#agent, headers }, (reply) => {
        reply.resume();
        reply.on('end', () =>
          reply.statusCode === 201 ? resolve() : reject(new Error(`status ${reply.statusCode}`)),
        );
      });
      sent.on('error', reject);
      sent.end(ndjson);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started_ms = performance.now();
  await work();
  return performance.now() - started_ms;
}

let seed = 0;

function* batches(attempts: number, size: number): Generator<Attempt[]> {
  seed += 1;
  const waiting: Attempt[] = [];
  let left = attempts;
  const until_s = Date.UTC(2025, 10, 1, 5) / 1_000;
  for (const batch of generate({
    seed,
    attempts: Math.max(attempts, 10_000),
    until_s,
    days: 31,
    campaigns: 1,
  })) {
    waiting.push(...batch);
    while (waiting.length >= size && left > 0) {
      yield waiting.splice(0, size);
      left -= size;
    }
    if (left <= 0) return;
  }
}

function asRecord({ dialed_at, ...attempt }: Attempt): string {
  return JSON.stringify({ ...attempt, dialed_at: new Date(dialed_at * 1_000).toISOString() });
}

function asRow({ campaign_id, telephone, dialed_at, result, attempt_id, trunk = '' }: Attempt): string {
  return `${[campaign_id, telephone, dialed_at, result, attempt_id, trunk, 1, 1].join('\t')}\n`;
}
