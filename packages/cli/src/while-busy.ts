import { setTimeout as sleep } from 'node:timers/promises';
import { ServerRefusal } from './api-client.js';

/** As long as a person waits before looking for a fault. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Repeats an action while the server is busy and says when to try again. The action must be safe to repeat from its
 * beginning.
 *
 * @param tell shows a person the reason for waiting
 */
export async function whileBusy<T>(work: () => Promise<T>, tell: (line: string) => void): Promise<T> {
  const end_ms = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ServerRefusal) || error.status !== 503) throw error;
      const { retry_after_s } = error;
      if (retry_after_s === undefined || performance.now() + retry_after_s * 1_000 > end_ms) throw error;
      tell(`The server is busy: trying again in ${retry_after_s} s`);
      await sleep(retry_after_s * 1_000);
    }
  }
}
