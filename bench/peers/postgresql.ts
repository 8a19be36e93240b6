import { existsSync } from 'node:fs';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttemptsFile, FILE_COLUMNS } from './attempts-file.js';
import { ChildServer, run, type ServerOptions } from './child-server.js';
import { ClientSession } from './client-session.js';
import type { OpenPeers, Peer, PeerKind } from './peer.js';
import { loading, placeOf } from './place.js';
import type { Question } from './questions.js';
import { type Dialect, RECOGNITIONS, statementOf, utc } from './statement.js';

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
    const peer = new PostgreSql(join(bin, 'psql'), directory);
    if (!place.loaded) await loading(NAME, say, () => peer.load(attempts));
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

const clientArguments = (directory: string) => [
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
class PostgreSql implements Peer {
  readonly name = NAME;
  readonly #client: ClientSession;
  #asked = 0;

  constructor(psql: string, directory: string) {
    const args = ['--no-align', '--tuples-only', '--field-separator=\t', '--set=ON_ERROR_STOP=1'];
    this.#client = new ClientSession(psql, [...clientArguments(directory), ...args]);
  }

  async load(attempts: AttemptsFile): Promise<void> {
    await this.#lines(`${TABLE};`);
    await this.insert(attempts);
    await this.#lines(`${INDEX};`);
    await this.#lines('VACUUM (ANALYZE) attempts;'); // or the index alone would not do
    await this.#lines('CHECKPOINT;');
  }

  rows(question: Question): Promise<readonly string[]> {
    return this.#lines(`${statementOf(question, DIALECT)};`);
  }

  ask(question: Question): Promise<number> {
    return this.#time(`${statementOf(question, DIALECT)};`);
  }

  /** The time is of the insert into the table; that the file gets into a temporary one before is not counted. */
  async insert({ path }: AttemptsFile): Promise<number> {
    await this.#lines(`${STAGE};\n\\copy stage FROM '${path}'`);
    const ms = await this.#time(
      `INSERT INTO attempts SELECT campaign_id::integer, telephone, to_timestamp(dialed_at::bigint), result FROM stage;`,
    );
    await this.#lines('DROP TABLE stage;');
    return ms;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #time(statement: string): Promise<number> {
    const lines = await this.#lines(`\\timing on\n\\o /dev/null\n${statement}\n\\o\n\\timing off`);
    const [, ms = Number.NaN] = /^Time: ([\d.]+) ms/.exec(lines.at(-1) ?? '') ?? [];
    return Number(ms);
  }

  #lines(text: string): Promise<string[]> {
    this.#asked += 1;
    const mark = `mark-${this.#asked}`;
    return this.#client.ask(`${text}\n\\echo ${mark}\n`, mark, () => true);
  }
}
