import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Waits for time, for a change of a file or of what it is renamed to, and for the end of it all. */
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

  /** Until the file changes, or has changed since the last sleep, and no longer than that. */
  async sleep(ms: number): Promise<void> {
    if (!this.#changed) {
      await this.#wait(ms, (wake) => {
        this.#wake = wake;
      });
    }
    this.#wake = undefined;
    this.#changed = false;
  }

  /** That long, whatever the file does. */
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

/** Where a system can't watch (its limit of watches is reached), looking now and then has to do. */
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
