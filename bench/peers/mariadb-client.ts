import { ClientSession } from './client-session.js';

/** How the client finds the server. */
export const clientArguments = (socket: string) => ['--no-defaults', `--socket=${socket}`, '--user=root'];

/**
 * Time is the client's own, `N rows in set (0.123 sec)`: from sending the statement until the whole result is in the
 * client's memory, and not until it is printed. It has three decimals of a second. (What is printed then comes through a
 * pipe and is thrown away, after the clock has stopped.)
 */
export class MariaDbClient {
  readonly #client: ClientSession;
  #asked = 0;

  constructor(socket: string) {
    const args = ['--batch', '--skip-column-names', '--unbuffered', '-vvv', '--local-infile=1'];
    this.#client = new ClientSession('mariadb', [...clientArguments(socket), ...args]);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async run(sql: string): Promise<number> {
    const times = await this.#lines(sql, (line) => TIMED.test(line));
    // The first may still be of the mark before.
    const [, minutes = 0, seconds = Number.NaN] = TIMED.exec(times.at(-1) ?? '') ?? [];
    return (Number(minutes) * 60 + Number(seconds)) * 1_000;
  }

  /** The cells of every row: it comes as `| a | b |`, padded to a table. */
  async cells(sql: string): Promise<string[][]> {
    const lines = await this.#lines(sql, (line) => /^\| [\d{].*\|$/.test(line));
    return lines.map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  }

  #lines(sql: string, keep: (line: string) => boolean): Promise<string[]> {
    this.#asked += 1;
    const mark = `mark-${this.#asked}`;
    return this.#client.ask(`${sql};\nSELECT '${mark}';\n`, `| ${mark} |`, keep);
  }
}

/** `60000 rows in set (1 min 2.345 sec)`, `Query OK, 10000 rows affected (0.012 sec)`. */
const TIMED = /^(?:\d+ rows? in set|Query OK,).* \((?:(\d+) min )?([\d.]+) sec\)$/;
