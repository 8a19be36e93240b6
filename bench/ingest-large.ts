import { rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import type { Attempt } from '@recuento/contract';
import { atLeast, type Figure, figure } from './answer.js';
import { BareClient } from './bare-client.js';
import { exchange } from './exchange.js';
import { expected } from './load.js';
import { ServedProcess } from './served.js';
import { median } from './stats.js';
import { type BodyKind, bodyOf, uploadsOf } from './upload-bodies.js';

const UPLOAD_ATTEMPTS = 10_000;
const SEED = 42;
const MODES: readonly { readonly kind: BodyKind; readonly clients: number }[] = [
  { kind: 'JSON', clients: 1 },
  { kind: 'JSON', clients: 4 },
  { kind: 'NDJSON', clients: 1 },
  { kind: 'NDJSON', clients: 4 },
];

/** Uploads of 10,000 records to a service in a process of its own, in turns with the bare client; all durable. */
export async function largeUploads(
  data: string,
  { uploads, runs }: { uploads: number; runs: number },
  say: (line: string) => void,
): Promise<Figure[]> {
  const batches = [...uploadsOf(SEED, UPLOAD_ATTEMPTS, uploads)].slice(0, uploads);
  const attempts = batches.length * UPLOAD_ATTEMPTS;
  const bare: number[] = [];
  const served = MODES.map((mode) => ({ ...mode, rates: [] as number[], peaks_mib: [] as number[] }));
  for (let run = 1; run <= runs; run += 1) {
    bare.push((attempts / (await bareInserts(join(data, 'bare'), batches))) * 1_000);
    const line = [`bare client ${rate(bare)}`];
    for (const mode of served) {
      const { ms, peak_mib } = await serviceUploads(join(data, 'service'), batches, mode);
      mode.rates.push((attempts / ms) * 1_000);
      mode.peaks_mib.push(peak_mib);
      line.push(`${mode.kind} by ${mode.clients} ${rate(mode.rates)}`);
    }
    say(`  run ${run}: ${line.join(', ')}`);
  }
  const bare_rate = median(bare);
  const figures = served.flatMap(({ kind, clients, rates, peaks_mib }) => {
    const name = `uploads of 10,000, ${kind} by ${clients === 1 ? 'one client' : `${clients} clients`}`;
    return [
      figure(name, median(rates), 'attempts/s', atLeast(50_000)),
      figure(`${name} / bare client`, median(rates) / bare_rate, 'ratio', atLeast(0.7)),
      figure(`${name}, peak memory of the service`, Math.max(...peaks_mib), 'MiB'),
    ];
  });
  return [figure('inserts of 10,000 by the bare client', bare_rate, 'attempts/s'), ...figures];
}

const rate = (rates: readonly number[]) => `${Math.round(rates.at(-1) ?? 0).toLocaleString('en')}/s`;

async function bareInserts(data: string, batches: readonly Attempt[][]): Promise<number> {
  const client = await BareClient.open(data);
  try {
    const started_ms = performance.now();
    for (const batch of batches) await client.insert(batch);
    return performance.now() - started_ms;
  } finally {
    await client.close();
    await rm(data, { recursive: true, force: true });
  }
}

async function serviceUploads(
  data: string,
  batches: readonly Attempt[][],
  { kind, clients }: { kind: BodyKind; clients: number },
): Promise<{ ms: number; peak_mib: number }> {
  const service = await ServedProcess.start(data);
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  try {
    const token = await service.operation('0042');
    const left = batches.map((batch) => bodyOf(batch, kind)).reverse();
    const url = `${service.url}/v1/attempts`;
    const client = async () => {
      for (let next = left.pop(); next; next = left.pop())
        expected(await exchange(agent, { url, token, ...next }), 201);
    };
    const started_ms = performance.now();
    await Promise.all(Array.from({ length: clients }, client));
    return { ms: performance.now() - started_ms, peak_mib: service.memory().peak_mib };
  } finally {
    agent.destroy();
    await service.stop();
    await rm(data, { recursive: true, force: true });
  }
}
