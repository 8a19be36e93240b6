/** What the client needs from its platform. Node and browsers have one each; tests have one whose clock they set. */
export interface Platform {
  readonly slots: SlotStore;
  readonly calls: CallCounter;
  now_ms(): number;
  /** At least 0 and less than 1. */
  random(): number;
  /** @throws the signal's reason when it fires first */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
  sha256(): Sha256;
}

/** A hash that is fed piece by piece; `digest` is lower-case hexadecimal. */
export interface Sha256 {
  update(text: string): void;
  digest(): Promise<string>;
}

/** Slots that all programs of one user on this machine share, as far as the platform can. */
export interface SlotStore {
  /**
   * Takes a slot if it is free.
   *
   * @param token a name for the token that does not reveal it
   * @param held_ms how long the slot may be held at most; after that it counts as left over
   * @returns a function that gives the slot back; undefined when another program has the slot
   */
  take(token: string, slot: number, held_ms: number): Promise<Release | undefined>;
}

export type Release = () => Promise<void>;

/** Counts calls of a day, by all programs of one user on this machine if the platform can. */
export interface CallCounter {
  /** Counts one more call. @returns the calls of the day, including this one: never too few */
  count(token: string, day: string): Promise<number>;
}

/** Waits in real time. */
export function realSleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
