import type { Agent } from 'node:http';
import { atLeast, atMost, type Figure, figure } from './answer.js';
import { exchange, type Reply } from './exchange.js';
import { expected, load } from './load.js';
import { type Asked, reportUrl } from './report-url.js';
import type { ServedProcess } from './served.js';
import { median, summarize } from './stats.js';

/** Clients that ask one service; `Asked` is the month of the largest campaign. */
export interface Crowd extends Asked {
  readonly base: string;
  /** One a client. */
  readonly tokens: readonly string[];
  readonly agent: Agent;
}

const EIGHT = 8;
/** As many as may wait, so that nobody need be refused; and twice as many. */
const OVERLOADS = [64, 128] as const;
/** Of each client a token of its own, since a token has two slots. */
export const CROWD = Math.max(...OVERLOADS);

/** The month of a campaign asked by one client after itself, and by the client `at` of the crowd. */
const askMonth = (crowd: Crowd, at: number) =>
  exchange(crowd.agent, { url: reportUrl(crowd.base, crowd), token: crowd.tokens[at] ?? '' });

/** What the whole machine gives to one client and to eight, in turns. */
export async function oneAgainstEight(
  crowd: Crowd,
  { seconds, runs }: { seconds: number; runs: number },
  say: (line: string) => void,
): Promise<Figure[]> {
  const ask = async (client: number) => expected(await askMonth(crowd, client), 200);
  const one: number[] = [];
  const eight: number[] = [];
  const eight_ms: number[] = [];
  await load(1, 1, ask); // a warm-up
  for (let run = 1; run <= runs; run += 1) {
    one.push((await load(1, seconds, ask)).per_second);
    const many = await load(EIGHT, seconds, ask);
    eight.push(many.per_second);
    eight_ms.push(...many.replies.map(({ ms }) => ms));
    say(
      `  run ${run}: ${one.at(-1)?.toFixed(1)}/s by one client, ${many.per_second.toFixed(1)}/s by ${EIGHT}`,
    );
  }
  return [
    figure(
      `a campaign’s month, ${EIGHT} clients / one client`,
      median(eight) / median(one),
      'ratio',
      atLeast(1),
    ),
    figure('a campaign’s month by one client', median(one), 'requests/s'),
    figure(`a campaign’s month by ${EIGHT} clients together`, median(eight), 'requests/s'),
    figure(`a campaign’s month by ${EIGHT} clients, 99th percentile`, summarize(eight_ms).p99_ms, 'ms'),
  ];
}

/** Many clients at once, each with one report: everyone gets it, or is told when to come again. */
export async function overload(crowd: Crowd, say: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const clients of OVERLOADS) {
    const asking = Array.from({ length: clients }, (_, client) => askMonth(crowd, client));
    figures.push(...outcomeOf(`${clients} clients at once`, await Promise.all(asking), say));
  }
  return figures;
}

function outcomeOf(name: string, replies: readonly Reply[], say: (line: string) => void): Figure[] {
  const served = replies.filter(({ status }) => status === 200);
  const refused = replies.filter(({ status }) => status === 503);
  const untold = refused.filter(({ retry_after }) => retry_after === undefined);
  const others = replies.filter(({ status }) => status !== 200 && status !== 503);
  for (const { status, head } of others) say(`  ${status}: ${head}`);
  return [
    figure(`${name}: 200`, served.length, ''),
    figure(`${name}: 503`, refused.length, ''),
    // Where nothing was refused there is nothing to be said of it.
    ...(refused.length > 0 ? [figure(`${name}: 503 without Retry-After`, untold.length, '', atMost(0))] : []),
    figure(`${name}: any other status`, others.length, '', atMost(0)),
    figure(`${name}: slowest 200`, summarize(served.map(({ ms }) => ms)).max_ms, 'ms'),
  ];
}

/** The memory of a service of which nothing else was asked. */
export async function memoryOfEight(
  crowd: Crowd,
  seconds: number,
  service: ServedProcess,
): Promise<Figure[]> {
  const rest_mib = service.memory().peak_mib;
  const { replies } = await load(EIGHT, seconds, async (client) =>
    expected(await askMonth(crowd, client), 200),
  );
  const rows = /(\d+) records were found/.exec(replies[0]?.head ?? '')?.[1];
  return [
    figure(`peak memory, ${EIGHT} clients with reports of ${rows} rows`, service.memory().peak_mib, 'MiB'),
    figure('peak memory before the first report', rest_mib, 'MiB'),
  ];
}
