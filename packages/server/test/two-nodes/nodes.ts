import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, connected, dropStores, storesOf } from '../servers/test-stores.js';
import { killAllSpawned, SpawnedService } from '../spawned-service.js';
import { until } from '../until.js';

export { until };

/** Processes of the service over one pair of databases. */
export class Nodes {
  readonly #directory: string;
  readonly #database_url: string;
  readonly #started: SpawnedService[] = [];

  private constructor(directory: string, database_url: string) {
    this.#directory = directory;
    this.#database_url = database_url;
  }

  /** None runs yet. */
  static async prepare(): Promise<Nodes> {
    const directory = await mkdtemp(join(tmpdir(), 'recuento-nodes-'));
    const { database_url } = await storesOf(directory);
    if (database_url === undefined) throw new Error('nodes need servers: RECUENTO_TEST_ENGINE=server');
    return new Nodes(directory, database_url);
  }

  /** Starts one more, which serves when this resolves. */
  async start(env: NodeJS.ProcessEnv = {}, program?: string): Promise<SpawnedService> {
    const node = await SpawnedService.start(this.#directory, env, program);
    this.#started.push(node);
    return node;
  }

  /** Kills all, and lets the databases go. */
  async stop(): Promise<void> {
    await killAllSpawned();
    await dropStores(this.#directory);
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** What the accounts say, past the service. */
  async accounts(sql: string): Promise<Record<string, unknown>[]> {
    return this.#connected(async (client) => (await client.query<Record<string, unknown>>(sql)).rows);
  }

  /** The database of the attempts. */
  get attempts(): string {
    return new URL(this.#database_url).pathname.slice(1);
  }

  /**
   * Holds what a statement locks, until `work` is done. `waiting` resolves when somebody waits for it: PostgreSQL does what he asked
   * for when it is let go, whether he is still there or not, unless he has waited for three seconds.
   *
   * @param lock as `LOCK TABLE hour_versions IN SHARE MODE`
   */
  async holding<T>(lock: string, work: (waiting: () => Promise<void>) => Promise<T>): Promise<T> {
    return this.#connected(async (client) => {
      await client.query('BEGIN');
      await client.query(lock);
      try {
        return await work(() => until(() => this.#somebodyWaits()));
      } finally {
        await client.query('ROLLBACK');
      }
    });
  }

  /** Resolves when all that waited for a lock were told that they waited too long. */
  async nobodyWaits(): Promise<void> {
    await until(async () => !(await this.#somebodyWaits()));
  }

  async #somebodyWaits(): Promise<boolean> {
    const waiting = await this.accounts(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return waiting.length > 0;
  }

  #connected<T>(work: (client: Connection) => Promise<T>): Promise<T> {
    return connected(this.#database_url, work);
  }
}

/** Resolves when these have taken over so many dead nodes together, from the first on. */
export async function takenOver(count: number, ...by: readonly SpawnedService[]): Promise<void> {
  const isTakeover = (message: string) => message.includes('is dead: what it had under way was taken over');
  await until(() => by.flatMap(({ messages }) => messages.filter(isTakeover)).length >= count);
}

/** Resolves when a node that was stopped and goes on knows that it was taken for dead. */
export async function knowsThatItWasDead({ messages }: SpawnedService): Promise<void> {
  await until(() => messages.some((message) => message.includes('was taken for dead')));
}
