import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AccountsUnavailable } from '../unavailable.js';
import { MIGRATION_LOOK_MS, MIGRATION_MS } from './bounds.js';

/** Any number, the same in each node, and not that of the accounts' own migrations. */
const LOCK = 4_207_160_917;

/**
 * Runs work that only one node may do at a time: making the tables of the attempts. A connection of its own has the lock, which
 * ends with the connection.
 *
 * @throws AccountsUnavailable when another node takes longer for it than it may; what the work throws
 */
export async function oneAtATime<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    for (const until_ms = performance.now() + MIGRATION_MS; ; await sleep(MIGRATION_LOOK_MS)) {
      const { rows } = await client.query<{ taken: boolean }>(
        `SELECT pg_try_advisory_lock(${LOCK}) AS taken`,
      );
      if (rows[0]?.taken) break;
      if (performance.now() >= until_ms)
        throw new AccountsUnavailable('busy', 'another node makes the tables');
    }
    return await work();
  } finally {
    // Closed, and not given back to the pool: that frees the lock, whatever happened to the connection.
    client.release(true);
  }
}
