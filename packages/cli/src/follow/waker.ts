import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Waits for a time, for a change of a file or of its rotated files, or for the stop signal. */
export class Waker {
  readonly #watcher: FSWatcher | undefined;
  readonly #stop: AbortSignal;
  #wake: (() => void) | undefined;
  #changed = false;

  constructor(file: string, stop: AbortSignal) {
    this.#stop = stop;
    this.#watcher = watchFor(file, () => {
      this.#changed = true;
      this.#wake?.();
    });
  }

  /** Waits until the file changes, at most `ms`. Returns at once if it changed since the last sleep. */
  async sleep(ms: number): Promise<void> {
    if (!this.#changed) {
      await this.#wait(ms, (wake) => {
        this.#wake = wake;
      });
    }
    this.#wake = undefined;
    this.#changed = false;
  }

  /** Waits `ms`, whether the file changes or not. */
  async pause(ms: number): Promise<void> {
    await this.#wait(ms, () => undefined);
  }

  close(): void {
    this.#watcher?.close();
  }

  async #wait(ms: number, arm: (wake: () => void) => void): Promise<void> {
    if (this.#stop.aborted) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#stop.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#stop.addEventListener('abort', end);
      arm(end);
    });
  }
}

/** Undefined if the system can't watch (its limit of watches is reached). Looking now and then must then suffice. */
function watchFor(file: string, changed: () => void): FSWatcher | undefined {
  const name = basename(file);
  try {
    const watcher = watch(dirname(file), (_event, of) => {
      if (of === null || of === name) changed();
    });
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}
