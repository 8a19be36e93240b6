import { type Answer, atMost, figure } from './answer.js';
import { numbersFrom } from './args.js';
import { Caller } from './caller.js';
import { openFixture } from './fixture.js';
import { activeParts } from './fixture-store.js';
import { peakRssMib } from './machine.js';
import { replay, watchReads } from './replay.js';
import { reportUrl } from './report-url.js';
import { summarize, summaryLine } from './stats.js';

const WARM_UPS = 3;
/** Before each measurement, so that what the one before left to free or to collect is not on the next one's account. */
const PAUSE_MS = 50;

/**
 * What the service adds to the engine: a page of `campaign_8` with `cursor=` over HTTP, from a caller in another
 * process, against the same statement run bare in the service's process. One run, in turns, so that whatever else the
 * machine does falls on both.
 */
export async function report(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 5_000_000, runs: 15 });
  const fixture = await openFixture(attempts, say);
  const caller = new Caller();
  try {
    const { service, token } = fixture;
    const { engine } = service.services;
    const ask = { url: reportUrl(service.url, fixture), token };
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
    const added = summarize(added_ms);
    const records = /\d+ records were found/.exec(head)?.[0];
    say(`  ${records}, ${bytes} bytes over HTTP, ${bare.bytes} from the engine`);
    say(summaryLine('A  campaign_8 over HTTP', a));
    say(summaryLine('   of it outside the engine', added));
    say(summaryLine('B  the bare statement', b));
    return {
      about:
        'A page of `campaign_8` of one campaign over HTTP (A) against the same statement run bare in the engine (B).',
      setting:
        `${attempts} attempts in ${fixture.campaigns} campaigns, ${await activeParts(service)} parts; ` +
        `${runs} runs in turns; ${statements.length} statement(s) a call; ${records}`,
      figures: [
        figure('A/B, medians', a.median_ms / b.median_ms, 'ratio', atMost(1.15)),
        figure('A/B, fastest of each', a.min_ms / b.min_ms, 'ratio'),
        figure('A, median', a.median_ms, 'ms'),
        figure('of A outside the engine, median', added.median_ms, 'ms'),
        figure('B, median', b.median_ms, 'ms'),
        figure('peak memory, service and bench in one process', peakRssMib(), 'MiB'),
      ],
    };
  } finally {
    caller.close();
    await fixture.service.stop();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
