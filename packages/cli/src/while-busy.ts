import { setTimeout as sleep } from 'node:timers/promises';
import { ServerRefusal } from './api-client.js';

/** As long as a person waits before he looks what is wrong. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Does it again while the server has no room for it and says when to come again. It must be safe to do again, and begin anew.
 *
 * @param tell what is waited for, for a person
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
