/** What the client needs of where it runs. Node and browsers each have their own; tests turn the clock. */
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
   * @param token names the token without telling it
   * @param held_ms for how long it may be held at most; then it counts as forgotten
   * @returns what gives it back; undefined when somebody else has it
   */
  take(token: string, slot: number, held_ms: number): Promise<Release | undefined>;
}

export type Release = () => Promise<void>;

/** Counts calls of a day, over all programs of one user on this machine where the platform can. */
export interface CallCounter {
  /** Counts one more. @returns how many the day has with it: never too few */
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
