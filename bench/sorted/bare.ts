import { MACHINE_RECOGNITIONS } from '@recuento/contract';
import type { Fixture } from '../fixture.js';
import type { Listing } from './listings.js';

type Engine = Fixture['service']['services']['engine'];

/** How the engine may group: by hash on all cores, or in the order of the telephones on one. */
const GROUPINGS = {
  hashed: { optimize_aggregation_in_order: 0 },
  'in order': { optimize_aggregation_in_order: 1, max_final_threads: 1 },
} as const;
export type Grouping = keyof typeof GROUPINGS;

const MAX_MS = 120_000;

const VALUES = [
  'telephone AS v_telephone',
  "countIf(result <= 'failed') AS total",
  ...MACHINE_RECOGNITIONS.map((code) => `countIf(result = '${code}') AS ${code}`),
  'count() AS dialed',
  "countIf(result = 'answer') AS answered",
  "countIf(result > 'answer') AS other",
  'min(dialed_at) AS first',
  'max(dialed_at) AS last',
  'argMax(result, (dialed_at, attempt_hash, campaign_id)) AS last_result',
].join(', ');

/** The engine's exact top-N of a listing: the telephones of its first page, */
export async function topTelephones(
  { engine, selected }: { engine: Engine; selected: string },
  { table, where, value, descending, having, limit }: Listing,
  grouping: Grouping,
): Promise<{ ms: number; telephones: string[] }> {
  const started_ms = performance.now();
  const bytes = await engine.read({
    sql: `SELECT telephone, ${value} AS value FROM ${table} FINAL PREWHERE ${selected} AND ${where}
      GROUP BY telephone HAVING ${having} ORDER BY value ${descending ? 'DESC' : 'ASC'}, telephone LIMIT ${limit} FORMAT TSVRaw`,
    settings: GROUPINGS[grouping],
    fair_key: 'bench',
    max_ms: MAX_MS,
  });
  const ms = performance.now() - started_ms;
  const lines = bytes.toString().split('\n').slice(0, -1);
  return { ms, telephones: lines.map((line) => line.split('\t')[0] ?? '') };
}

/** and then their columns. */
export async function columnsOf(
  { engine, selected }: { engine: Engine; selected: string },
  { table, where, value, descending }: Listing,
  telephones: readonly string[],
): Promise<{ ms: number }> {
  const list = telephones.map((telephone) => `'${telephone}'`).join(','); // the generator's, which are digits
  const started_ms = performance.now();
  await engine.read({
    sql: `SELECT ${VALUES} FROM ${table} FINAL PREWHERE ${selected} AND ${where} AND telephone IN (${list})
      GROUP BY telephone ORDER BY ${value} ${descending ? 'DESC' : 'ASC'}, telephone FORMAT JSONEachRow`,
    settings: GROUPINGS.hashed,
    fair_key: 'bench',
    max_ms: MAX_MS,
  });
  return { ms: performance.now() - started_ms };
}
