import { Agent } from 'node:http';
import type { Answer } from './answer.js';
import { numbersFrom } from './args.js';
import { CROWD, memoryOfEight, oneAgainstEight, overload } from './concurrent-many.js';
import { shortBesideLong } from './concurrent-short.js';
import { serveFixture } from './fixture.js';
import { ServedProcess } from './served.js';

/** What many callers at once do to each other and to the service. */
export async function concurrent(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const defaults = { attempts: 5_000_000, seconds: 10, runs: 3, windows: 500 };
  const { attempts, seconds, runs, windows } = numbersFrom(argv, defaults);
  const fixture = await serveFixture(attempts, say);
  const agent = new Agent({ keepAlive: true, maxSockets: CROWD });
  try {
    const tokens: string[] = [];
    while (tokens.length < CROWD) tokens.push(await fixture.served.token(fixture.server));
    const crowd = { ...fixture, base: fixture.served.url, tokens, agent };
    const eight = await oneAgainstEight(crowd, { seconds, runs }, say);
    const short = await shortBesideLong(crowd, windows, say);
    const over = await overload(crowd, say);
    await fixture.served.stop();
    // Its peak is its own: nothing was asked of this process before.
    const fresh = await ServedProcess.start(fixture.data);
    const memory = await memoryOfEight({ ...crowd, base: fresh.url }, seconds, fresh).finally(() =>
      fresh.stop(),
    );
    return {
      about:
        'One client against eight; short reports while a month of `all` is always being read; 64 and 128 clients at once. Every ' +
        'client has a token of its own.',
      setting:
        `${attempts} attempts in ${fixture.campaigns} campaigns, ${fixture.parts} parts by campaign; ${seconds} s for ` +
        `each load, ${runs} runs in turns; ${windows} reports of five minutes each way`,
      figures: [...eight, ...short, ...over, ...memory],
    };
  } finally {
    agent.destroy();
    await fixture.served.stop();
  }
}
