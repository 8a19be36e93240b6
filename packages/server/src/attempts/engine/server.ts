import { EngineTooSpread, type InsertRowsRequest, type RowInserts } from './engine.js';
import { PooledEngine, type PoolOptions } from './pooled-engine.js';
import { type ServerAddress, serverAddress } from './server/address.js';
import { makeDatabase } from './server/database.js';
import { insertAll, insertOnly, partitionsHanded } from './server/handed-rows.js';
import { ServerSession } from './server/session.js';
import { HANDED_SETTINGS, PARTITIONS_SETTINGS } from './settings.js';
import { slicesOf } from './slices.js';
import { plainStructure } from './table-columns.js';

export interface ServerOptions extends PoolOptions {
  /** `http[s]://user:password@host:port/database` */
  readonly url: string;
}

/** A ClickHouse server. Each session is a connection; there are no others. */
export class ServerEngine extends PooledEngine<ServerSession> implements RowInserts {
  private constructor(options: PoolOptions, address: ServerAddress) {
    super(options, () => new ServerSession(address), 'when closed');
  }

  /** Resolves when the server answers, and the database is there. @throws EngineUnreachable */
  static async open({ url, ...options }: ServerOptions): Promise<ServerEngine> {
    const address = serverAddress(url);
    await makeDatabase(address);
    return new ServerEngine(options, address);
  }

  async insertRows({ table, columns, rows, partition, fair_key }: InsertRowsRequest): Promise<void> {
    const insert = (sql: string) =>
      this.write(fair_key, (session) => session.insertRows(sql, rows, HANDED_SETTINGS));
    try {
      await insert(insertAll(table, columns));
    } catch (error) {
      if (!(error instanceof EngineTooSpread)) throw error;
      const structure = plainStructure(columns, await this.columns.of(table));
      const partitions = await this.write(fair_key, (session) =>
        session.readHanded(partitionsHanded(partition), structure, rows, PARTITIONS_SETTINGS),
      );
      for (const only of slicesOf(partition, partitions)) {
        await insert(insertOnly(table, columns, structure, only));
      }
    }
  }
}
