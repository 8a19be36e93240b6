import { join } from 'node:path';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import type { Attempt } from '@recuento/contract';
import { loadConfig, startService } from '@recuento/server';
import { createChdbConnection } from 'chdb/connection';
import { makeBareTable } from './bare-table.js';

/** The engine's client and nothing else, over one table. */
export class BareClient {
  readonly #client: ClickHouseClient;

  private constructor(client: ClickHouseClient) {
    this.#client = client;
  }

  /** @param data a directory that no service uses */
  static async open(data: string): Promise<BareClient> {
    const service = await startService(loadConfig({ data, port: 0, log_level: 'silent' }, {}));
    await makeBareTable(service);
    await service.stop();
    const connection = createChdbConnection({ path: join(data, 'attempts') });
    // @ts-expect-error chdb and the client each carry their own copy of the connection's types; see the engine's adapter.
    return new BareClient(createClient({ connection }));
  }

  /** Resolves when the rows are on disk. */
  async insert(attempts: readonly Attempt[]): Promise<void> {
    await this.#client.insert({ table: 'bare', values: attempts.map(rowOf), format: 'JSONEachRow' });
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

/** What the service keeps of the attempt. */
function rowOf({ customer_name, ...attempt }: Attempt) {
  return {
    ...attempt,
    operation_id: 1,
    delivery: 1,
    record: customer_name === undefined ? {} : { customer_name },
  };
}
