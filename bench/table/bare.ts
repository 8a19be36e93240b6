import { MACHINE_RECOGNITIONS } from '@recuento/contract';
import type { Fixture } from '../fixture.js';
import { type Listing, PAGE_ROWS } from './listings.js';

/** Where the engine is asked, and for what. */
export interface Bare {
  readonly engine: Fixture['service']['services']['engine'];
  /** The condition on the operation and the window. */
  readonly selected: string;
}

/** How the engine may group: by hash on all cores, or in the order of the telephones on one, which may stop early. */
const GROUPINGS = {
  hashed: { optimize_aggregation_in_order: 0 },
  'in order': { optimize_aggregation_in_order: 1, max_final_threads: 1 },
} as const;
type Grouping = keyof typeof GROUPINGS;

/**
 * The engine's own statements for a page: all columns in one, or its telephones in one and their columns in another, each in both
 * groupings. In the stored order the engine stops at the end of a page where it finds its telephones without a condition on counts.
 */
const STATEMENTS = ['one, hashed', 'one, in order', 'two, hashed', 'two, in order', 'two, stopping'] as const;
export type Statement = (typeof STATEMENTS)[number];

/** Those that can find a listing, but for what takes minutes. */
export function statementsFor({ value, is_only_in_order }: Listing): Statement[] {
  return STATEMENTS.filter((name) =>
    name === 'two, stopping' ? value === undefined : !is_only_in_order || !name.endsWith('hashed'),
  );
}

const MAX_MS = 120_000;

const VALUES = [
  'telephone',
  "countIf(result <= 'failed') AS total",
  ...MACHINE_RECOGNITIONS.map((code) => `countIf(result = '${code}') AS ${code}`),
  'count() AS dialed',
  "countIf(result = 'answer') AS answered",
  "countIf(result > 'answer') AS other",
  'min(dialed_at) AS first',
  'max(dialed_at) AS last',
  'argMax(result, (dialed_at, attempt_hash, campaign_id)) AS last_result',
].join(', ');

/** What a page takes the engine by one of its statements, in milliseconds. */
export async function bareMs(bare: Bare, listing: Listing, statement: Statement): Promise<number> {
  const started_ms = performance.now();
  const grouping = statement.endsWith('hashed') ? 'hashed' : 'in order';
  if (statement.startsWith('one')) {
    await read(bare, `${pageOf(bare, listing, VALUES)} FORMAT JSONEachRow`, grouping);
  } else {
    const found =
      statement === 'two, stopping' ? storedPageOf(bare, listing) : pageOf(bare, listing, 'telephone');
    const bytes = await read(bare, `${found} FORMAT TSVRaw`, grouping);
    // The generator's telephones are digits, with a + before some.
    const telephones = bytes.toString().split('\n').filter(Boolean);
    const list = telephones.map((telephone) => `'${telephone}'`).join(',');
    const only = { ...listing, where: `telephone IN (${list || "''"})` };
    await read(bare, `${pageOf(bare, only, VALUES)} FORMAT JSONEachRow`, 'hashed');
  }
  return performance.now() - started_ms;
}

function pageOf({ selected }: Bare, { where, having, value }: Listing, values: string): string {
  return `SELECT ${values} FROM held_by_telephone FINAL PREWHERE ${selected} AND ${where}
    GROUP BY telephone HAVING ${having} ORDER BY ${value ? `${value} DESC, ` : ''}telephone LIMIT ${PAGE_ROWS}`;
}

function storedPageOf({ selected }: Bare, { where }: Listing): string {
  return `SELECT telephone FROM held_by_telephone FINAL PREWHERE ${selected} AND ${where} WHERE result <= 'failed'
    GROUP BY telephone ORDER BY telephone LIMIT ${PAGE_ROWS}`;
}

function read({ engine }: Bare, sql: string, grouping: Grouping): Promise<Buffer> {
  return engine.read({ sql, settings: GROUPINGS[grouping], fair_key: 'bench', max_ms: MAX_MS });
}
