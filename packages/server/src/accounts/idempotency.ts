import { type UploadReply, uploadReplySchema } from '@recuento/contract';
import { type KeyedUpload, KeysUnderWay, otherBody } from './keys-under-way.js';
import type { AccountsDatabase } from './schema.js';

/** How long a key is remembered; a retry comes within minutes, and a day covers a night's outage. */
const KEY_LIFE_MS = 24 * 3_600_000;

/** Old keys that are dropped with each new one: more than come to be, so they never add up, and too few to be noticed. */
export const DROPPED_AT_ONCE = 16;

/** Remembers what an `Idempotency-Key` was answered with. Keys of different operations never meet. */
export class IdempotencyKeys {
  readonly #db: AccountsDatabase;
  readonly #now_ms: () => number;
  readonly #under_way = new KeysUnderWay<UploadReply>();

  constructor(db: AccountsDatabase, now_ms: () => number) {
    this.#db = db;
    this.#now_ms = now_ms;
  }

  /**
   * Stores an upload unless it was stored before: of the same key and body, one. Returns what it is answered.
   *
   * @param store resolves with that once they are durable
   * @param hung_up ends the waiting for another of the same key
   * @throws RecuentoError conflict when the key came, or comes at the same time, with another body; what `store` throws
   */
  once(upload: KeyedUpload, store: () => Promise<UploadReply>, hung_up: AbortSignal): Promise<UploadReply> {
    const unlessStored = async () => {
      const seen = await this.#find(upload);
      if (seen !== undefined) return seen;
      const answer = await store();
      await this.#remember(upload, answer);
      return answer;
    };
    return this.#under_way.run(upload, unlessStored, hung_up);
  }

  /** What the upload with this key was answered, when it was stored before. @throws RecuentoError conflict */
  async #find({ operation_id, key, fingerprint }: KeyedUpload): Promise<UploadReply | undefined> {
    const seen = await this.#db
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'received', 'answer'])
      .where('operation_id', '=', operation_id)
      .where('key', '=', key)
      .where('created_at_ms', '>', this.#now_ms() - KEY_LIFE_MS)
      .executeTakeFirst();
    if (seen && seen.fingerprint !== fingerprint) throw otherBody();
    if (!seen) return undefined;
    return seen.answer === null
      ? { received: seen.received }
      : uploadReplySchema.parse(JSON.parse(seen.answer));
  }

  /** To be called once the upload is durable. Drops some that are too old on the way: one commit for both. */
  async #remember({ operation_id, key, fingerprint }: KeyedUpload, reply: UploadReply): Promise<void> {
    const now = this.#now_ms();
    const answer = reply.rejected_total === undefined ? null : JSON.stringify(reply);
    const row = { fingerprint, received: reply.received, answer, created_at_ms: now };
    await this.#db.transaction().execute(async (db) => {
      await db
        .deleteFrom('idempotency_keys')
        .where(({ eb, refTuple, selectFrom }) =>
          eb(
            refTuple('operation_id', 'key'),
            'in',
            selectFrom('idempotency_keys as old')
              .select(['old.operation_id', 'old.key'])
              .where('old.created_at_ms', '<=', now - KEY_LIFE_MS)
              .orderBy('old.created_at_ms')
              .limit(DROPPED_AT_ONCE)
              .$asTuple('operation_id', 'key'),
          ),
        )
        .execute();
      await db
        .insertInto('idempotency_keys')
        .values({ operation_id, key, ...row })
        // It is there when it is too old to hold and was not dropped yet.
        .onConflict((conflict) => conflict.columns(['operation_id', 'key']).doUpdateSet(row))
        .execute();
    });
  }
}
