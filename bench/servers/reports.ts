import { Agent } from 'node:http';
import type { Figure } from '../answer.js';
import { BareProcess, bodyAt } from '../bare-process.js';
import { exchange, nextCursor } from '../exchange.js';
import { expected } from '../load.js';
import { type Asked, bogota, reportUrl } from '../report-url.js';
import { FIVE_MINUTES, questionOf } from '../window/asked.js';
import type { BareClickHouse } from './bare-clickhouse.js';
import { timesOf } from './figures.js';
import type { Recorder } from './recorder.js';
import type { Served, Sides } from './sides.js';

/** A report that all are asked for. */
interface Question {
  readonly title: string;
  /** What a run asks for. */
  asked(run: number): Asked;
  /** What the bare statement is told otherwise. */
  readonly bare: Readonly<Record<string, string>>;
}

/** Before each measurement, so that what the one before left to free or to collect is not on the next one's account. */
const PAUSE_MS = 50;
/** The services are warm when they answer their first reports of the day. */
export const WARM_UPS = 10;

function questions({ store }: Sides): readonly Question[] {
  return [
    { title: 'one campaign’s month', asked: () => store, bare: {} },
    {
      title: 'five minutes of one campaign',
      asked(run) {
        const { from_s, until_s } = questionOf(store, FIVE_MINUTES, 'one campaign', run);
        const { campaign_id } = store;
        return { campaign_id, date_ini: bogota(from_s), date_end: bogota(until_s - 1) };
      },
      bare: { use_query_condition_cache: '0' }, // the server was just asked for the same window
    },
  ];
}

/**
 * Reports over HTTP of the service over each, the statement of the second one bare, and the same bytes from a server that does
 * nothing but send them; in turns.
 *
 * @throws Error when two replies differ
 */
export async function measureReports(
  sides: Sides,
  bare: BareClickHouse,
  runs: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const question of questions(sides)) {
    figures.push(...(await measured(question, sides, bare, runs, say)));
    // Afterwards: so each window was new to both.
    say(`  ${await samePages(question, sides, runs)}`);
  }
  return figures;
}

async function measured(
  { title, asked, bare: told }: Question,
  { embedded, server, recorded, recorder }: Sides,
  bare: BareClickHouse,
  runs: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const agent = new Agent({ keepAlive: true });
  const get = async (url: string, token = '') => expected(await exchange(agent, { url, token }), 200).ms;
  const ask = ({ url, token }: Served, run: number) => get(reportUrl(url, asked(run)), token);
  // The first window stands for all, as they have as many rows; it is one of those that are not counted.
  const sending = await BareProcess.start([await bodyAt(reportUrl(server.url, asked(0)), server.token)]);
  const times_ms = {
    embedded: [] as number[],
    server: [] as number[],
    bare: [] as number[],
    sent: [] as number[],
  };
  try {
    for (let run = 0; run < WARM_UPS + runs; run += 1) {
      const took = {
        embedded: await rested(() => ask(embedded, run)),
        server: await rested(() => ask(server, run)),
        bare: await rested(await bareOf(run)),
        sent: await rested(() => get(sending.urls[0] ?? '')),
      };
      if (run < WARM_UPS) continue;
      times_ms.embedded.push(took.embedded);
      times_ms.server.push(took.server);
      times_ms.bare.push(took.bare);
      times_ms.sent.push(took.sent);
    }
  } finally {
    sending.stop();
    agent.destroy();
  }
  return timesOf(title, times_ms, say);

  async function bareOf(run: number): Promise<() => Promise<number>> {
    const statement = await statementOf(recorder, () => ask(recorded, run));
    return async () => (await bare.again(statement, told)).ms;
  }
}

/** What a report's rows were read by. The service also looks whether its engine answers. */
async function statementOf(recorder: Recorder, ask: () => Promise<unknown>) {
  const sent = await recorder.during(ask);
  const [statement, ...others] = sent.filter(({ body }) => body.includes(' FROM held_by_'));
  if (!statement || others.length > 0) throw new Error('a report is not one statement');
  return statement;
}

/** How many pages are the same, to the last one of each report. @throws Error naming the first one that is not */
async function samePages({ title, asked }: Question, { embedded, server }: Sides, runs: number) {
  const bytes = new Map<string, number>();
  for (let run = 0; run < WARM_UPS + runs; run += 1) {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = (url: string) => reportUrl(url, asked(run), cursor ?? '');
      if (bytes.has(page(''))) break; // every run asks for the same
      const one = await bodyAt(page(embedded.url), embedded.token);
      const other = await bodyAt(page(server.url), server.token);
      if (!one.equals(other)) throw new Error(`${page('')} is another one on the server`);
      bytes.set(page(''), one.length);
      cursor = nextCursor({ tail: one.toString('latin1') });
    }
  }
  const sum = [...bytes.values()].reduce((total, length) => total + length, 0);
  return `${title}: ${bytes.size} pages, ${sum} bytes, the same on both`;
}

/** Does something a little later, so that what came before it has left nothing to free or to collect. */
async function rested(work: () => Promise<number>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  return work();
}
