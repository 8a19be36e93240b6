import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe } from 'vitest';
import { openPostgres } from '../../src/accounts/postgres/open.js';
import type { AccountsDatabase, AccountsStore } from '../../src/accounts/schema.js';
import { openSqlite } from '../../src/accounts/sqlite/open.js';
import { createDatabase, startPostgres } from './postgres.js';

/** `embedded`: SQLite in a file. `server`: a real PostgreSQL. */
export type StoreEngine = 'embedded' | 'server';

/** One new, empty accounts store. */
export interface TestStore {
  readonly engine: StoreEngine;
  /** A connection of its own to it, as each process of the service has one. */
  open(): Promise<AccountsStore>;
  /** Closes what is open of it, and deletes it where that takes room. */
  remove(): Promise<void>;
}

/** Which engines are tried: RECUENTO_TEST_ENGINE is `embedded` (and unset the same), `server` or `both`. */
export const STORE_ENGINES: readonly StoreEngine[] = enginesOf(process.env.RECUENTO_TEST_ENGINE);

function enginesOf(asked: string | undefined): readonly StoreEngine[] {
  switch (asked) {
    case undefined:
    case '':
    case 'embedded':
      return ['embedded'];
    case 'server':
      return ['server'];
    case 'both':
      return ['embedded', 'server'];
    default:
      throw new Error(`RECUENTO_TEST_ENGINE is embedded, server or both, and not ${asked}`);
  }
}

/** The same tests over a store of each engine: what is promised of one is promised of the other. */
export function describeStores(
  tests: (newStore: () => Promise<TestStore>, engine: StoreEngine) => void,
): void {
  describe.each(STORE_ENGINES)('%s', (engine) => tests(() => newTestStore(engine), engine));
}

export async function newTestStore(engine: StoreEngine): Promise<TestStore> {
  const opened: AccountsStore[] = [];
  const { openOne, forget } = engine === 'embedded' ? await newFile() : await newDatabase();
  return {
    engine,
    open: async () => {
      const store = await openOne();
      opened.push(store);
      return store;
    },
    remove: async () => {
      for (const store of opened) await store.destroy(); // again does nothing
      await forget();
    },
  };
}

interface Place {
  readonly openOne: () => Promise<AccountsStore>;
  readonly forget: () => Promise<void>;
}

async function newFile(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'recuento-accounts-'));
  return {
    openOne: async () => openSqlite(join(directory, 'accounts.db')),
    forget: () => rm(directory, { recursive: true, force: true }),
  };
}

/** It is left to its server's end. */
async function newDatabase(): Promise<Place> {
  const url = await createDatabase(await serverUrl());
  return { openOne: () => openPostgres(url), forget: async () => undefined };
}

let server_url: Promise<string> | undefined;

/** RECUENTO_TEST_POSTGRES is one that runs already, without a database; else one is started, once in a process. */
export function serverUrl(): Promise<string> {
  const given = process.env.RECUENTO_TEST_POSTGRES;
  server_url ??= given ? Promise.resolve(given) : startPostgres().then(({ url }) => url('').slice(0, -1));
  return server_url;
}

/** How a statement finds its rows: by which indexes, and which tables it reads whole. */
export async function planOf(
  db: AccountsDatabase,
  engine: StoreEngine,
  statement: string,
): Promise<{
  readonly indexes: readonly string[];
  readonly read_whole: readonly string[];
  readonly text: string;
}> {
  const lines = engine === 'embedded' ? await sqlitePlan(db, statement) : await postgresPlan(db, statement);
  const found = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return {
    indexes: found(/(?:USING (?:COVERING )?INDEX|Index (?:Only )?Scan (?:Backward )?(?:using|on)) (\w+)/),
    read_whole: found(/(?:SCAN|Seq Scan on) (\w+)/),
    text: lines.join('\n'),
  };
}

async function sqlitePlan(db: AccountsDatabase, statement: string): Promise<string[]> {
  const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.raw(statement)}`.execute(db);
  return rows.map(({ detail }) => detail);
}

/** An empty table is read whole where PostgreSQL is not told to do so last. */
function postgresPlan(db: AccountsDatabase, statement: string): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    await sql`SET LOCAL enable_seqscan = off`.execute(tx);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`EXPLAIN ${sql.raw(statement)}`.execute(tx);
    return rows.map((row) => row['QUERY PLAN']);
  });
}
