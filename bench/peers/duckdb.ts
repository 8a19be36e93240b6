import { join } from 'node:path';
import { MACHINE_CODES, MACHINE_RECOGNITIONS } from '@recuento/contract';
import { type AttemptsFile, FILE_COLUMNS } from './attempts-file.js';
import { type DuckDbConnection, duckDbDriver } from './duckdb-driver.js';
import type { OpenPeers, Peer, PeerKind } from './peer.js';
import { loading, placeOf } from './place.js';
import type { Question } from './questions.js';
import { type Dialect, lineOf, RECOGNITIONS, statementOf, utc } from './statement.js';

/** The orders in which the attempts lie in it. DuckDB keeps none by itself: what is appended later lies at the end. */
const ORDERS = [
  { table: 'appended', title: 'in order of time, as appended', by: '' },
  { table: 'sorted', title: 'sorted by hand', by: ' ORDER BY campaign_id, telephone, dialed_at' },
] as const;

const RESULTS = `ENUM (${MACHINE_CODES.map((code) => `'${code}'`).join(', ')})`;
const FILE_SHAPE = FILE_COLUMNS.map((name) => `'${name}': 'VARCHAR'`).join(', ');

export const duckDb: PeerKind = {
  name: 'DuckDB',
  missing: async () => ((await duckDbDriver()) ? undefined : 'npm install --no-save @duckdb/node-api'),
  async open(attempts, say): Promise<OpenPeers> {
    const driver = await duckDbDriver();
    if (!driver) throw new Error('DuckDB is not installed');
    const place = await placeOf('duckdb', attempts.attempts);
    // Both tables in one file; all that its process has of cores and memory is DuckDB's by default.
    const instance = await driver.create(join(place.path, 'attempts.duckdb'));
    const connection = await instance.connect();
    if (!place.loaded) {
      for (const { table, title, by } of ORDERS) {
        await loading(`DuckDB, ${title}`, say, () => load(connection, table, by, attempts));
      }
      await connection.run('CHECKPOINT');
    }
    await place.setLoaded();
    return {
      peers: ORDERS.flatMap(({ table, title }) => [
        new DuckDbRows(connection, table, `DuckDB, ${title}`),
        new DuckDbJson(connection, table, `DuckDB, ${title}, JSON made in it`),
      ]),
      async close() {
        connection.closeSync();
        instance.closeSync();
      },
    };
  },
};

async function load(
  connection: DuckDbConnection,
  table: string,
  by: string,
  attempts: AttemptsFile,
): Promise<void> {
  await connection.run(
    `CREATE TABLE ${table} (campaign_id UINTEGER, telephone VARCHAR, dialed_at TIMESTAMP, result ${RESULTS})`,
  );
  await connection.run(`INSERT INTO ${table} ${selected(attempts)}${by}`);
}

function selected({ path }: AttemptsFile): string {
  return (
    `SELECT campaign_id::UINTEGER AS campaign_id, telephone, make_timestamp(dialed_at::BIGINT * 1000000) AS dialed_at, ` +
    `result::${RESULTS} AS result FROM read_csv('${path}', header = false, delim = '\t', quote = '', escape = '', ` +
    `nullstr = '\\N', auto_detect = false, columns = {${FILE_SHAPE}})`
  );
}

function dialect(table: string): Dialect {
  return {
    table,
    telephone: 'telephone',
    campaign: (campaign_id) => `campaign_id = ${campaign_id}`,
    dialed_at: 'dialed_at',
    instant: (seconds) => `TIMESTAMP '${utc(seconds)}'`,
    count: (code) => `count(*) FILTER (WHERE result = '${code}')`,
    recognized: `result IN (${RECOGNITIONS})`,
  };
}

/** Time is until the whole result is in this process, in columns as DuckDB hands them over. */
class DuckDbRows implements Peer {
  readonly name: string;
  readonly #connection: DuckDbConnection;
  readonly #table: string;

  constructor(connection: DuckDbConnection, table: string, name: string) {
    this.name = name;
    this.#connection = connection;
    this.#table = table;
  }

  async rows(question: Question): Promise<readonly string[]> {
    const result = await this.#connection.runAndReadAll(statementOf(question, dialect(this.#table)));
    return result.getRowsJson().map((row) => row.join('\t'));
  }

  async ask(question: Question): Promise<number> {
    const started_ms = performance.now();
    await this.#connection.runAndReadAll(statementOf(question, dialect(this.#table)));
    return performance.now() - started_ms;
  }

  /** Its log is synced at a commit; behind what was sorted, the new ones lie unsorted. */
  async insert(more: AttemptsFile): Promise<number> {
    const started_ms = performance.now();
    await this.#connection.run(`INSERT INTO ${this.#table} ${selected(more)}`);
    return performance.now() - started_ms;
  }
}

/** The same with the rows as JSON, made by DuckDB in one text, every value a string as the report documents it. */
class DuckDbJson implements Peer {
  readonly name: string;
  readonly #connection: DuckDbConnection;
  readonly #table: string;

  constructor(connection: DuckDbConnection, table: string, name: string) {
    this.name = name;
    this.#connection = connection;
    this.#table = table;
  }

  async rows(question: Question): Promise<readonly string[]> {
    const rows: unknown = JSON.parse(`[${await this.#text(question)}]`);
    return Array.isArray(rows) ? rows.map(lineOf) : [];
  }

  /** Time is until the text is bytes that could be sent. */
  async ask(question: Question): Promise<number> {
    const started_ms = performance.now();
    Buffer.from(await this.#text(question));
    return performance.now() - started_ms;
  }

  async #text(question: Question): Promise<string> {
    const names = ['total_machine_recognitions', ...MACHINE_RECOGNITIONS];
    const texts = names.map((name) => `${name}: ${name}::VARCHAR`).join(', ');
    // A page comes in its order by itself, which the check proves; without LIMIT the inner order would be lost.
    const order = question.limit === undefined ? ' ORDER BY telephone' : '';
    const result = await this.#connection.runAndReadAll(
      `SELECT string_agg(to_json({telephone: telephone, ${texts}})::VARCHAR, ',\n'${order}) ` +
        `FROM (${statementOf(question, dialect(this.#table))})`,
    );
    return String(result.getRowsJson()[0]?.[0] ?? '');
  }
}
