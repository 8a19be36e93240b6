import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import pg from 'pg';
import type { ConfigInput } from '../../src/index.js';

/** Which stores the services of tests are on. `npm run test:engines` runs the same tests on both. */
export type TestEngine = 'embedded' | 'server';

export const TEST_ENGINE: TestEngine = process.env.RECUENTO_TEST_ENGINE === 'server' ? 'server' : 'embedded';

/** How many services a test has over its stores, asked in turn: two show that what one is told all know. */
export const TEST_NODES = TEST_ENGINE === 'server' && process.env.RECUENTO_TEST_NODES === '2' ? 2 : 1;

/** Set by `global-setup.ts`: the servers without a database. */
export const CLICKHOUSE_VARIABLE = 'RECUENTO_TEST_CLICKHOUSE';
/** Of one who may do all on it. */
export const ADMINISTRATOR_VARIABLE = 'RECUENTO_TEST_CLICKHOUSE_ADMINISTRATOR';
export const POSTGRES_VARIABLE = 'RECUENTO_TEST_POSTGRES';

/** Databases that are there, by the data directory that a test would have used. */
const made = new Map<string, Promise<StoreSettings>>();

export type StoreSettings = Pick<ConfigInput, 'clickhouse_url' | 'database_url'>;

/**
 * What a service is configured with so that its stores are those of `directory`: nothing where they are in it, and databases of
 * their own where they are on servers. The same directory has the same databases.
 */
export function storesOf(directory: string): Promise<StoreSettings> {
  if (TEST_ENGINE === 'embedded') return Promise.resolve({});
  const known = made.get(directory) ?? makeStores(directory);
  made.set(directory, known);
  return known;
}

/** The same as environment variables of a service in a process of its own. */
export async function storeVariablesOf(directory: string): Promise<NodeJS.ProcessEnv> {
  const { clickhouse_url, database_url } = await storesOf(directory);
  if (clickhouse_url === undefined || database_url === undefined) return {};
  return { RECUENTO_CLICKHOUSE_URL: clickhouse_url, RECUENTO_DATABASE_URL: database_url };
}

async function makeStores(directory: string): Promise<StoreSettings> {
  const name = databaseOf(directory);
  const database_url = `${variable(POSTGRES_VARIABLE)}/${name}`;
  await inPostgres(async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`);
  });
  return { clickhouse_url: `${variable(CLICKHOUSE_VARIABLE)}/${name}`, database_url };
}

/** Lets the databases of a directory go. To be called when no service has them. */
export async function dropStores(directory: string): Promise<void> {
  if (!made.delete(directory)) return;
  const name = databaseOf(directory);
  await inPostgres((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  await askClickHouse(`DROP DATABASE IF EXISTS ${name} SYNC`);
}

/** A name that both databases take as it is. */
function databaseOf(directory: string): string {
  const readable = basename(directory)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 30);
  return `t_${readable}_${createHash('sha256').update(directory).digest('hex').slice(0, 8)}`;
}

function inPostgres(work: (client: Connection) => Promise<unknown>): Promise<unknown> {
  return connected(`${variable(POSTGRES_VARIABLE)}/postgres`, work);
}

/** To a database of PostgreSQL, past the service. */
export type Connection = pg.Client;

export async function connected<T>(url: string, work: (client: Connection) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What a statement says, asked of the server past the service. */
export async function askClickHouse(sql: string): Promise<string> {
  const { origin, username, password } = new URL(variable(ADMINISTRATOR_VARIABLE));
  const reply = await fetch(`${origin}/`, {
    method: 'POST',
    headers: { 'x-clickhouse-user': username, 'x-clickhouse-key': decodeURIComponent(password) },
    body: sql,
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(text);
  return text;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the tests by vitest's configuration`);
  return value;
}
