import { setTimeout as wait } from 'node:timers/promises';
import { type UploadReply, uploadReplySchema } from '@recuento/contract';
import { type KeyedUpload, KeysUnderWay, otherBody, waitNoMore } from './keys-under-way.js';
import type { Owed } from './owed.js';
import type { AccountsStore } from './schema.js';

/** How long a key is remembered; a retry comes within minutes, and a day covers a night's outage. */
const KEY_LIFE_MS = 24 * 3_600_000;

/**
 * Old keys that are dropped with each new one: more than are added, so they never pile up, and few enough to cost nothing
 * noticeable.
 */
export const DROPPED_AT_ONCE = 16;

/** Between two looks at a key that another node has under way: short beside an upload, and the statement is cheap. */
const LOOK_AGAIN_MS = 100;
/**
 * How often the key is looked at: for a minute. A node that died is taken over by then (nodes.ts), and a caller who still waits
 * is told to come again.
 */
const LOOKS_MAX = 600;

/**
 * Remembers the answer to each `Idempotency-Key`, and which node has the key under way. So uploads with the same key and body are
 * stored once, whichever nodes they come to. Keys of different operations never meet.
 */
export class IdempotencyKeys {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #node: string;
  readonly #owed: Owed;
  /** Comes before the table: of the uploads of this process with one key, one at a time gets as far as the table. */
  readonly #under_way = new KeysUnderWay<UploadReply>();
  #claims = 0;

