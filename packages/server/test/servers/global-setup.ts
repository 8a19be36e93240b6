import { startClickHouse } from './clickhouse.js';
import { startPostgres } from './postgres.js';
import {
  ADMINISTRATOR_VARIABLE,
  askClickHouse,
  CLICKHOUSE_VARIABLE,
  POSTGRES_VARIABLE,
  TEST_ENGINE,
} from './test-stores.js';

/** Starts the servers that all test files share, each with databases of its own, and shows at the end that they were used. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (TEST_ENGINE === 'embedded') return undefined;
  const [clickhouse, postgres] = await Promise.all([startClickHouse(), startPostgres()]);
  process.env[CLICKHOUSE_VARIABLE] = withoutPath(clickhouse.url);
  process.env[ADMINISTRATOR_VARIABLE] = clickhouse.administrator_url;
  process.env[POSTGRES_VARIABLE] = withoutPath(postgres.url(''));
  return async () => {
    try {
      if (process.env.RECUENTO_TEST_WHOLE === '1') await proveUse();
    } catch (error) {
      process.exitCode = 1;
      throw error;
    } finally {
      await Promise.all([clickhouse.stop(), postgres.stop()]);
    }
  };
}

/** @throws when no row came to the server: then the tests would have run on something else */
async function proveUse(): Promise<void> {
  const sql = "SELECT sum(value) FROM system.events WHERE event = 'InsertedRows' FORMAT TSV";
  const rows = Number(await askClickHouse(sql));
  process.stdout.write(`the ClickHouse server took ${rows} rows\n`);
  if (!(rows > 0)) throw new Error('the tests ran on the server, and no row came to it');
}

/** `scheme://user:password@host:port`, without a database and a slash at its end. */
function withoutPath(url: string): string {
  return url.replace(/^(\w+:\/\/[^/]+).*$/, '$1');
}
