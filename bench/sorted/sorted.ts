import { type Answer, atMost, type Figure, figure } from '../answer.js';
import { numbersFrom } from '../args.js';
import { Caller } from '../caller.js';
import { nextCursor } from '../exchange.js';
import { type Fixture, openFixture } from '../fixture.js';
import { median } from '../stats.js';
import { columnsOf, type Grouping, topTelephones } from './bare.js';
import { type Listing, listingsOf } from './listings.js';

/** As much as a service has that is told nothing else. */
const KEPT_MIB = 256;
/** Pages behind the first one that are asked for in each run. */
const NEXT_PAGES = 3;
/** October 2025 in Bogota, as the fixture is. */
const WINDOW = { from: '2025-10-01T00:00:00-05:00', to: '2025-10-31T23:59:59-05:00' };

/** What a sorted table costs: its first page against the engine's exact top-N, and the pages behind it against the first. */
export async function sorted(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 20_000_000, runs: 7 });
  const fixture = await openFixture(attempts, say, KEPT_MIB);
  const caller = new Caller();
  try {
    const figures: Figure[] = [];
    for (const listing of listingsOf(fixture, await someTelephone(fixture))) {
      say(listing.title);
      figures.push(...(await measured(fixture, caller, listing, runs)));
    }
    return {
      about:
        'Pages of `/v1/machine-codes` in another order than the stored one, over HTTP. The first page (A), of which nothing was ' +
        'kept, against the engine’s own exact top-N (B): the telephones of the page first, by the faster of two groupings, and then their ' +
        'columns. The pages behind it (C) against the first.',
      setting: `${attempts} attempts in ${fixture.campaigns} campaigns, a month; pages of 1,000 rows where nothing else is said; ${runs} runs in turns, medians`,
      figures,
    };
  } finally {
    caller.close();
    await fixture.service.stop();
  }
}

async function measured(
  { service, token, operation }: Fixture,
  caller: Caller,
  listing: Listing,
  runs: number,
): Promise<Figure[]> {
  const { engine, kept_telephones } = service.services;
  const bare = { engine, selected: selectedOf(operation.id) };
  const url = (cursor: string) =>
    `${service.url}/v1/machine-codes?${new URLSearchParams({ ...listing.query, ...WINDOW, limit: String(listing.limit), cursor })}`;
  const [first_ms, next_ms, columns_ms]: [number[], number[], number[]] = [[], [], []];
  const keys_ms: Record<Grouping, number[]> = { hashed: [], 'in order': [] };
  for (let run = -1; run < runs; run += 1) {
    kept_telephones.clear();
    const first = await caller.ask({ url: url(''), token });
    const next: number[] = [];
    for (let cursor = nextCursor(first); cursor !== null && next.length < NEXT_PAGES; ) {
      const page = await caller.ask({ url: url(cursor), token });
      next.push(page.ms);
      cursor = nextCursor(page);
    }
    const in_order = await topTelephones(bare, listing, 'in order');
    const hashed = listing.is_only_in_order ? undefined : await topTelephones(bare, listing, 'hashed');
    const columns = await columnsOf(bare, listing, in_order.telephones);
    if (run < 0) continue; // the first one warms up
    first_ms.push(first.ms);
    next_ms.push(...next);
    if (hashed) keys_ms.hashed.push(hashed.ms);
    keys_ms['in order'].push(in_order.ms);
    columns_ms.push(columns.ms);
  }
  return figuresOf(listing, first_ms, next_ms, keys_ms, columns_ms);
}

function figuresOf(
  { title, has_goals }: Listing,
  first_ms: readonly number[],
  next_ms: readonly number[],
  keys_ms: Readonly<Record<Grouping, readonly number[]>>,
  columns_ms: readonly number[],
): Figure[] {
  const [a, columns] = [median(first_ms), median(columns_ms)];
  const groupings = Object.entries(keys_ms).flatMap(([grouping, ms]) =>
    ms.length === 0 ? [] : [{ grouping, ms: median(ms) }],
  );
  const b = Math.min(...groupings.map(({ ms }) => ms)) + columns;
  const goal = (value: number) => (has_goals ? [atMost(value)] : []);
  const next = next_ms.length === 0 ? [] : [median(next_ms)];
  return [
    figure(`${title}: A/B`, a / b, 'ratio', ...goal(1.3)),
    ...next.map((c) => figure(`${title}: C/A`, c / a, 'ratio', ...goal(0.2))),
    figure(`${title}: A, median`, a, 'ms'),
    ...next.map((c) => figure(`${title}: C, median`, c, 'ms')),
    ...groupings.map(({ grouping, ms }) => figure(`${title}: of B telephones, ${grouping}`, ms, 'ms')),
    figure(`${title}: of B columns`, columns, 'ms'),
  ];
}

function selectedOf(operation_id: number): string {
  const [from_s, to_s] = [Date.parse(WINDOW.from) / 1_000, Date.parse(WINDOW.to) / 1_000];
  return `operation_id = ${operation_id} AND dialed_at >= toDateTime(${from_s}) AND dialed_at <= toDateTime(${to_s})`;
}

/** One from the middle, where there are many with the same first digits. */
async function someTelephone({ service, operation, attempts }: Fixture): Promise<string> {
  const bytes = await service.services.engine.read({
    sql: `SELECT telephone FROM held_by_telephone WHERE operation_id = ${operation.id} LIMIT 1 OFFSET ${Math.floor(attempts / 2)} FORMAT TSVRaw`,
    fair_key: 'bench',
    max_ms: 10_000,
  });
  return bytes.toString().trim();
}
