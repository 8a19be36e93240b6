import { passOverNumbers } from './numbers.js';
import type { AccountsDatabase } from './schema.js';

const CLEAN_STOP = 'clean_stop';

/**
 * More than can have been raised and told in one sync of the disk: a power cut takes those back, and a version that somebody
 * has seen must never stand for other data.
 */
const RAISED_AT_A_START = 1_000;

/**
 * A number for each operation that rises whenever its attempts change: what an ETag stands on.
 *
 * It rises after a change is visible and before it is acknowledged. A report that reads the number first may thus
 * show newer data under an older number, which costs a run, but never older data under a newer one.
 */
export class DataVersions {
  readonly #db: AccountsDatabase;
  /** Operations whose number should have risen and could not: nothing may be told by it until it has. */
  readonly #owed = new Set<number>();

  constructor(db: AccountsDatabase) {
    this.#db = db;
  }

  /** @throws AccountsUnavailable, also while it should have risen and cannot */
  async of(operation_id: number): Promise<number> {
    if (this.#owed.has(operation_id)) await this.raise(operation_id);
    const row = await this.#db
      .selectFrom('data_versions')
      .select('version')
      .where('operation_id', '=', operation_id)
      .executeTakeFirst();
    return Number(row?.version ?? 0);
  }

  async raise(operation_id: number): Promise<void> {
    try {
      await this.#rise(operation_id);
    } catch (error) {
      this.#owed.add(operation_id);
      throw error;
    }
    this.#owed.delete(operation_id);
  }

  async #rise(operation_id: number): Promise<void> {
    await this.#db
      .insertInto('data_versions')
      .values({ operation_id, version: 1 })
      .onConflict((conflict) =>
        conflict
          .column('operation_id')
          .doUpdateSet((eb) => ({ version: eb('data_versions.version', '+', 1) })),
      )
      .execute();
  }

  /** After a kill an upload may be visible whose number was not raised yet: raise them all, those of deliveries too. */
  async start(): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      const clean = await tx.deleteFrom('settings').where('name', '=', CLEAN_STOP).executeTakeFirst();
      if (clean.numDeletedRows > 0n) return;
      await passOverNumbers(tx);
      const operations = await tx.selectFrom('operations').select('id').execute();
      for (const { id } of operations) {
        await tx
          .insertInto('data_versions')
          .values({ operation_id: id, version: 1 })
          .onConflict((conflict) =>
            conflict
              .column('operation_id')
              .doUpdateSet((eb) => ({ version: eb('data_versions.version', '+', RAISED_AT_A_START) })),
          )
          .execute();
      }
    });
  }

  /** To be called when no upload is under way any more. What is owed then is left to the next start, which raises all. */
  async stop(): Promise<void> {
    if (this.#owed.size > 0) return;
    await this.#db
      .insertInto('settings')
      .values({ name: CLEAN_STOP, value: '1' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
