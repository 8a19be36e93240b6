import { RecuentoError } from '@recuento/contract';

/** What identifies an upload with an `Idempotency-Key`. */
export interface KeyedUpload {
  readonly operation_id: number;
  readonly key: string;
  /** Distinguishes its body, and what was asked to be done with it, from others. */
  readonly fingerprint: string;
}

/**
 * Uploads of an operation that may wait for another upload with their key, all its keys together. A client that sends again has
 * one or two of them; each holds its body meanwhile.
 */
export const WAITING_MAX = 64;
const RETRY_AFTER_S = 5;

/** How the upload that was waited for ended: with an answer, or with a failure. Then it is the waiter's turn. */
type Outcome<Answer> = { readonly answer: Answer } | 'try yourself';

interface UnderWay<Answer> {
  readonly fingerprint: string;
  readonly waiting: ((outcome: Outcome<Answer>) => void)[];
}

/** Uploads under way, by key. Of those with the same key and body one is stored, and the others wait for its answer. */
export class KeysUnderWay<Answer> {
  readonly #under_way = new Map<string, UnderWay<Answer>>();
  /** By operation; gone when none waits. */
  readonly #waiting = new Map<number, number>();

  /**
   * Runs `store`, or waits for the upload with the key that is running and returns its answer. When that upload fails, it is the
   * next one's turn, in the order in which they came.
   *
   * @param hung_up ends the wait; an upload that is running goes on, as it may be stored already
   * @throws RecuentoError conflict when another body is under way with the key, unavailable when too many wait
   */
  async run(upload: KeyedUpload, store: () => Promise<Answer>, hung_up: AbortSignal): Promise<Answer> {
    const name = `${upload.operation_id} ${upload.key}`;
    const first = this.#under_way.get(name);
    if (first === undefined) this.#under_way.set(name, { fingerprint: upload.fingerprint, waiting: [] });
    else {
      if (first.fingerprint !== upload.fingerprint) throw otherBody();
      const outcome = await this.#wait(upload.operation_id, first, hung_up);
      if (outcome !== 'try yourself') return outcome.answer;
    }
    try {
      const answer = await store();
      this.#end(name, { answer });
      return answer;
    } catch (error) {
      this.#passOn(name);
      throw error;
    }
  }

  /** Keys under way and uploads that wait, of all operations. */
  get size(): number {
    let size = this.#under_way.size;
    for (const waiting of this.#waiting.values()) size += waiting;
    return size;
  }

  #wait(operation_id: number, first: UnderWay<Answer>, hung_up: AbortSignal): Promise<Outcome<Answer>> {
    return this.counted(operation_id, hung_up, () => {
      return new Promise<Outcome<Answer>>((resolve, reject) => {
        const leave = () => {
          first.waiting.splice(first.waiting.indexOf(take), 1);
          reject(hung_up.reason);
        };
        const take = (outcome: Outcome<Answer>) => {
          hung_up.removeEventListener('abort', leave);
          resolve(outcome);
        };
        hung_up.addEventListener('abort', leave, { once: true });
        first.waiting.push(take);
      });
    });
  }

  /**
   * Runs `wait`, counted among the operation's uploads that wait: for an upload of this process, or of another.
   *
   * @throws RecuentoError unavailable when too many wait; the signal's reason when it is aborted already
   */
  async counted<T>(operation_id: number, hung_up: AbortSignal, wait: () => Promise<T>): Promise<T> {
    hung_up.throwIfAborted();
    const count = this.#waiting.get(operation_id) ?? 0;
    if (count >= WAITING_MAX) throw waitNoMore();
    this.#waiting.set(operation_id, count + 1);
    try {
      return await wait();
    } finally {
      const left = (this.#waiting.get(operation_id) ?? 1) - 1;
      if (left === 0) this.#waiting.delete(operation_id);
      else this.#waiting.set(operation_id, left);
    }
  }

  #end(name: string, outcome: Outcome<Answer>): void {
    for (const take of this.#under_way.get(name)?.waiting ?? []) take(outcome);
    this.#under_way.delete(name);
  }

  /** The key stays taken when somebody waits: the first of them tries now. */
  #passOn(name: string): void {
    const next = this.#under_way.get(name)?.waiting.shift();
    if (next === undefined) this.#under_way.delete(name);
    else next('try yourself');
  }
}

export function otherBody(): RecuentoError {
  return new RecuentoError('conflict', {
    values: { reason: 'THE IDEMPOTENCY-KEY CAME WITH ANOTHER BODY' },
  });
}

/** The other upload is still under way: the client should send again later. */
export function waitNoMore(): RecuentoError {
  return new RecuentoError('unavailable', {
    values: { seconds: RETRY_AFTER_S },
    retry_after_s: RETRY_AFTER_S,
  });
}