  constructor(db: AccountsStore, now_ms: () => number, node: string, owed: Owed) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
    this.#owed = owed;
  }

  /**
   * Stores an upload, unless one with the same key and body was stored before. Returns the answer.
   *
   * @param store resolves with the answer once the attempts are durable. It may store them only while this node has the claim
   * that it is given (pending-deliveries.ts): a node that was taken for dead has lost the claim
   * @param hung_up ends the wait for another upload with the same key
   * @throws RecuentoError conflict when the key came before, or comes at the same time, with another body; unavailable when too
   * many uploads wait, or this one waited too long; what `store` throws
   */
  once(
    upload: KeyedUpload,
    store: (claim: number) => Promise<UploadReply>,
    hung_up: AbortSignal,
  ): Promise<UploadReply> {
    const unlessStored = async () => {
      this.#claims += 1;
      const claim = this.#claims;
      const seen = await this.#claim(upload, claim, hung_up);
      if (seen !== 'taken') return seen;
      try {
        await this.#dropOld();
        const answer = await store(claim);
        await this.#remember(upload, claim, answer);
        return answer;
      } catch (error) {
        await this.#release(upload, claim);
        throw error;
      }
    };
    return this.#under_way.run(upload, unlessStored, hung_up);
  }

  /** Takes the key, or finds the answer to the upload that was stored with it before. @throws RecuentoError */
  async #claim(upload: KeyedUpload, claim: number, hung_up: AbortSignal): Promise<UploadReply | 'taken'> {
    if (await this.#take(upload, claim)) return 'taken';
    const seen = await this.#lookAndTake(upload, claim);
    if (seen !== 'under way') return seen;
    return this.#under_way.counted(upload.operation_id, hung_up, async () => {
      for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
        await wait(LOOK_AGAIN_MS, undefined, { signal: hung_up }).catch(() => hung_up.throwIfAborted());
        const seen = await this.#lookAndTake(upload, claim);
        if (seen !== 'under way') return seen;
      }
      throw waitNoMore();
    });
  }

  async #lookAndTake(upload: KeyedUpload, claim: number): Promise<UploadReply | 'taken' | 'under way'> {
    const seen = await this.#look(upload);
    if (seen !== 'free') return seen;
    return (await this.#take(upload, claim)) ? 'taken' : 'under way';
  }

  /**
   * Notes that this node has the key, unless the key was answered or another node has it. The note need not be on disk: after a
   * start without it, no upload is under way either.
   *
   * @returns whether it is noted
   */
  async #take({ operation_id, key, fingerprint }: KeyedUpload, claim: number): Promise<boolean> {
    const now = this.#now_ms();
    const row = { fingerprint, received: 0, answer: null, created_at_ms: now, node: this.#node, claim };
    const taken = await this.#db.unsynced
      .insertInto('idempotency_keys')
      .values({ operation_id, key, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(['operation_id', 'key'])
          .doUpdateSet(row)
          .where(({ and, or, eb }) =>
            or([
              // Answered, and too old to hold.
              and([
                eb('idempotency_keys.node', 'is', null),
                eb('idempotency_keys.created_at_ms', '<=', now - KEY_LIFE_MS),
              ]),
              // Left by an upload of this process whose end could not be noted: no other of this process has the key under way.
              eb('idempotency_keys.node', '=', this.#node),
            ]),
          ),
      )
      .returning('claim')
      .executeTakeFirst();
    return taken !== undefined;
  }

  /** The answer to the upload with this key, or whether the key may be taken. @throws RecuentoError conflict */
  async #look({ operation_id, key, fingerprint }: KeyedUpload): Promise<UploadReply | 'free' | 'under way'> {
    const seen = await this.#db
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'received', 'answer', 'node', 'created_at_ms'])
      .where('operation_id', '=', operation_id)
      .where('key', '=', key)
      .executeTakeFirst();
    if (!seen) return 'free';
    const is_old = Number(seen.created_at_ms) <= this.#now_ms() - KEY_LIFE_MS;
    if (seen.node === this.#node || (seen.node === null && is_old)) return 'free';
    if (seen.fingerprint !== fingerprint) throw otherBody();
    if (seen.node !== null) return 'under way';
    return seen.answer === null
      ? { received: seen.received }
      : uploadReplySchema.parse(JSON.parse(seen.answer));
  }

  /** To be called once the upload is durable. A node that took the key over meanwhile keeps it. */
  async #remember(
    { operation_id, key, fingerprint }: KeyedUpload,
    claim: number,
    reply: UploadReply,
  ): Promise<void> {
    const answer = reply.rejected_total === undefined ? null : JSON.stringify(reply);
    const { received } = reply;
    const row = { fingerprint, received, answer, created_at_ms: this.#now_ms(), node: null, claim: null };
    await this.#db
      .insertInto('idempotency_keys')
      .values({ operation_id, key, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(['operation_id', 'key'])
          .doUpdateSet(row)
          .where('idempotency_keys.node', '=', this.#node)
          .where('idempotency_keys.claim', '=', claim),
      )
      .execute();
  }

  /** Frees the key for the next upload, now or, where that fails, later. Never rejects. */
  async #release({ operation_id, key }: KeyedUpload, claim: number): Promise<void> {
    await this.#owed.settle(`the release of key ${claim}`, async () => {
      await this.#db.unsynced
        .deleteFrom('idempotency_keys')
        .where('operation_id', '=', operation_id)
        .where('key', '=', key)
        .where('node', '=', this.#node)
        .where('claim', '=', claim)
        .execute();
    });
  }

  /** Drops some keys that are too old. Never rejects: what cannot be dropped now is dropped with a later one. */
  async #dropOld(): Promise<void> {
    const before_ms = this.#now_ms() - KEY_LIFE_MS;
    await this.#db.unsynced
      .deleteFrom('idempotency_keys')
      .where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('operation_id', 'key'),
          'in',
          selectFrom('idempotency_keys as old')
            .select(['old.operation_id', 'old.key'])
            .where('old.created_at_ms', '<=', before_ms)
            .where('old.node', 'is', null)
            .orderBy('old.created_at_ms')
            .limit(DROPPED_AT_ONCE)
            .$asTuple('operation_id', 'key'),
        ),
      )
      .execute()
      .catch(() => undefined);
  }
}
