import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, atMost, type Figure, figure } from '../answer.js';
import { numbersFrom } from '../args.js';
import { BareProcess, bodyAt } from '../bare-process.js';
import { Caller } from '../caller.js';
import { type FixtureStore, fixtureStore, startOver } from '../fixture-store.js';
import { reportUrl } from '../report-url.js';
import { ServedProcess } from '../served.js';
import { summarize, summaryLine } from '../stats.js';
import { whileDialed } from './writer.js';

const WARM_UPS = 5;
/** The accounts' library takes its log away beside us, behind the end of a stop. */
const LOG = 'accounts.db-wal';
const LOG_GONE_MAX_MS = 30_000;
const KEPT = { RECUENTO_KEPT_REPLY_MIB: '256' };
const DAY = { date_ini: '20251020000000', date_end: '20251020235959' };
const TEN_MINUTES = { date_ini: '20251020120000', date_end: '20251020120959' };

interface Asked {
  readonly name: string;
  readonly url: string;
  readonly bare_url: string;
}

/**
 * What a report costs that was asked before and of which nothing has changed, while today is dialed: the service against a
 * server that does nothing but send the same bytes, in turns.
 */
export async function again(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 5_000_000, runs: 200 });
  const store = fixtureStore(attempts);
  await (await startOver(store, say)).stop();
  for (let waited_ms = 0; existsSync(join(store.data, LOG)) && waited_ms < LOG_GONE_MAX_MS; waited_ms += 100)
    await wait(100);
  const data = await mkdtemp(join(tmpdir(), 'recuento-bench-again-')); // what is written meanwhile stays out of the fixture
  try {
    await cp(store.data, data, { recursive: true });
    const served = await ServedProcess.start(data, KEPT);
    try {
      const { figures, per_second } = await asked(served, store, runs, say);
      return {
        about:
          'A report of a window that is over, asked for again while today is dialed (A), against a bare `node:http` server in ' +
          'another process that sends the same bytes (B), in turns.',
        setting: `${attempts} attempts in ${store.campaigns} campaigns; ${runs} runs in turns, medians`,
        figures: [...figures, figure('attempts written meanwhile', per_second, 'attempts/s')],
      };
    } finally {
      await served.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function asked(
  served: ServedProcess,
  { server, campaign_id }: FixtureStore,
  runs: number,
  say: (line: string) => void,
): Promise<{ figures: Figure[]; per_second: number }> {
  const token = await served.token(server);
  const [day, minutes] = [
    reportUrl(served.url, { campaign_id: 'all', ...DAY }),
    reportUrl(served.url, { campaign_id, ...TEN_MINUTES }),
  ];
  const bare = await BareProcess.start([await bodyAt(day, token), await bodyAt(minutes, token)]);
  const caller = new Caller();
  const measured = (name: string, url: string, at: number) =>
    compared({ name, url, bare_url: bare.urls[at] ?? '' }, token, caller, runs, say);
  try {
    const { result, per_second } = await whileDialed(served.url, token, async () => {
      const [a, b, kib] = await measured('60,000 rows of a day', day, 0);
      const [c, d, few_kib] = await measured('ten minutes', minutes, 1);
      return [
        figure('60,000 rows: A/B', a / b, 'ratio', atMost(1.5)),
        figure('60,000 rows: A, median', a, 'ms'),
        figure('60,000 rows: B, median', b, 'ms'),
        figure('60,000 rows: KiB', kib, ''),
        figure('ten minutes: A − B', c - d, 'ms', atMost(5)),
        figure('ten minutes: A, median', c, 'ms'),
        figure('ten minutes: B, median', d, 'ms'),
        figure('ten minutes: KiB', few_kib, ''),
      ];
    });
    return { figures: result, per_second };
  } finally {
    caller.close();
    bare.stop();
  }
}

/** @returns medians of both, in ms, and the size of the reply in KiB */
async function compared(
  { name, url, bare_url }: Asked,
  token: string,
  caller: Caller,
  runs: number,
  say: (line: string) => void,
): Promise<[number, number, number]> {
  const [ours_ms, bare_ms]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let run = -WARM_UPS; run < runs; run += 1) {
    const [ours, bare] = [await caller.ask({ url, token }), await caller.ask({ url: bare_url, token })];
    if (ours.bytes !== bare.bytes) throw new Error(`${name}: ${ours.bytes} and ${bare.bytes} bytes`);
    bytes = ours.bytes;
    if (run < 0) continue;
    ours_ms.push(ours.ms);
    bare_ms.push(bare.ms);
  }
  const [ours, bare] = [summarize(ours_ms), summarize(bare_ms)];
  say(summaryLine(`${name}, A`, ours));
  say(summaryLine(`${name}, B`, bare));
  return [ours.median_ms, bare.median_ms, bytes / 1_024];
}
