import type { CallsToday } from '@recuento/client';

/** Shows the progress of a pull. */
export interface PullProgress {
  window(done: number, all: number): void;
  /** Clears the line before the next message. */
  clear(): void;
}

const QUIET: PullProgress = { window: () => undefined, clear: () => undefined };

const CLEAR_LINE = '\r\u001b[K';

/**
 * On a terminal, a line with the calls of the day that changes in place; nothing if the output goes into a file or a pipe.
 * Plain writes: a prompt library would read the keyboard and end the process at Ctrl+C with success.
 */
export function pullProgress(label: string, calls: () => CallsToday): PullProgress {
  if (!process.stdout.isTTY) return QUIET;
  return {
    window(done, all) {
      const { spent, left } = calls();
      const percent = Math.floor((100 * done) / all);
      const text = `${label}: ${percent} %, window ${done} of ${all}, ${spent} calls today, ${left} left`;
      process.stdout.write(CLEAR_LINE + text);
    },
    clear: () => {
      process.stdout.write(CLEAR_LINE);
    },
  };
}
