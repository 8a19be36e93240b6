import { type Answer, atMost, type Figure, figure } from '../answer.js';
import { numbersFrom } from '../args.js';
import { Caller } from '../caller.js';
import { nextCursor } from '../exchange.js';
import { type Fixture, openFixture } from '../fixture.js';
import { median } from '../stats.js';
import { type Bare, bareMs, type Statement, statementsFor } from './bare.js';
import { type Listing, listingsOf, PAGE_ROWS } from './listings.js';

/** As much as a service has that is told nothing else. */
const KEPT_MIB = 256;
/** Pages behind the first one that are asked for in each run. */
const NEXT_PAGES = 3;
/** October 2025 in Bogota, as the fixture is. */
const WINDOW = { from: '2025-10-01T00:00:00-05:00', to: '2025-10-31T23:59:59-05:00' };

/** What the console's table costs: a page, its orders and its searches against the engine's own statement, and the page after it. */
export async function table(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  // Some three of them for each telephone that has a machine recognition.
  const { attempts, runs } = numbersFrom(argv, { attempts: 9_500_000, runs: 7 });
  const fixture = await openFixture(attempts, say, KEPT_MIB);
  const caller = new Caller();
  try {
    const bare = bareOf(fixture);
    const telephones = await numberOfTelephones(bare);
    const figures: Figure[] = [];
    for (const listing of listingsOf(await someTelephone(bare, telephones))) {
      say(listing.title);
      figures.push(...(await measured(fixture, bare, caller, listing, runs)));
    }
    return {
      about:
        'Pages of the console’s table of machine codes, over HTTP as the console asks for them. The first page (A), of which nothing ' +
        'was kept, against the fastest of the engine’s own statements for it (B): all columns in one statement, or the telephones first ' +
        'and then their columns, each grouped by hash or in order. The page behind it (C) against the first; where the first one ' +
        'stops at its end, as in the stored order, the one behind it does the same work.',
      setting: `${telephones} telephones with a machine recognition, ${attempts} attempts in ${fixture.campaigns} campaigns, a month; pages of ${PAGE_ROWS} rows; ${runs} runs in turns, medians`,
      figures,
    };
  } finally {
    caller.close();
    await fixture.service.stop();
  }
}

async function measured(
  { service, token }: Fixture,
  bare: Bare,
  caller: Caller,
  listing: Listing,
  runs: number,
): Promise<Figure[]> {
  const ask = (cursor: string) => {
    const query = { campaign_id: 'all', ...listing.query, ...WINDOW, limit: String(PAGE_ROWS), cursor };
    return caller.ask({ url: `${service.url}/v1/machine-codes?${new URLSearchParams(query)}`, token });
  };
  const [first_ms, next_ms]: [number[], number[]] = [[], []];
  const bare_ms = new Map<Statement, number[]>(statementsFor(listing).map((statement) => [statement, []]));
  for (let run = -1; run < runs; run += 1) {
    service.services.kept_telephones.clear();
    const first = await ask('');
    const next: number[] = [];
    for (let cursor = nextCursor(first); cursor !== null && next.length < NEXT_PAGES; ) {
      const page = await ask(cursor);
      next.push(page.ms);
      cursor = nextCursor(page);
    }
    for (const [statement, times] of bare_ms) {
      const ms = await bareMs(bare, listing, statement);
      if (run >= 0) times.push(ms);
    }
    if (run < 0) continue; // the first one warms up
    first_ms.push(first.ms);
    next_ms.push(...next);
  }
  return figuresOf(listing, first_ms, next_ms, bare_ms);
}

function figuresOf(
  { title, value }: Listing,
  first_ms: readonly number[],
  next_ms: readonly number[],
  bare_ms: ReadonlyMap<Statement, readonly number[]>,
): Figure[] {
  const a = median(first_ms);
  const statements = [...bare_ms].map(([statement, times]) => ({ statement, ms: median(times) }));
  const b = Math.min(...statements.map(({ ms }) => ms));
  const next = next_ms.length === 0 ? [] : [median(next_ms)];
  return [
    figure(`${title}: A/B`, a / b, 'ratio', atMost(1.3)),
    ...next.map((c) => figure(`${title}: C/A`, c / a, 'ratio', ...(value ? [atMost(0.2)] : []))),
    figure(`${title}: A, median`, a, 'ms'),
    ...next.map((c) => figure(`${title}: C, median`, c, 'ms')),
    ...statements.map(({ statement, ms }) => figure(`${title}: B, ${statement}`, ms, 'ms')),
  ];
}

function bareOf({ service, operation }: Fixture): Bare {
  const [from_s, to_s] = [Date.parse(WINDOW.from) / 1_000, Date.parse(WINDOW.to) / 1_000];
  const selected = `operation_id = ${operation.id} AND dialed_at >= toDateTime(${from_s}) AND dialed_at <= toDateTime(${to_s})`;
  return { engine: service.services.engine, selected };
}

async function numberOfTelephones({ engine, selected }: Bare): Promise<number> {
  const sql = `SELECT uniqExact(telephone) FROM held_by_telephone FINAL PREWHERE ${selected} WHERE result <= 'failed' FORMAT TSV`;
  return Number((await engine.read({ sql, fair_key: 'bench', max_ms: 60_000 })).toString());
}

/** One from the middle, where there are many with the same first digits. */
async function someTelephone({ engine, selected }: Bare, telephones: number): Promise<string> {
  const sql = `SELECT telephone FROM held_by_telephone WHERE ${selected} LIMIT 1 OFFSET ${telephones} FORMAT TSVRaw`;
  return (await engine.read({ sql, fair_key: 'bench', max_ms: 60_000 })).toString().trim();
}
