import { Agent } from 'node:http';
import { type Answer, atMost, type Figure, figure } from './answer.js';
import { numbersFrom } from './args.js';
import { BareProcess, bodyAt } from './bare-process.js';
import { exchange } from './exchange.js';
import { fixtureStore } from './fixture-store.js';
import { expected } from './load.js';
import { reportUrl } from './report-url.js';
import { median, summarize, summaryLine } from './stats.js';
import { WatchedService } from './watched.js';

/** The service is warm when it answers its first reports of the day. */
const WARM_UPS = 10;
/** Before each measurement, so that what the one before left to free or to collect is not on the next one's account. */
const PAUSE_MS = 50;

/**
 * What the service adds to the engine: a page of `campaign_8` with `cursor=` over HTTP, from this process, against the
 * same statement run bare in the service's process, and the same bytes from a server that does nothing but send them. In turns, so
 * that whatever else the machine does falls on all. The month is at rest first; then it is being written.
 */
export async function report(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 50_000_000, runs: 25 });
  const store = fixtureStore(attempts);
  say('starting the service; filling its store takes minutes, the next run finds it');
  const service = await WatchedService.start(attempts);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = { url: reportUrl(service.url, store), token: service.token };
  const call = async () => expected(await exchange(agent, ask), 200);
  const bare = await BareProcess.start([await bodyAt(ask.url, ask.token)]);
  const send = async () => expected(await exchange(agent, { url: bare.urls[0] ?? '', token: '' }), 200);
  try {
    const rest = await measured('at rest', service, { call, send }, runs, say);
    const { parts } = await service.order('write');
    const written = await measured('while written', service, { call, send }, runs, say);
    const { head, bytes } = await call();
    const { peak_mib } = await service.order('stop');
    return {
      about:
        'A page of `campaign_8` of one campaign’s month over HTTP (A) against the same statement run bare in the ' +
        'service’s engine (B) and the same bytes from a bare `node:http` server in another process (C). ' +
        'At rest the month is one part, as the engine leaves it an hour after the last write; ' +
        'while written it has more, which FINAL merges for each report.',
      setting:
        `${attempts} attempts in ${store.campaigns} campaigns; parts by campaign: ${service.parts} at rest, ${parts} while ` +
        `written; ${runs} runs in turns; ${/\d+ records were found/.exec(head)?.[0]}, ${bytes} bytes`,
      figures: [...rest, ...written, figure('peak memory of the service', peak_mib, 'MiB')],
    };
  } finally {
    bare.stop();
    agent.destroy();
  }
}

async function measured(
  name: string,
  service: WatchedService,
  { call, send }: Record<'call' | 'send', () => Promise<{ ms: number }>>,
  runs: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const served_ms: number[] = [];
  const added_ms: number[] = [];
  const bare_ms: number[] = [];
  const sent_ms: number[] = [];
  for (let run = -WARM_UPS; run < runs; run += 1) {
    await pause();
    await service.order('watch');
    const { ms } = await call();
    const { statements, engine_ms } = await service.order('seen');
    if (statements !== 1) throw new Error(`a call came to ${statements} statements`);
    await pause();
    const bare = await service.order('bare');
    await pause();
    const sent = await send();
    if (run < 0) continue;
    served_ms.push(ms);
    added_ms.push(ms - engine_ms);
    bare_ms.push(bare.ms);
    sent_ms.push(sent.ms);
  }
  const [a, b, c] = [summarize(served_ms), summarize(bare_ms), summarize(sent_ms)];
  say(summaryLine(`${name}: A, over HTTP`, a));
  say(summaryLine(`${name}: B, bare`, b));
  say(summaryLine(`${name}: C, sent`, c));
  return [
    figure(`${name}: A / (B + C), medians`, a.median_ms / (b.median_ms + c.median_ms), 'ratio', atMost(1.1)),
    figure(`${name}: A / (B + C), fastest of each`, a.min_ms / (b.min_ms + c.min_ms), 'ratio'),
    figure(`${name}: A/B, medians`, a.median_ms / b.median_ms, 'ratio'),
    figure(`${name}: A, median`, a.median_ms, 'ms'),
    figure(`${name}: of A outside the engine, median`, median(added_ms), 'ms'),
    figure(`${name}: B, median`, b.median_ms, 'ms'),
    figure(`${name}: C, median`, c.median_ms, 'ms'),
  ];
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
