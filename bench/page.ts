import { Agent } from 'node:http';
import { type Answer, atMost, type Figure, figure } from './answer.js';
import { numbersFrom } from './args.js';
import { exchange } from './exchange.js';
import { serveFixture } from './fixture.js';
import { expected } from './load.js';
import { type Asked, reportUrl } from './report-url.js';
import { summarize, summaryLine } from './stats.js';
import { fullPages, type Walker } from './walk.js';

const WARM_UPS = 2;
/** Of `all`: the limit of the documented API. */
const PAGE_ROWS = 60_000;

/**
 * Whether a later page costs more than the first: all cursors of `all` and of one campaign are followed to the end, then
 * the first, the middle and the last full page are asked for in turns.
 */
export async function page(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  // A campaign has little more than one page of 60,000, so its pages are made smaller.
  const defaults = { attempts: 50_000_000, runs: 11, 'rows-all': PAGE_ROWS, 'rows-one': 5_000 };
  const { attempts, runs, 'rows-all': rows_all, 'rows-one': rows_one } = numbersFrom(argv, defaults);
  const fixture = await serveFixture(attempts, say);
  const { served, token, server } = fixture;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const walker = { base: served.url, token, agent };
  try {
    await served.limitRows(server, rows_all);
    const everything = await placesOf('all', walker, { ...fixture, campaign_id: 'all' }, runs, say);
    await served.limitRows(server, rows_one);
    const one = await placesOf('one campaign', walker, fixture, runs, say);
    return {
      about: 'Pages of one report by their place in it, over HTTP; every page was walked once before.',
      setting:
        `${attempts} attempts in ${fixture.campaigns} campaigns, ${fixture.parts} parts by campaign; pages of ` +
        `${rows_all} rows of \`all\`, of ${rows_one} of one campaign; ${runs} runs in turns`,
      figures: [...everything, ...one],
    };
  } finally {
    agent.destroy();
    await served.limitRows(server, PAGE_ROWS); // the fixture is kept
    await served.stop();
  }
}

async function placesOf(
  name: string,
  walker: Walker,
  asked: Asked,
  runs: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const started_ms = performance.now();
  const cursors = await fullPages(walker, asked);
  const walk_ms = performance.now() - started_ms;
  const first = cursors.at(0);
  const middle = cursors.at(Math.floor(cursors.length / 2));
  const last = cursors.at(-1);
  if (first === undefined || middle === undefined || last === undefined || cursors.length < 3)
    throw new Error(`${name} has ${cursors.length} full pages: take more attempts, or fewer rows a page`);
  const { base, token, agent } = walker;
  const places = [first, middle, last].map((cursor) => ({ cursor, times_ms: [] as number[] }));
  for (let run = -WARM_UPS; run < runs; run += 1) {
    for (const { cursor, times_ms } of places) {
      const reply = await exchange(agent, { url: reportUrl(base, asked, cursor), token });
      expected(reply, 200);
      if (run >= 0) times_ms.push(reply.ms);
    }
  }
  const [a = 0, b = 0, c = 0] = places.map(({ times_ms }, at) => {
    const summary = summarize(times_ms);
    say(summaryLine(`${name}, ${['first', 'middle', 'last'][at]}`, summary));
    return summary.median_ms;
  });
  return [
    figure(`${name}, last full page / first`, c / a, 'ratio', atMost(1.3)),
    figure(`${name}, middle page / first`, b / a, 'ratio'),
    figure(`${name}, first page, median`, a, 'ms'),
    figure(`${name}, last full page, median`, c, 'ms'),
    figure(`${name}, full pages`, cursors.length, ''),
    figure(`${name}, all pages walked once`, walk_ms, 'ms'),
  ];
}
