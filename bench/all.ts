import { numbersFrom } from './args.js';
import { Caller } from './caller.js';
import { activeParts, type Fixture, openFixture } from './fixture.js';
import { machineLine, peakRssMib } from './machine.js';
import { replay, type watchReads } from './replay.js';
import { summarize, summaryLine } from './stats.js';

type ReadRequest = Awaited<ReturnType<typeof watchReads>>['requests'][number];

const WARM_UPS = 2;
/** It takes seconds, and says the same each time. */
const PLAIN_RUNS = 3;

/**
 * What `campaign_id=all` costs: its first and its last full page over HTTP, against one campaign's first page, and
 * against the engine's plain GROUP BY over FINAL of the same attempts in their order by campaign, which is as exact. One
 * run, in turns.
 */
export async function all(argv: readonly string[], say: (line: string) => void): Promise<void> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 50_000_000, runs: 11 });
  const fixture = await openFixture(attempts, say);
  const caller = new Caller();
  try {
    const { service, token, campaign_id } = fixture;
    const ask = (campaign: string, cursor: string) =>
      caller.ask({ url: urlOf(fixture, campaign, cursor), token });
    const { pages, last } = await walk(fixture);
    const questions = {
      'A  all, first page': () => ask('all', ''),
      'B  all, last full page': () => ask('all', last),
      'C  one campaign, first page': () => ask(String(campaign_id), ''),
    };
    const times = new Map<string, number[]>(Object.keys(questions).map((name) => [name, []]));
    for (let run = -WARM_UPS; run < runs; run += 1) {
      for (const [name, question] of Object.entries(questions)) {
        const { ms } = await question();
        if (run >= 0) times.get(name)?.push(ms);
      }
    }
    const plain_ms: number[] = [];
    for (let run = 0; run < PLAIN_RUNS; run += 1)
      plain_ms.push((await replay(service.services.engine, [plain()])).ms);
    say(machineLine());
    say(
      `${attempts} attempts in ${fixture.campaigns} campaigns, ${await activeParts(service)} parts in the order by campaign; ` +
        `${pages} pages of all; ${runs} runs in turns`,
    );
    const medians: number[] = [];
    for (const [name, ms] of times) {
      medians.push(summarize(ms).median_ms);
      say(summaryLine(name, summarize(ms)));
    }
    const plainly = summarize(plain_ms);
    say(summaryLine('D  GROUP BY over FINAL', plainly));
    const [first = 0, end = 0, one = 0] = medians;
    say(`  ratio D/A ${(plainly.median_ms / first).toFixed(1)} (goal: at least 15)`);
    say(`  ratio A/C ${(first / one).toFixed(2)} (goal: at most 1.5)`);
    say(`  ratio B/A ${(end / first).toFixed(2)} (goal: at most 1.3)`);
    say(`  peak memory of the service's process: ${peakRssMib()} MiB`);
  } finally {
    caller.close();
    await fixture.service.stop();
  }
}

function urlOf({ service, date_ini, date_end }: Fixture, campaign_id: string, cursor: string): string {
  const query = new URLSearchParams({ api: 'campaign_8', campaign_id, date_ini, date_end, cursor });
  return `${service.url}/api/v2/reports_manager.php?${query}`;
}

/** Follows the cursors to the end: how many pages there are, and the cursor of the last full one. */
async function walk(fixture: Fixture): Promise<{ pages: number; last: string }> {
  let pages = 0;
  let last = '';
  for (let cursor: string | null = ''; cursor !== null; pages += 1) {
    const reply = await fetch(urlOf(fixture, 'all', cursor), { headers: { 'wolkvox-token': fixture.token } });
    const text = await reply.text();
    const next: string | undefined = /"next_cursor":"([^"]+)"\}$/.exec(text.slice(-300))?.[1];
    if (next !== undefined) last = cursor;
    cursor = next ?? null;
  }
  return { pages, last };
}

/** October 2025 in Bogota, as the fixture's window. */
function plain(): ReadRequest {
  const codes = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'];
  const counts = codes.map((code) => `countIf(result = '${code}') AS ${code}`).join(', ');
  return {
    sql: `SELECT telephone, count() AS total_machine_recognitions, ${counts} FROM attempts FINAL
      WHERE operation_id = 1 AND dialed_at >= toDateTime('2025-10-01 05:00:00', 'UTC')
        AND dialed_at < toDateTime('2025-11-01 05:00:00', 'UTC') AND result <= 'failed'
      GROUP BY telephone ORDER BY telephone LIMIT 60001 FORMAT JSONEachRow`,
    settings: { output_format_json_array_of_rows: 1 },
    fair_key: 'bench',
    max_ms: 600_000,
  };
}
