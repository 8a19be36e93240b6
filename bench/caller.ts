import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Ask, Reply } from './exchange.js';

/** The process that calls the service over a socket; see http-client.ts. */
export class Caller {
  readonly #child: ChildProcess = fork(new URL('./http-client.ts', import.meta.url));

  /** @throws Error when the reply's status is not 200 */
  async ask(ask: Pick<Ask, 'url' | 'token'>): Promise<Reply> {
    const failed = new AbortController();
    const gone = once(this.#child, 'exit', { signal: failed.signal }).then(
      () => Promise.reject(new Error('the calling process ended')),
      () => new Promise<never>(() => undefined), // the answer came first
    );
    try {
      this.#child.send(ask);
      const [reply]: Reply[] = await Promise.race([once(this.#child, 'message'), gone]);
      if (reply?.status !== 200) throw new Error(`the service replied ${reply?.status}: ${reply?.head}`);
      return reply;
    } finally {
      failed.abort();
    }
  }

  close(): void {
    this.#child.kill();
  }
}
