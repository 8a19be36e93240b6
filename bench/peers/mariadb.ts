import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { AttemptsFile } from './attempts-file.js';
import { ChildServer, run } from './child-server.js';
import { ClientSession } from './client-session.js';
import type { OpenPeers, Peer, PeerKind } from './peer.js';
import { loading, placeOf } from './place.js';
import type { Question } from './questions.js';
import { type Dialect, statementOf } from './statement.js';

/** A table in MariaDB and how the attempts get into it. */
export interface MariaDbTable {
  readonly name: string;
  /** Of its directory. */
  readonly short: string;
  readonly create: string;
  /** Behind the load of everything: indexes that are built at once are built faster and denser. */
  readonly indexes: readonly string[];
  /** From `(` on: which columns of the file go where. */
  readonly columns: string;
  readonly dialect: Dialect;
}

const SERVER = '/usr/sbin/mariadbd';
const BUFFER_POOL = '2G';

/** A server of its own for each table, so that none takes the other's place in the buffer pool. */
export function mariaDb(table: MariaDbTable): PeerKind {
  return {
    name: table.name,
    missing: async () => (existsSync(SERVER) ? undefined : 'apt-get install mariadb-server'),
    async open(attempts, say): Promise<OpenPeers> {
      const place = await placeOf(table.short, attempts.attempts);
      const data = join(place.path, 'data');
      if (!place.loaded) await run('mariadb-install-db', installArguments(data));
      const socket = join(place.path, 'socket');
      const server = await ChildServer.start({
        command: SERVER,
        args: serverArguments(data, socket),
        directory: place.path,
        stop_signal: 'SIGTERM',
        ready: () => run('mariadb', [...clientArguments(socket), '--execute', 'SELECT 1']),
      });
      const peer = new MariaDb(table, socket);
      if (!place.loaded) await loading(table.name, say, () => peer.load(attempts));
      await place.setLoaded();
      return {
        peers: [peer],
        async close() {
          await peer.close();
          await server.stop();
        },
      };
    },
  };
}

const installArguments = (data: string) => [
  '--no-defaults',
  `--datadir=${data}`,
  '--auth-root-authentication-method=normal',
  '--skip-test-db',
  `--user=${userInfo().username}`,
];

/** Durability is at its default: the log is flushed and synced at each commit. No network at all, a socket only. */
const serverArguments = (data: string, socket: string) => [
  '--no-defaults',
  `--datadir=${data}`,
  `--socket=${socket}`,
  `--pid-file=${socket}.pid`,
  `--user=${userInfo().username}`,
  '--skip-networking',
  '--local-infile=1',
  '--character-set-server=latin1',
  '--collation-server=latin1_bin',
  '--default-time-zone=+00:00',
  `--innodb-buffer-pool-size=${BUFFER_POOL}`,
  '--innodb-log-file-size=1G',
  // Groups of a report fit into memory.
  '--tmp-table-size=1G',
  '--max-heap-table-size=1G',
  '--sort-buffer-size=64M',
];

const clientArguments = (socket: string) => ['--no-defaults', `--socket=${socket}`, '--user=root'];

/**
 * Time is the client's own, `N rows in set (0.123 sec)`: from sending the statement until the whole result is in the
 * client's memory, and not until it is printed. It has three decimals of a second. (What is printed then comes through a
 * pipe and is thrown away, after the clock has stopped.)
 */
class MariaDb implements Peer {
  readonly name: string;
  readonly #table: MariaDbTable;
  readonly #client: ClientSession;
  #asked = 0;

  constructor(table: MariaDbTable, socket: string) {
    this.name = table.name;
    this.#table = table;
    const args = ['--batch', '--skip-column-names', '--unbuffered', '-vvv', '--local-infile=1'];
    this.#client = new ClientSession('mariadb', [...clientArguments(socket), ...args]);
  }

  async load(attempts: AttemptsFile): Promise<void> {
    await this.#run('CREATE DATABASE peers');
    await this.#run(this.#table.create);
    await this.insert(attempts);
    if (this.#table.indexes.length > 0) {
      await this.#run(`ALTER TABLE peers.attempts ADD ${this.#table.indexes.join(', ADD ')}`);
    }
    await this.#run('ANALYZE TABLE peers.attempts');
  }

  async rows(question: Question): Promise<readonly string[]> {
    const lines = await this.#lines(statementOf(question, this.#table.dialect), (line) =>
      /^\| \d.*\|$/.test(line),
    );
    // `| a | b |`, padded to a table.
    return lines.map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
        .join('\t'),
    );
  }

  ask(question: Question): Promise<number> {
    return this.#run(statementOf(question, this.#table.dialect));
  }

  insert({ path }: AttemptsFile): Promise<number> {
    return this.#run(
      `LOAD DATA LOCAL INFILE '${path}' INTO TABLE peers.attempts CHARACTER SET latin1 ${this.#table.columns}`,
    );
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #run(sql: string): Promise<number> {
    const times = await this.#lines(sql, (line) => TIMED.test(line));
    // The first may still be of the mark before.
    const [, minutes = 0, seconds = Number.NaN] = TIMED.exec(times.at(-1) ?? '') ?? [];
    return (Number(minutes) * 60 + Number(seconds)) * 1_000;
  }

  #lines(sql: string, keep: (line: string) => boolean): Promise<string[]> {
    this.#asked += 1;
    const mark = `mark-${this.#asked}`;
    return this.#client.ask(`${sql};\nSELECT '${mark}';\n`, `| ${mark} |`, keep);
  }
}

/** `60000 rows in set (1 min 2.345 sec)`, `Query OK, 10000 rows affected (0.012 sec)`. */
const TIMED = /^(?:\d+ rows? in set|Query OK,).* \((?:(\d+) min )?([\d.]+) sec\)$/;
