import { Agent } from 'node:http';
import type { Answer } from '../answer.js';
import { numbersFrom } from '../args.js';
import { attemptsFile } from '../peers/attempts-file.js';
import { duckDb } from '../peers/duckdb.js';
import { mariaDbVicidial } from '../peers/mariadb-vicidial.js';
import type { OpenPeers, Peer } from '../peers/peer.js';
import { postgreSqlByTime } from '../peers/postgresql.js';
import { markdownTable } from '../peers/table.js';
import { SPANS, WHOSE, WINDOWS_MAX } from './asked.js';
import { figuresOf, statementsTable } from './figures.js';
import { type Measured, measure, type Side, WINDOWS_BESIDE } from './measure.js';
import { WindowService } from './service.js';
import { BestBare, OverHttp } from './sides.js';
import { windowStore } from './stores.js';

/**
 * What a short window costs, whatever lies around it: windows that nobody asked before, in a small and in a large store with the
 * same rows in them, over HTTP; in turns with the engine's best bare statement in each, and with what people would use else.
 */
export async function window(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { small, large, runs } = numbersFrom(argv, { small: 5_000_000, large: 50_000_000, runs: 15 });
  if (large < small) throw new Error('--large is fewer than --small');
  if (runs > WINDOWS_MAX - WINDOWS_BESIDE)
    throw new Error(`--runs is at most ${WINDOWS_MAX - WINDOWS_BESIDE}: no window is asked twice`);
  const agent = new Agent({ keepAlive: true });
  const services: WindowService[] = [];
  const opened: OpenPeers[] = [];
  // An exit, and not a death by the signal: servers are ended at an exit.
  const exit = () => process.exit(1);
  process.once('SIGINT', exit).once('SIGTERM', exit);
  try {
    say('starting the services; filling their stores takes minutes, the next run finds them');
    for (const attempts of new Set([small, large])) services.push(await WindowService.start(small, attempts));
    await openPeers(small, opened, say);
    const sides = services.map((service) => ({
      service,
      served: new OverHttp(service, agent),
      best: new BestBare(service),
    }));
    const others = opened.flatMap(({ peers }) => peers);
    const measured: Measured[] = [];
    for (const span of SPANS) {
      for (const whose of WHOSE) measured.push(await measure(span, whose, sides, others, runs, say));
    }
    return answerOf(measured, sides, others, runs);
  } finally {
    process.off('SIGINT', exit).off('SIGTERM', exit);
    agent.destroy();
    for (const open of opened.reverse()) await open.close();
    for (const service of services) await service.stop();
  }
}

/** Those that are installed, into `opened` one by one, so that a failure of one closes the others. */
async function openPeers(small: number, opened: OpenPeers[], say: (line: string) => void): Promise<void> {
  const file = await attemptsFile(windowStore(small, small).made_of, say);
  for (const kind of [mariaDbVicidial, postgreSqlByTime, duckDb]) {
    const missing = await kind.missing();
    if (missing === undefined) opened.push(await kind.open(file, say));
    else say(`${kind.name} is left out, not installed: ${missing}`);
  }
}

function answerOf(
  measured: readonly Measured[],
  sides: readonly Side[],
  others: readonly Peer[],
  runs: number,
): Answer {
  const stores = sides.map(
    ({ service: { store, ready } }) => `${store.attempts} attempts (${ready.parts} parts by campaign)`,
  );
  const all = [...sides.flatMap(({ served, best }) => [served, best]), ...others];
  return {
    about:
      'The first page of `campaign_8` over HTTP (A), of windows that nobody asked before: another one of as many rows each ' +
      'time. The larger store has the same attempts in every window but that of 31 days, and all that it has more around ' +
      'them, of the same campaigns. In turns with the engine’s best bare statement (B): the fastest of several over ' +
      'each order, all exact also where attempts were replaced, with the same rows as JSON, in the same engine. ' +
      'The others hold what the smaller store does. “JSON made in it”: until the rows as JSON are in the process that ' +
      'asked; else until they are in its memory, neither printed nor made into JSON. In brackets: how many times the first row.',
    setting:
      `${stores.join(' and ')} in ${sides[0]?.service.store.campaigns} campaigns; one campaign is the largest; medians of ` +
      `${runs} windows, of five where they have 31 days, of two where one takes over 10 s`,
    figures: figuresOf(measured, sides),
    table: [...markdownTable(all, measured), '', ...statementsTable(measured, sides)],
  };
}
