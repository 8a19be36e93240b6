import type { Engine } from './engine/engine.js';

/** The highest delivery number that a table holds, to go on above it. */
export async function lastDelivery(
  engine: Engine,
  table: 'attempts' | 'customers' | 'do_not_call',
): Promise<bigint> {
  const bytes = await engine.read({
    sql: `SELECT max(delivery) FROM ${table} FORMAT TSV`,
    fair_key: 'start',
    max_ms: 300_000, // a full scan of one column; minutes only at tens of billions of rows
  });
  return BigInt(bytes.toString().trim());
}
