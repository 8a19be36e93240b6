import { Agent } from 'node:http';
import { exchange, type Reply } from '../exchange.js';
import { expected } from '../load.js';
import type { Sent } from './recorder.js';

/** A ClickHouse server that is asked by nobody but this process, over a connection that stays open. */
export class BareClickHouse {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** @param url `http://user:password@host:port` */
  constructor(url: string) {
    this.#url = url;
  }

  /**
   * What a service sent, once more; everything that it was told stays.
   *
   * @param instead what is told otherwise: another database, say
   */
  again({ path, body }: Sent, instead: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const url = new URL(path, this.#url);
    url.searchParams.delete('query_id'); // the one of the first time
    for (const [name, value] of Object.entries(instead)) url.searchParams.set(name, value);
    return this.#post(url, body);
  }

  /** A statement of the bench's own. @returns what it writes, of which there is little */
  async command(sql: string): Promise<string> {
    const { head } = await this.#post(new URL('/', this.#url), Buffer.from(sql));
    return head;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #post(url: URL, body: Buffer): Promise<Reply> {
    const { username, password } = new URL(this.#url);
    Object.assign(url, { username, password });
    const ask = { url: url.href, token: '', body, type: 'application/octet-stream' };
    return expected(await exchange(this.#agent, ask), 200);
  }
}
