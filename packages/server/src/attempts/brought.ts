import { MACHINE_CODES, type MachineCode } from '@recuento/contract';
import type { Engine } from './engine/engine.js';

/** The rows of an import: its operation, its number, and the span of its campaigns and times (seconds since 1970 UTC). */
export interface ImportedRows {
  readonly operation_id: number;
  readonly import_number: number;
  readonly from_campaign: number;
  readonly to_campaign: number;
  readonly from_s: number;
  readonly to_s: number;
}

/** How many attempts of an import have one machine code. */
export interface Brought {
  readonly code: MachineCode;
  readonly attempts: number;
  /** Those for which the import's row holds: it has the highest version of all rows of the attempt. */
  readonly news: number;
}

/** Identities that the engine looks up at once: some tens of megabytes. */
const LOOKED_UP_MAX = 200_000;

/**
 * Counts the attempts that an import brought, by machine code. For a small import each attempt is looked up, so that the cost
 * depends on the import's size. For a large one, all rows of its span are read in order, and none is kept in memory. When the span
 * has no other rows, as with the first file of a month, counting is enough.
 *
 * @param written rows that the import wrote, which may be more than its attempts
 * @throws EngineTimeout, EngineUnavailable
 */
export async function broughtBy(
  engine: Engine,
  rows: ImportedRows,
  written: number,
  max_ms: number,
): Promise<Brought[]> {
  const ask = (sql: string) =>
    engine.read({
      sql,
      params: { ...rows },
      settings: { optimize_aggregation_in_order: 1 },
      fair_key: `operation ${rows.operation_id}`,
      max_ms,
    });
  const bytes = await ask(written <= LOOKED_UP_MAX ? LOOKED_UP_SQL : await sqlForMany(ask));
  const lines = bytes.toString().split('\n').filter(Boolean);
  return lines.map((line) => {
    const [name, attempts, news] = line.split('\t');
    const code = MACHINE_CODES.find((known) => known === name);
    if (code === undefined) throw new Error(`${name} is no machine code`);
    return { code, attempts: Number(attempts), news: Number(news) };
  });
}

async function sqlForMany(ask: (sql: string) => Promise<Buffer>): Promise<string> {
  const others = await ask(OTHERS_SQL);
  return others.toString().trim() === '0' ? ALONE_SQL : WALKED_SQL;
}

const KEY = 'campaign_id, telephone, dialed_at, attempt_hash';
const SPAN = `operation_id = {operation_id:UInt32}
    AND campaign_id >= {from_campaign:UInt32} AND campaign_id <= {to_campaign:UInt32}
    AND dialed_at >= toDateTime({from_s:UInt32}, 'UTC') AND dialed_at <= toDateTime({to_s:UInt32}, 'UTC')`;
const MINE = 'import = {import_number:UInt32}';

const OTHERS_SQL = `SELECT count() FROM told WHERE ${SPAN} AND NOT (${MINE}) FORMAT TSV`;
// All rows of one attempt and import have the same key columns, so conditions on these may come before FINAL.
const ALONE_SQL = `SELECT result, count(), count() FROM told FINAL PREWHERE ${SPAN} AND ${MINE}
    GROUP BY result ORDER BY toString(result) FORMAT TSV`;
const WALKED_SQL = sqlFor('');
const LOOKED_UP_SQL = sqlFor(`AND (${KEY}) IN (SELECT ${KEY} FROM told WHERE ${SPAN} AND ${MINE})`);

function sqlFor(looked_up: string): string {
  return `SELECT code, count(), countIf(mine > others) FROM (
      SELECT maxIf(version, ${MINE}) AS mine, maxIf(version, NOT ${MINE}) AS others, argMaxIf(result, version, ${MINE}) AS code
      FROM told WHERE ${SPAN} ${looked_up} GROUP BY operation_id, ${KEY}
    ) WHERE mine > 0 GROUP BY code ORDER BY code FORMAT TSV`;
}
