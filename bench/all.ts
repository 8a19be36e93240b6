import { deepStrictEqual } from 'node:assert/strict';
import { MACHINE_RECOGNITIONS } from '@recuento/contract';
import { type Answer, atLeast, atMost, figure } from './answer.js';
import { numbersFrom } from './args.js';
import { Caller } from './caller.js';
import { type Fixture, openFixture } from './fixture.js';
import { activeParts } from './fixture-store.js';
import { replay, type watchReads } from './replay.js';
import { reportUrl } from './report-url.js';
import { summarize, summaryLine } from './stats.js';

type ReadRequest = Awaited<ReturnType<typeof watchReads>>['requests'][number];

const WARM_UPS = 2;
const PAGE_ROWS = 60_000;
/** More than the service gives a report: at 50 million attempts the plain statement holds every telephone at once. */
const PLAIN_MEMORY_BYTES = 12 * 1024 ** 3;

/**
 * What `campaign_id=all` costs: its first page over HTTP, against one campaign's, and against the engine's plain GROUP
 * BY over FINAL of the same attempts in their order by campaign, which is as exact. One run, in turns.
 */
export async function all(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const {
    attempts,
    runs,
    plain: plain_runs,
  } = numbersFrom(argv, { attempts: 50_000_000, runs: 9, plain: 3 });
  const fixture = await openFixture(attempts, say);
  const caller = new Caller();
  try {
    const { service, token } = fixture;
    const { engine } = service.services;
    const plain = await plainStatement(fixture);
    const url = reportUrl(service.url, { ...fixture, campaign_id: 'all' });
    const all_ms: number[] = [];
    const one_ms: number[] = [];
    const plain_ms: number[] = [];
    for (let run = -WARM_UPS; run < runs; run += 1) {
      const every = await caller.ask({ url, token });
      const one = await caller.ask({ url: reportUrl(service.url, fixture), token });
      if (run < 0) continue;
      all_ms.push(every.ms);
      one_ms.push(one.ms);
      // It takes long, and says the same each time.
      if (plain_ms.length < plain_runs) plain_ms.push((await replay(engine, [plain])).ms);
    }
    const rows = await sameRows(fixture, plain);
    const [a, b, c] = [summarize(all_ms), summarize(one_ms), summarize(plain_ms)];
    say(summaryLine('A  all, first page', a));
    say(summaryLine('B  one campaign, first page', b));
    say(summaryLine('C  plain GROUP BY', c));
    return {
      about:
        'The first page of `campaign_id=all` over HTTP (A), against one campaign’s (B), and against the plain ' +
        '`GROUP BY telephone ORDER BY telephone LIMIT` over the order by campaign, `FINAL`, in the engine (C). A and C have the same rows.',
      setting:
        `${attempts} attempts in ${fixture.campaigns} campaigns, ${await activeParts(service)} parts by campaign; ` +
        `${rows} rows a page; ${runs} runs in turns, ${plain_ms.length} of them of C`,
      figures: [
        figure('C/A, medians', c.median_ms / a.median_ms, 'ratio', atLeast(15)),
        figure('A/B, medians', a.median_ms / b.median_ms, 'ratio', atMost(1.5)),
        figure('A, median', a.median_ms, 'ms'),
        figure('B, median', b.median_ms, 'ms'),
        figure('C, median', c.median_ms, 'ms'),
      ],
    };
  } finally {
    caller.close();
    await fixture.service.stop();
  }
}

/** The same report without the second order: exact, and without reading in order. The window is the fixture's. */
async function plainStatement({ service, server }: Fixture): Promise<ReadRequest> {
  const { id: operation_id } = await service.services.accounts.operations.byServer(server);
  const counts = MACHINE_RECOGNITIONS.map((code) => `countIf(result = '${code}') AS ${code}`).join(', ');
  return {
    sql: `SELECT telephone, count() AS total_machine_recognitions, ${counts} FROM held_by_campaign FINAL
      WHERE operation_id = {operation_id:UInt32} AND dialed_at >= toDateTime('2025-10-01 05:00:00', 'UTC')
        AND dialed_at < toDateTime('2025-11-01 05:00:00', 'UTC') AND result <= 'failed'
      GROUP BY telephone ORDER BY telephone LIMIT ${PAGE_ROWS} FORMAT JSONEachRow`,
    params: { operation_id },
    settings: {
      output_format_json_array_of_rows: 1,
      optimize_aggregation_in_order: 0,
      max_memory_usage: PLAIN_MEMORY_BYTES,
      max_bytes_before_external_group_by: 0,
    },
    fair_key: 'bench',
    max_ms: 600_000,
  };
}

/** How many rows both have. @throws AssertionError when they are not the same: then their times say nothing */
async function sameRows({ service, token, ...store }: Fixture, plain: ReadRequest): Promise<number> {
  const url = reportUrl(service.url, { ...store, campaign_id: 'all' });
  const reply = await fetch(url, { headers: { 'wolkvox-token': token } });
  const { data }: { data: unknown[] } = JSON.parse(await reply.text());
  const rows: unknown[] = JSON.parse((await service.services.engine.read(plain)).toString());
  deepStrictEqual(data, rows);
  return rows.length;
}
