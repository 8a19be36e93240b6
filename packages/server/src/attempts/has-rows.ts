import type { Engine } from './engine/engine.js';
import { ATTEMPTS_TABLE } from './stored-in.js';

/** Whether anything of any operation is stored. */
export async function hasRows(engine: Engine): Promise<boolean> {
  const counts = [ATTEMPTS_TABLE, 'customers', 'do_not_call'].map(
    (table) => `(SELECT count() FROM ${table})`,
  );
  const bytes = await engine.read({
    sql: `SELECT ${counts.join(' + ')} FORMAT TSV`,
    fair_key: 'start',
    max_ms: 30_000, // counts are known without a look at the rows
  });
  return bytes.toString().trim() !== '0';
}
