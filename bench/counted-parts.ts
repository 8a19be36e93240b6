import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Counted, Ready } from './counted-parts-service.js';

/** A service in a process of its own that counts its engine's parts: no public call tells of them. */
export class CountedParts {
  readonly url: string;
  readonly token: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, token }: Ready) {
    this.url = url;
    this.token = token;
    this.#child = child;
  }

  static async start(data: string): Promise<CountedParts> {
    const child = fork(new URL('./counted-parts-service.ts', import.meta.url), [data]);
    const gone = once(child, 'exit').then(() => Promise.reject(new Error('the service ended')));
    gone.catch(() => undefined);
    const [ready]: Ready[] = await Promise.race([once(child, 'message'), gone]);
    if (!ready) throw new Error('the service said nothing');
    return new CountedParts(child, ready);
  }

  /** Ends it, and tells what was seen. */
  async stop(): Promise<Counted> {
    const told = once(this.#child, 'message');
    const ended = once(this.#child, 'exit');
    this.#child.send('stop');
    const [counted]: Counted[] = await told;
    await ended;
    if (!counted) throw new Error('the service counted nothing');
    return counted;
  }
}
