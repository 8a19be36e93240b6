import { MACHINE_CODES, type MachineCode } from '@recuento/contract';
import type { Engine } from './engine/engine.js';

/** What an import brought: whose it is, its number, and between which campaigns and times (seconds since 1970 UTC). */
export interface ImportedRows {
  readonly operation_id: number;
  readonly import_number: number;
  readonly from_campaign: number;
  readonly to_campaign: number;
  readonly from_s: number;
  readonly to_s: number;
}

/** Attempts of an import that ended so. */
export interface Brought {
  readonly code: MachineCode;
  readonly attempts: number;
  /** Those of which nothing else tells as much: they hold because of it. */
  readonly news: number;
}

/** Identities that the engine looks up at once: some tens of megabytes. */
const LOOKED_UP_MAX = 200_000;

/**
 * The attempts that an import brought, by how they ended. Those of a small import are looked up one by one, so that it costs
 * what was brought; with a large one what its span holds is walked over in order, and nothing of it is kept in memory.
 *
 * @param written rows that were written, which may be more than there are attempts
 * @throws EngineTimeout, EngineUnavailable
 */
export async function broughtBy(
  engine: Engine,
  rows: ImportedRows,
  written: number,
  max_ms: number,
): Promise<Brought[]> {
  const bytes = await engine.read({
    sql: sqlFor(written <= LOOKED_UP_MAX),
    params: { ...rows },
    settings: { optimize_aggregation_in_order: 1 },
    fair_key: `operation ${rows.operation_id}`,
    max_ms,
  });
  const lines = bytes.toString().split('\n').filter(Boolean);
  return lines.map((line) => {
    const [name, attempts, news] = line.split('\t');
    const code = MACHINE_CODES.find((known) => known === name);
    if (code === undefined) throw new Error(`${name} is no machine code`);
    return { code, attempts: Number(attempts), news: Number(news) };
  });
}

const KEY = 'campaign_id, telephone, dialed_at, attempt_hash';
const SPAN = `operation_id = {operation_id:UInt32}
    AND campaign_id >= {from_campaign:UInt32} AND campaign_id <= {to_campaign:UInt32}
    AND dialed_at >= toDateTime({from_s:UInt32}, 'UTC') AND dialed_at <= toDateTime({to_s:UInt32}, 'UTC')`;
const MINE = 'import = {import_number:UInt32}';

function sqlFor(are_few: boolean): string {
  const looked_up = are_few ? `AND (${KEY}) IN (SELECT ${KEY} FROM told WHERE ${SPAN} AND ${MINE})` : '';
  return `SELECT code, count(), countIf(mine > others) FROM (
      SELECT maxIf(version, ${MINE}) AS mine, maxIf(version, NOT ${MINE}) AS others, argMaxIf(result, version, ${MINE}) AS code
      FROM told WHERE ${SPAN} ${looked_up} GROUP BY operation_id, ${KEY}
    ) WHERE mine > 0 GROUP BY code ORDER BY code FORMAT TSV`;
}
