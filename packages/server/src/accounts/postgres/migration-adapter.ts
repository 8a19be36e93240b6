import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, type Kysely, PostgresAdapter, sql } from 'kysely';
import { AccountsUnavailable } from '../unavailable.js';
import { LOCK_MS, MIGRATION_LOOK_MS, MIGRATION_MS, STATEMENT_MS } from './bounds.js';

/** Any number, the same in each node. */
const LOCK = 4_207_160_916;

const bounds = (statement_ms: number, lock_ms: number) =>
  `set_config('statement_timeout', '${statement_ms}', false), set_config('lock_timeout', '${lock_ms}', false)`;

/** From here on the connection has the time that a migration takes, which is more than a call's statement has. */
export const BEFORE_A_MIGRATION = CompiledQuery.raw(`SELECT ${bounds(MIGRATION_MS, MIGRATION_MS)}`);
export const AFTER_A_MIGRATION = CompiledQuery.raw(
  `SELECT ${bounds(STATEMENT_MS, LOCK_MS)}, pg_advisory_unlock(${LOCK})`,
);

/** When nodes start at once, one migrates and the others wait until it has. */
export class MigrationAdapter extends PostgresAdapter {
  /** Asks for the lock again and again: one statement that waits for it would need a time limit of its own. */
  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature
  override async acquireMigrationLock(db: Kysely<any>): Promise<void> {
    for (const until_ms = performance.now() + MIGRATION_MS; ; ) {
      const { rows } = await sql<{ taken: boolean }>`SELECT pg_try_advisory_lock(${LOCK}) AS taken`.execute(
        db,
      );
      if (rows[0]?.taken) break;
      if (performance.now() >= until_ms) throw new AccountsUnavailable('busy', 'another node migrates');
      await sleep(MIGRATION_LOOK_MS);
    }
    await db.executeQuery(BEFORE_A_MIGRATION);
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature
  override async releaseMigrationLock(db: Kysely<any>): Promise<void> {
    await db.executeQuery(AFTER_A_MIGRATION);
  }
}
