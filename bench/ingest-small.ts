import { Agent } from 'node:http';
import { atLeast, type Figure, figure } from './answer.js';
import { CountedParts } from './counted-parts.js';
import { exchange } from './exchange.js';
import { expected, load } from './load.js';
import { ServedProcess } from './served.js';
import { median, summarize, summaryLine } from './stats.js';
import { bodyOf, uploadsOf } from './upload-bodies.js';

const PARALLEL = 64;
/** More than a run sends; they are made up as they are asked for. */
const RECORDS_MAX = 1_000_000;
const ROW_RECORDS = 10;

/** Uploads of one record, by one client and by 64 at once over connections that stay open, in turns. */
export async function singleUploads(
  data: string,
  { seconds, runs }: { seconds: number; runs: number },
  say: (line: string) => void,
): Promise<Figure[]> {
  const service = await ServedProcess.start(data);
  const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
  try {
    const token = await service.operation('0042');
    const url = `${service.url}/v1/attempts`;
    const records = uploadsOf(43, 1, RECORDS_MAX);
    const ask = async () => {
      const next = records.next();
      if (next.done) throw new Error('more requests than records were made up for');
      return expected(await exchange(agent, { url, token, ...bodyOf(next.value, 'JSON') }), 201);
    };
    const one: number[] = [];
    const many: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      one.push((await load(1, seconds, ask)).per_second);
      many.push((await load(PARALLEL, seconds, ask)).per_second);
      say(
        `  run ${run}: ${one.at(-1)?.toFixed(0)}/s by one client, ${many.at(-1)?.toFixed(0)}/s by ${PARALLEL}`,
      );
    }
    return [
      figure('uploads of one record by one client', median(one), 'requests/s'),
      figure(`uploads of one record by ${PARALLEL} clients`, median(many), 'requests/s'),
      figure(`${PARALLEL} clients / one client`, median(many) / median(one), 'ratio', atLeast(20)),
      figure('uploads of one record, peak memory of the service', service.memory().peak_mib, 'MiB'),
    ];
  } finally {
    agent.destroy();
    await service.stop();
  }
}

/** Small uploads one after another: each adds parts to the store, and what has to merge them must keep up. */
export async function uploadsInARow(
  data: string,
  uploads: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const service = await CountedParts.start(data);
  const times_ms = await smallUploads(service, uploads).catch(async (error: unknown) => {
    await service.stop();
    throw error;
  });
  const { most_parts, looks, peak_mib } = await service.stop();
  const all = summarize(times_ms);
  const tenth = Math.ceil(times_ms.length / 10);
  say(summaryLine(`${times_ms.length} uploads in a row`, all));
  return [
    figure('uploads of 10 records in a row, median', all.median_ms, 'ms'),
    figure('uploads of 10 records in a row, 99th percentile', all.p99_ms, 'ms'),
    figure('the first tenth of them, median', median(times_ms.slice(0, tenth)), 'ms'),
    figure('the last tenth of them, median', median(times_ms.slice(-tenth)), 'ms'),
    figure(`most active parts of a table, of ${looks} looks`, most_parts, ''),
    figure('uploads in a row, peak memory of the service', peak_mib, 'MiB'),
  ];
}

async function smallUploads({ url: base, token }: CountedParts, uploads: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const url = `${base}/v1/attempts`;
  const times_ms: number[] = [];
  try {
    for (const upload of uploadsOf(44, ROW_RECORDS, uploads)) {
      if (times_ms.length === uploads) break;
      const reply = await exchange(agent, { url, token, ...bodyOf(upload, 'JSON') });
      times_ms.push(expected(reply, 201).ms);
    }
    return times_ms;
  } finally {
    agent.destroy();
  }
}
