import type { CallsToday } from '@recuento/client';

/** How far a pull is. */
export interface PullProgress {
  window(done: number, all: number): void;
  /** Takes the line away, for what is to be told next. */
  clear(): void;
}

const QUIET: PullProgress = { window: () => undefined, clear: () => undefined };

const CLEAR_LINE = '\r\u001b[K';

/**
 * A line with the calls of the day that changes in place on a terminal; nothing where the output goes into a file or a pipe.
 * Plain writes, as a prompt library would read the keyboard and end the process at Ctrl+C with success.
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
