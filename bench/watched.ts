import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Answers, Ready } from './watched-service.js';

/** A service over a fixture in a process of its own that tells of its engine's reads, and runs them bare. */
export class WatchedService {
  readonly url: string;
  readonly token: string;
  /** Of the order by campaign. */
  readonly parts: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, token, parts }: Ready) {
    this.url = url;
    this.token = token;
    this.parts = parts;
    this.#child = child;
  }

  static async start(attempts: number): Promise<WatchedService> {
    const child = fork(new URL('./watched-service.ts', import.meta.url), [String(attempts)]);
    return new WatchedService(child, await answerOf<Ready>(child));
  }

  /** One order at a time. `stop` is the last. */
  async order<Order extends keyof Answers>(order: Order): Promise<Answers[Order]> {
    this.#child.send(order);
    const answer = await answerOf<Answers[Order]>(this.#child);
    if (order === 'stop') await once(this.#child, 'exit');
    return answer;
  }
}

/** The next message of a process. @throws Error when it ends before */
export async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const settled = new AbortController();
  const { signal } = settled;
  const gone = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('the service ended')));
  gone.catch(() => undefined);
  try {
    const [answer]: Answer[] = await Promise.race([once(child, 'message', { signal }), gone]);
    if (answer === undefined) throw new Error('the service said nothing');
    return answer;
  } finally {
    settled.abort();
  }
}
