import { setTimeout as wait } from 'node:timers/promises';
import { type UploadReply, uploadReplySchema } from '@recuento/contract';
import { type KeyedUpload, KeysUnderWay, otherBody, waitNoMore } from './keys-under-way.js';
import type { Owed } from './owed.js';
import type { AccountsStore } from './schema.js';

/** How long a key is remembered; a retry comes within minutes, and a day covers a night's outage. */
const KEY_LIFE_MS = 24 * 3_600_000;

/** Old keys that are dropped with each new one: more than come to be, so they never add up, and too few to be noticed. */
export const DROPPED_AT_ONCE = 16;

/** Between two looks at a key that another node has under way: little beside an upload, and a cheap statement. */
const LOOK_AGAIN_MS = 100;
/**
 * How often it is looked at: a minute's worth. A node that died is taken over by then (nodes.ts), and whoever still waits is told
 * to come again.
 */
const LOOKS_MAX = 600;

/**
 * Remembers what an `Idempotency-Key` was answered with, and which node has it under way: so of the same key and body one is
 * stored, whichever nodes they come to. Keys of different operations never meet.
 */
export class IdempotencyKeys {
  readonly #db: AccountsStore;
  readonly #now_ms: () => number;
  readonly #node: string;
  readonly #owed: Owed;
  /** In front of the table: of this process one at a time gets as far as that. */
  readonly #under_way = new KeysUnderWay<UploadReply>();
  #claims = 0;

  constructor(db: AccountsStore, now_ms: () => number, node: string, owed: Owed) {
    this.#db = db;
    this.#now_ms = now_ms;
    this.#node = node;
    this.#owed = owed;
  }

  /**
   * Stores an upload unless it was stored before: of the same key and body, one. Returns what it is answered.
   *
   * @param store resolves with that once its attempts are durable, which may be only while this node has the claim that it is given
   *   (pending-deliveries.ts): a node that was taken for dead has it no more
   * @param hung_up ends the waiting for another of the same key
   * @throws RecuentoError conflict when the key came, or comes at the same time, with another body; unavailable when too many
   * wait, or one too long; what `store` throws
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

  /** Takes the key, or finds what the upload was answered when it was stored before. @throws RecuentoError */
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
   * Notes that this node has the key, unless it was answered or another has it. It need not be on disk: a start that finds none
   * finds no upload under way either.
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
              // Left by one whose end could not be noted: of this process no other is under way.
              eb('idempotency_keys.node', '=', this.#node),
            ]),
          ),
      )
      .returning('claim')
      .executeTakeFirst();
    return taken !== undefined;
  }

  /** What the upload with this key was answered, or whether it may be taken. @throws RecuentoError conflict */
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

  /** To be called once the upload is durable. Whoever took the key over meanwhile keeps it. */
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

  /** Others get their turn, now or, where that cannot be noted, later. Never rejects. */
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

  /** Some keys that are too old. Never rejects: what cannot be dropped now is dropped with a later one. */
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
