import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { DatabaseError, type Pool } from 'pg';
import type { AccountsSchema, AccountsStore } from '../schema.js';
import { CONNECTIONS_APART, START_LOOK_MS, START_WAIT_MS } from './bounds.js';
import { BoundedPostgresDialect } from './dialect.js';
import { oneAtATime } from './one-at-a-time.js';
import { poolOf } from './pool.js';
import { asUnreachable, DatabaseUnusable } from './unusable.js';

/**
 * Opens the accounts store in a database of a PostgreSQL server.
 *
 * Every commit is on the server's disk when it resolves (its `synchronous_commit`), also those of `unsynced`: the server's log
 * cannot be synced from here, and the server itself syncs once for commits that come together.
 *
 * @param url `postgres://user:password@host:port/database`, with the driver's further options after a `?`
 * @throws DatabaseUnusable; from then on statements throw AccountsUnavailable
 */
export async function openPostgres(url: string): Promise<SharedAccountsStore> {
  if (!URL.canParse(url)) {
    throw new DatabaseUnusable(
      'The database URL is none: write postgres://user:password@host:5432/database.',
    );
  }
  const pool = poolOf(url);
  try {
    assertUsable(await firstAnswer(pool));
  } catch (error) {
    await pool.end();
    throw asUnreachable(error, url);
  }
  const apart = storeOver(poolOf(url, CONNECTIONS_APART));
  const store = storeOver(pool);
  const end = store.destroy;
  return Object.assign(store, {
    apart,
    destroy: async () => {
      await apart.destroy();
      await end();
    },
    oneAtATime: <T>(work: () => Promise<T>) => oneAtATime(pool, work),
  });
}

function storeOver(pool: Pool): AccountsStore {
  const db = new Kysely<AccountsSchema>({ dialect: new BoundedPostgresDialect(pool) });
  const endDriver = db.destroy.bind(db);
  return Object.assign(db, {
    unsynced: db,
    synced: () => Promise.resolve(),
    destroy: async () => {
      await endDriver();
      // Kysely does not end a driver that was never used, and an idle connection would keep the process alive.
      if (!pool.ending) await pool.end();
    },
  });
}

/** Accounts that several processes share. */
export interface SharedAccountsStore extends AccountsStore {
  /** Runs work that only one process may do at a time. */
  oneAtATime<T>(work: () => Promise<T>): Promise<T>;
}

interface FirstAnswer {
  readonly encoding: string;
  readonly version: number;
  readonly is_standby: boolean;
}

/** The first answer of the server. One that is starting, or recovering from a crash, is waited for. */
async function firstAnswer(pool: Pool): Promise<FirstAnswer> {
  for (const until_ms = performance.now() + START_WAIT_MS; ; ) {
    try {
      const { rows } = await pool.query<FirstAnswer>(
        `SELECT current_setting('server_encoding') AS encoding, current_setting('server_version_num')::int AS version,
          pg_is_in_recovery() AS is_standby`,
      );
      const [answer] = rows;
      if (answer) return answer;
      throw new DatabaseUnusable('The server at the database URL gives no answer: it is not PostgreSQL.');
    } catch (error) {
      const is_starting = error instanceof DatabaseError && error.code === '57P03';
      if (!is_starting || performance.now() >= until_ms) throw error;
      await sleep(START_LOOK_MS);
    }
  }
}

/** Older versions are out of support, and nothing here was tried on them. */
const OLDEST_VERSION = 14;

function assertUsable({ encoding, version, is_standby }: FirstAnswer): void {
  const major = Math.floor(version / 10_000);
  if (major < OLDEST_VERSION) {
    throw new DatabaseUnusable(`PostgreSQL ${major} is too old: ${OLDEST_VERSION} or newer is needed.`);
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseUnusable(`The database keeps texts as ${encoding}. Create it with ENCODING 'UTF8'.`);
  }
  if (is_standby) {
    throw new DatabaseUnusable(
      'The database is a standby, which can only be read. Name the primary in the URL.',
    );
  }
}
