import { type ClickHouse, startClickHouse } from '../../packages/server/test/servers/clickhouse.js';
import { type PostgresServer, startPostgres } from '../../packages/server/test/servers/postgres.js';
import type { Closing } from './closing.js';

/** Where the two stores of a service are. */
export interface Stores {
  readonly clickhouse_url: string;
  readonly database_url: string;
}

/** A ClickHouse server and a PostgreSQL server on this machine, which wait for the disk as installed ones do. */
export class ServerPair {
  readonly #clickhouse: ClickHouse;
  readonly #postgres: PostgresServer;

  private constructor(clickhouse: ClickHouse, postgres: PostgresServer) {
    this.#clickhouse = clickhouse;
    this.#postgres = postgres;
  }

  static async start(closing: Closing): Promise<ServerPair> {
    // What attempts wait for is said by the schema.
    const clickhouse = await startClickHouse();
    closing.add(() => clickhouse.stop());
    const postgres = await startPostgres({ to_disk: true });
    closing.add(() => postgres.stop());
    return new ServerPair(clickhouse, postgres);
  }

  /** Of the ClickHouse server, with user and password and without a database. */
  get clickhouse_url(): string {
    return this.#clickhouse.administrator_url;
  }

  /** Empty ones. @param database of the ClickHouse server, which a service makes at its start */
  async stores(database: string): Promise<Stores> {
    return {
      clickhouse_url: `${this.#clickhouse.administrator_url}/${database}`,
      database_url: await this.#postgres.createDatabase(),
    };
  }
}

/** As a service is told of them. */
export function environmentOf({ clickhouse_url, database_url }: Stores): NodeJS.ProcessEnv {
  return { RECUENTO_CLICKHOUSE_URL: clickhouse_url, RECUENTO_DATABASE_URL: database_url };
}
