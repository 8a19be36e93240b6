import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { AttemptsFile } from './attempts-file.js';
import { ChildServer, run } from './child-server.js';
import { clientArguments, MariaDbClient } from './mariadb-client.js';
import type { OpenPeers, Peer, PeerKind } from './peer.js';
import { loading, placeOf } from './place.js';
import type { Question } from './questions.js';
import { COLUMNS, type Dialect, lineOfText, statementOf } from './statement.js';

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
      const client = new MariaDbClient(socket);
      if (!place.loaded) await loading(table.name, say, () => load(client, table, attempts));
      await place.setLoaded();
      return {
        peers: [new MariaDbRows(table, client), new MariaDbJson(table, client)],
        async close() {
          await client.close();
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

async function load(client: MariaDbClient, table: MariaDbTable, attempts: AttemptsFile): Promise<void> {
  await client.run('CREATE DATABASE peers');
  await client.run(table.create);
  await insert(client, table, attempts);
  if (table.indexes.length > 0) {
    await client.run(`ALTER TABLE peers.attempts ADD ${table.indexes.join(', ADD ')}`);
  }
  await client.run('ANALYZE TABLE peers.attempts');
}

function insert(client: MariaDbClient, { columns }: MariaDbTable, { path }: AttemptsFile): Promise<number> {
  return client.run(
    `LOAD DATA LOCAL INFILE '${path}' INTO TABLE peers.attempts CHARACTER SET latin1 ${columns}`,
  );
}

class MariaDbRows implements Peer {
  readonly name: string;
  readonly #table: MariaDbTable;
  readonly #client: MariaDbClient;

  constructor(table: MariaDbTable, client: MariaDbClient) {
    this.name = table.name;
    this.#table = table;
    this.#client = client;
  }

  async rows(question: Question): Promise<readonly string[]> {
    const rows = await this.#client.cells(statementOf(question, this.#table.dialect));
    return rows.map((cells) => cells.join('\t'));
  }

  ask(question: Question): Promise<number> {
    return this.#client.run(statementOf(question, this.#table.dialect));
  }

  insert(attempts: AttemptsFile): Promise<number> {
    return insert(this.#client, this.#table, attempts);
  }
}

/** The same with each row as JSON, made by the server. */
class MariaDbJson implements Peer {
  readonly name: string;
  readonly #table: MariaDbTable;
  readonly #client: MariaDbClient;

  constructor(table: MariaDbTable, client: MariaDbClient) {
    this.name = `${table.name}, JSON made in it`;
    this.#table = table;
    this.#client = client;
  }

  async rows(question: Question): Promise<readonly string[]> {
    const rows = await this.#client.cells(this.#statement(question));
    return rows.map(([text = '']) => lineOfText(text));
  }

  ask(question: Question): Promise<number> {
    return this.#client.run(this.#statement(question));
  }

  #statement(question: Question): string {
    const fields = COLUMNS.map((name) => `'${name}', ${name}`).join(', ');
    return `SELECT JSON_OBJECT(${fields}) FROM (${statementOf(question, this.#table.dialect)}${
      question.limit === undefined ? ` LIMIT ${NO_LIMIT}` : ''
    }) AS report`;
  }
}

/** Without one MariaDB leaves out the order of what is selected from. */
const NO_LIMIT = 1_000_000_000;
