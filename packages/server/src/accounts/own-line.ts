import type { AccountsStore } from './schema.js';
import { AccountsUnavailable } from './unavailable.js';

export interface OwnLineOptions {
  /** Pieces of work of one key that go on at once. */
  readonly at_once: number;
  /** The longest that one waits for its turn. */
  readonly wait_ms: number;
}

interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * A line for each key: a few of its pieces of work go on at once, and the others wait in the order in which they came. So what
 * would wait for one row of a database waits here instead, where it holds none of the connections that others need.
 */
export class OwnLine {
  readonly #options: OwnLineOptions;
  /** Gone when nothing of the key goes on. */
  readonly #lines = new Map<number, Line>();

  constructor(options: OwnLineOptions) {
    this.#options = options;
  }

  /**
   * For work in a database that is asked over several connections. Over one connection all take turns anyway, and whoever has
   * committed waits for the disk beside the others: a line would have each wait for the disk before the next begins.
   */
  static over({ apart }: Pick<AccountsStore, 'apart'>, options: OwnLineOptions): OwnLine {
    return new OwnLine(apart ? options : { ...options, at_once: Number.POSITIVE_INFINITY });
  }

  /** @throws AccountsUnavailable when its turn does not come in time; what the work throws */
  async run<T>(key: number, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key) ?? { running: 0, waiting: [] };
    this.#lines.set(key, line);
    if (line.running >= this.#options.at_once) await this.#wait(line);
    else line.running += 1;
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else line.running -= 1;
      if (line.running === 0) this.#lines.delete(key);
    }
  }

  /** Resolves with the turn of one that has ended. */
  #wait({ waiting }: Line): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(new AccountsUnavailable('busy', 'too many of one operation wait'));
      }, this.#options.wait_ms);
      waiting.push(begin);
    });
  }
}
