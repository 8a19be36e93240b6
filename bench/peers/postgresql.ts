import { existsSync } from 'node:fs';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttemptsFile, FILE_COLUMNS } from './attempts-file.js';
import { ChildServer, run, type ServerOptions } from './child-server.js';
import type { OpenPeers, Peer, PeerKind } from './peer.js';
import { loading, placeOf } from './place.js';
import { clientArguments, PostgreSqlClient } from './postgresql-client.js';
import type { Question } from './questions.js';
import { type Dialect, lineOfText, RECOGNITIONS, statementOf, utc } from './statement.js';

const NAME = 'PostgreSQL, covering index';
const INSTALLED = '/usr/lib/postgresql';

/** A narrow table and an index that has all of it in the report's order, so that reports need the index only. */
const TABLE = `CREATE TABLE attempts (
  campaign_id integer NOT NULL,
  telephone text COLLATE "C" NOT NULL,
  dialed_at timestamptz NOT NULL,
  result text COLLATE "C" NOT NULL)`;
const INDEX = 'CREATE INDEX report ON attempts (campaign_id, telephone, dialed_at) INCLUDE (result)';

/** The file as it is; only what the table has goes on into it. */
const STAGE = `CREATE TEMPORARY TABLE stage (${FILE_COLUMNS.map((name) => `${name} text`).join(', ')})`;

const DIALECT: Dialect = {
  table: 'attempts',
  telephone: 'telephone',
  campaign: (campaign_id) => `campaign_id = ${campaign_id}`,
  dialed_at: 'dialed_at',
  instant: (seconds) => `'${utc(seconds)}+00'`,
  count: (code) => `count(*) FILTER (WHERE result = '${code}')`,
  recognized: `result IN (${RECOGNITIONS})`,
};

export const postgreSql: PeerKind = {
  name: NAME,
  missing: async () => ((await binaries()) === undefined ? 'apt-get install postgresql' : undefined),
  async open(attempts, say): Promise<OpenPeers> {
    const place = await placeOf('postgresql', attempts.attempts);
    const bin = (await binaries()) ?? '';
    const user = await owner();
    const directory = join(place.path, 'server');
    const data = join(directory, 'data');
    await mkdir(directory, { recursive: true });
    if (user) await chown(directory, user.uid, user.gid);
    if (!place.loaded) {
      const made = ['--pgdata', data, '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C'];
      await run(join(bin, 'initdb'), made, { cwd: directory, ...user });
    }
    const server = await ChildServer.start({
      command: join(bin, 'postgres'),
      args: ['-D', data, ...settings(directory).flatMap((setting) => ['-c', setting])],
      directory,
      ...(user && { user }),
      stop_signal: 'SIGINT', // does not wait for clients
      ready: () => run(join(bin, 'psql'), [...clientArguments(directory), '--command', 'SELECT 1']),
    });
    const client = new PostgreSqlClient(join(bin, 'psql'), directory);
    if (!place.loaded) await loading(NAME, say, () => load(client, attempts));
    await place.setLoaded();
    return {
      peers: [new PostgreSqlRows(client), new PostgreSqlJson(client)],
      async close() {
        await client.close();
        await server.stop();
      },
    };
  },
};

/** The newest installed version's. */
async function binaries(): Promise<string | undefined> {
  if (!existsSync(INSTALLED)) return undefined;
  const versions = (await readdir(INSTALLED)).map(Number).sort((a, b) => b - a);
  return versions
    .map((version) => join(INSTALLED, String(version), 'bin'))
    .find((bin) => existsSync(join(bin, 'postgres')));
}

/** The server refuses to run as root. */
async function owner(): Promise<ServerOptions['user']> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** Durability is at its default: synchronous commits. No network at all, a socket only. */
const settings = (directory: string) => [
  'listen_addresses=',
  `unix_socket_directories=${directory}`,
  'shared_buffers=2GB',
  // Groups of a report fit into memory, and an index is built in it.
  'work_mem=512MB',
  'maintenance_work_mem=1GB',
  'max_wal_size=8GB',
];

async function load(client: PostgreSqlClient, attempts: AttemptsFile): Promise<void> {
  await client.lines(`${TABLE};`);
  await insert(client, attempts);
  await client.lines(`${INDEX};`);
  await client.lines('VACUUM (ANALYZE) attempts;'); // or the index alone would not do
  await client.lines('CHECKPOINT;');
}

/** The time is of the insert into the table; that the file gets into a temporary one before is not counted. */
async function insert(client: PostgreSqlClient, { path }: AttemptsFile): Promise<number> {
  await client.lines(`${STAGE};\n\\copy stage FROM '${path}'`);
  const ms = await client.time(
    `INSERT INTO attempts SELECT campaign_id::integer, telephone, to_timestamp(dialed_at::bigint), result FROM stage;`,
  );
  await client.lines('DROP TABLE stage;');
  return ms;
}

class PostgreSqlRows implements Peer {
  readonly name = NAME;
  readonly #client: PostgreSqlClient;

  constructor(client: PostgreSqlClient) {
    this.#client = client;
  }

  rows(question: Question): Promise<readonly string[]> {
    return this.#client.lines(`${statementOf(question, DIALECT)};`);
  }

  ask(question: Question): Promise<number> {
    return this.#client.time(`${statementOf(question, DIALECT)};`);
  }

  insert(attempts: AttemptsFile): Promise<number> {
    return insert(this.#client, attempts);
  }
}

/** The same with each row as JSON, made by the server. */
class PostgreSqlJson implements Peer {
  readonly name = `${NAME}, JSON made in it`;
  readonly #client: PostgreSqlClient;

  constructor(client: PostgreSqlClient) {
    this.#client = client;
  }

  async rows(question: Question): Promise<readonly string[]> {
    return (await this.#client.lines(this.#statement(question))).map(lineOfText);
  }

  ask(question: Question): Promise<number> {
    return this.#client.time(this.#statement(question));
  }

  #statement(question: Question): string {
    return `SELECT row_to_json(report) FROM (${statementOf(question, DIALECT)}) AS report;`;
  }
}
