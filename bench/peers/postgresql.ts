import { join } from 'node:path';
import { type AttemptsFile, FILE_COLUMNS } from './attempts-file.js';
import type { OpenPeers, Peer, PeerKind } from './peer.js';
import { loading, placeOf } from './place.js';
import type { PostgreSqlClient } from './postgresql-client.js';
import { binaries, startPostgreSql } from './postgresql-server.js';
import type { Question } from './questions.js';
import { type Dialect, lineOfText, RECOGNITIONS, statementOf, utc } from './statement.js';

/** The table with some of its indexes. */
interface PostgreSqlTable {
  readonly name: string;
  /** Of its directory. */
  readonly short: string;
  readonly indexes: readonly string[];
}

/** A narrow table, whose indexes have all of it, so that reports need an index only. */
const TABLE = `CREATE TABLE attempts (
  campaign_id integer NOT NULL,
  telephone text COLLATE "C" NOT NULL,
  dialed_at timestamptz NOT NULL,
  result text COLLATE "C" NOT NULL)`;
/** In the report's order. */
const REPORT = 'CREATE INDEX report ON attempts (campaign_id, telephone, dialed_at) INCLUDE (result)';
const BY_TIME = [
  'CREATE INDEX by_time ON attempts (dialed_at) INCLUDE (telephone, result)',
  'CREATE INDEX by_campaign_and_time ON attempts (campaign_id, dialed_at) INCLUDE (telephone, result)',
];

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

export const postgreSql = postgreSqlWith({
  name: 'PostgreSQL, covering index',
  short: 'postgresql',
  indexes: [REPORT],
});

/** With what windows are found by besides; its planner chooses. */
export const postgreSqlByTime = postgreSqlWith({
  name: 'PostgreSQL, covering indexes, by time too',
  short: 'postgresql-by-time',
  indexes: [REPORT, ...BY_TIME],
});

function postgreSqlWith(table: PostgreSqlTable): PeerKind {
  return {
    name: table.name,
    missing: async () => ((await binaries()) === undefined ? 'apt-get install postgresql' : undefined),
    async open(attempts, say): Promise<OpenPeers> {
      const place = await placeOf(table.short, attempts.attempts);
      const { client, close } = await startPostgreSql(join(place.path, 'server'), !place.loaded);
      if (!place.loaded) await loading(table.name, say, () => load(client, table, attempts));
      await place.setLoaded();
      return { peers: [new PostgreSqlRows(table, client), new PostgreSqlJson(table, client)], close };
    },
  };
}

async function load(
  client: PostgreSqlClient,
  { indexes }: PostgreSqlTable,
  attempts: AttemptsFile,
): Promise<void> {
  await client.lines(`${TABLE};`);
  await insert(client, attempts);
  for (const index of indexes) await client.lines(`${index};`);
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
  readonly name: string;
  readonly #client: PostgreSqlClient;

  constructor({ name }: PostgreSqlTable, client: PostgreSqlClient) {
    this.name = name;
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
  readonly name: string;
  readonly #client: PostgreSqlClient;

  constructor({ name }: PostgreSqlTable, client: PostgreSqlClient) {
    this.name = `${name}, JSON made in it`;
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
