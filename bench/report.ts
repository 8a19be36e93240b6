import { numbersFrom } from './args.js';
import { Caller } from './caller.js';
import { activeParts, openFixture } from './fixture.js';
import { machineLine, peakRssMib } from './machine.js';
import { replay, watchReads } from './replay.js';
import { summarize, summaryLine } from './stats.js';

const WARM_UPS = 3;
/** Before each measurement, so that what the one before left to free or to collect is not on the next one's account. */
const PAUSE_MS = 50;

/**
 * What the service adds to the engine: a page of `campaign_8` with `cursor=` over HTTP, from a caller in another
 * process, against the same statement run bare in the service's process. One run, in turns, so that whatever else the
 * machine does falls on both.
 */
export async function report(argv: readonly string[], say: (line: string) => void): Promise<void> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 5_000_000, runs: 15 });
  const fixture = await openFixture(attempts, say);
  const caller = new Caller();
  try {
    const { service, token } = fixture;
    const { engine } = service.services;
    const ask = { url: urlOf(fixture), token };
    const { requests: statements } = await watchReads(engine, () => caller.ask(ask));
    for (let run = 0; run < WARM_UPS; run += 1) {
      await caller.ask(ask);
      await replay(engine, statements);
    }
    const served_ms: number[] = [];
    const added_ms: number[] = [];
    const bare_ms: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await pause();
      const { result, engine_ms } = await watchReads(engine, () => caller.ask(ask));
      served_ms.push(result.ms);
      added_ms.push(result.ms - engine_ms);
      await pause();
      bare_ms.push((await replay(engine, statements)).ms);
    }
    const { head, bytes } = await caller.ask(ask);
    const bare = await replay(engine, statements);
    const [a, b] = [summarize(served_ms), summarize(bare_ms)];
    say(machineLine());
    say(
      `${attempts} attempts in ${fixture.campaigns} campaigns, ${await activeParts(service)} parts; ` +
        `${runs} runs in turns; ${statements.length} statement(s) a call`,
    );
    say(
      `  ${/\d+ records were found/.exec(head)?.[0]}, ${bytes} bytes over HTTP, ${bare.bytes} from the engine`,
    );
    say(summaryLine('A  campaign_8 over HTTP', a));
    say(summaryLine('   of it outside the engine', summarize(added_ms)));
    say(summaryLine('B  the bare statement', b));
    say(
      `  ratio A/B: ${(a.median_ms / b.median_ms).toFixed(3)} of medians, ${(a.min_ms / b.min_ms).toFixed(3)} of minima`,
    );
    say(`  peak memory of the service's process: ${peakRssMib()} MiB`);
  } finally {
    caller.close();
    await fixture.service.stop();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

function urlOf(fixture: Awaited<ReturnType<typeof openFixture>>): string {
  const { service, campaign_id, date_ini, date_end } = fixture;
  const query = new URLSearchParams({
    api: 'campaign_8',
    campaign_id: String(campaign_id),
    date_ini,
    date_end,
    cursor: '',
  });
  return `${service.url}/api/v2/reports_manager.php?${query}`;
}
