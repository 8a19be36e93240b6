import { Agent } from 'node:http';
import { type Answer, atMost, figure } from './answer.js';
import { numbersFrom } from './args.js';
import { exchange } from './exchange.js';
import { type ServedFixture, serveFixture } from './fixture.js';
import { expected } from './load.js';
import { reportUrl } from './report-url.js';
import { summarize, summaryLine } from './stats.js';

const WARM_UPS = 2;

/**
 * What ten times the attempts cost a report of the same size: two services side by side, one over each store, asked in
 * turns. Campaigns are of the same size in both; the large store has more of them.
 */
export async function scale(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { small, large, runs } = numbersFrom(argv, { small: 5_000_000, large: 50_000_000, runs: 15 });
  const agent = new Agent({ keepAlive: true });
  const fixtures: ServedFixture[] = [];
  try {
    for (const attempts of [small, large]) fixtures.push(await serveFixture(attempts, say));
    const series = fixtures.flatMap((fixture) =>
      [fixture.campaign_id, 'all' as const].map((campaign_id) => ({
        name: `${campaign_id === 'all' ? 'all' : 'one campaign'} of ${fixture.attempts}`,
        ask: { url: reportUrl(fixture.served.url, { ...fixture, campaign_id }), token: fixture.token },
        times_ms: [] as number[],
      })),
    );
    for (let run = -WARM_UPS; run < runs; run += 1) {
      for (const { ask, times_ms } of series) {
        const reply = expected(await exchange(agent, ask), 200);
        if (run >= 0) times_ms.push(reply.ms);
      }
    }
    const medians = series.map(({ name, times_ms }) => {
      const summary = summarize(times_ms);
      say(summaryLine(name, summary));
      return summary.median_ms;
    });
    const [one_small = 0, all_small = 0, one_large = 0, all_large = 0] = medians;
    const stores = fixtures.map(
      ({ attempts, campaigns, parts }) => `${attempts} attempts in ${campaigns} campaigns (${parts} parts)`,
    );
    return {
      about:
        'The month of one campaign, and the first page of `all`, over HTTP at two sizes of the store; campaigns are of ' +
        'the same size in both.',
      setting: `${stores.join(' and ')}; ${runs} runs in turns, medians`,
      figures: [
        figure('one campaign, large / small', one_large / one_small, 'ratio', atMost(1.3)),
        figure('first page of all, large / small', all_large / all_small, 'ratio', atMost(1.3)),
        ...series.map(({ name }, at) => figure(name, medians[at] ?? 0, 'ms')),
      ],
    };
  } finally {
    agent.destroy();
    for (const { served } of fixtures) await served.stop();
  }
}
