import type { Engine } from './engine/engine.js';

/** The highest delivery number in the lists of a store. Earlier versions took these numbers from the clock. */
export async function lastDelivery(engine: Engine): Promise<bigint> {
  const bytes = await engine.read({
    sql: `SELECT greatest((SELECT max(delivery) FROM customers), (SELECT max(delivery) FROM do_not_call)) FORMAT TSV`,
    fair_key: 'start',
    max_ms: 300_000, // a scan of one column of each
  });
  return BigInt(bytes.toString().trim());
}
