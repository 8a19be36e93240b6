import { ClientSession } from './client-session.js';

/** How psql finds the server of a directory. */
export const clientArguments = (directory: string) => [
  '--no-psqlrc',
  '--quiet',
  '--host',
  directory,
  '--username=postgres',
  '--dbname=postgres',
];

/**
 * Time is the client's own (`\timing`): from sending the statement until the whole result is in the client's memory, and
 * not until it is printed. (What is printed then goes to /dev/null, after the clock has stopped.)
 */
export class PostgreSqlClient {
  readonly #client: ClientSession;
  #asked = 0;

  constructor(psql: string, directory: string) {
    const args = ['--no-align', '--tuples-only', '--field-separator=\t', '--set=ON_ERROR_STOP=1'];
    this.#client = new ClientSession(psql, [...clientArguments(directory), ...args]);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async time(statement: string): Promise<number> {
    const lines = await this.lines(`\\timing on\n\\o /dev/null\n${statement}\n\\o\n\\timing off`);
    const [, ms = Number.NaN] = /^Time: ([\d.]+) ms/.exec(lines.at(-1) ?? '') ?? [];
    return Number(ms);
  }

  lines(text: string): Promise<string[]> {
    this.#asked += 1;
    const mark = `mark-${this.#asked}`;
    return this.#client.ask(`${text}\n\\echo ${mark}\n`, mark, () => true);
  }
}
