import { RecuentoError } from '@recuento/contract';
import type { AccountsDatabase } from './schema.js';

/** How long a key is remembered; a retry comes within minutes, and a day covers a night's outage. */
const KEY_LIFE_MS = 24 * 3_600_000;

/** Remembers what an `Idempotency-Key` was answered with. Keys of different operations never meet. */
export class IdempotencyKeys {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;

  constructor(db: AccountsDatabase, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /**
   * How many records the upload with this key had, when it was stored before.
   *
   * @throws RecuentoError conflict, when the key came with another body
   */
  async find(operation_id: number, key: string, fingerprint: string): Promise<number | undefined> {
    const seen = await this.#db
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'received'])
      .where('operation_id', '=', operation_id)
      .where('key', '=', key)
      .where('created_at_ms', '>', this.#now_ms() - KEY_LIFE_MS)
      .executeTakeFirst();
    if (seen && seen.fingerprint !== fingerprint) {
      throw new RecuentoError('conflict', {
        values: { reason: 'THE IDEMPOTENCY-KEY CAME WITH ANOTHER BODY' },
      });
    }
    return seen?.received;
  }

  /** To be called once the upload is durable. Drops what is too old on the way. */
  async remember(operation_id: number, key: string, fingerprint: string, received: number): Promise<void> {
    const now = this.#now_ms();
    await this.#db
      .deleteFrom('idempotency_keys')
      .where('created_at_ms', '<=', now - KEY_LIFE_MS)
      .execute();
    await this.#db
      .insertInto('idempotency_keys')
      .values({ operation_id, key, fingerprint, received, created_at_ms: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
