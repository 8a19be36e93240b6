import type { Service } from '@recuento/server';
import { settled } from '../fixture-store.js';
import { type AttemptsFile, FILE_COLUMNS } from './attempts-file.js';
import type { OpenPeers, Peer, PeerKind } from './peer.js';
import { loading } from './place.js';
import type { Question } from './questions.js';
import { type Dialect, lineOf, statementOf } from './statement.js';

type Engine = Service['services']['engine'];

/** The columns that any store of attempts would have, of the file's and two of the project's own. */
const COLUMNS = `
  operation_id UInt32 DEFAULT 1,
  campaign_id UInt32,
  telephone String,
  dialed_at DateTime('UTC') CODEC(Delta, LZ4),
  attempt_hash UInt64 DEFAULT sipHash64(attempt_id),
  result Enum8('no_answer' = 1, 'answer_machine' = 2, 'busy' = 3, 'congestion' = 4, 'failed' = 5,
               'answer' = 6, 'abandon' = 7, 'recall' = 8, 'do_not_call' = 9, 'unknown' = 10),
  delivery UInt64 DEFAULT 1,
  attempt_id String,
  customer_id String,
  trunk LowCardinality(String),
  sip Nullable(UInt16),
  cause Nullable(UInt8),
  duration_seconds Nullable(UInt32),
  agent_id LowCardinality(String)`;

/** Months as partitions, one order by campaign and telephone, every insert with an fsync. */
const SHAPE = `PARTITION BY toYYYYMM(dialed_at)
  ORDER BY (operation_id, campaign_id, telephone, dialed_at, attempt_hash)
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

/** How the file's columns are read; nothing told is an empty text there. */
const FILE_SHAPE = FILE_COLUMNS.map((name) => `${name} ${typeOf(name)}`).join(', ');

function typeOf(name: (typeof FILE_COLUMNS)[number]): string {
  if (name === 'dialed_at' || name === 'campaign_id') return 'UInt32';
  return name === 'duration_seconds' || name === 'sip' || name === 'cause' ? 'Nullable(UInt32)' : 'String';
}

/**
 * The same engine without what the project adds to it: in the same process, in a database of its own within the
 * service's data. Its statements go the way that the service's go, and their rows come as the same JSON.
 */
export function bareClickHouse(service: Service): PeerKind {
  const { engine } = service.services;
  return {
    name: 'bare ClickHouse',
    missing: async () => undefined,
    async open(attempts, say): Promise<OpenPeers> {
      await engine.command('CREATE DATABASE IF NOT EXISTS peers');
      const plain = new BareClickHouse(engine, 'plain', 'MergeTree', '');
      const replacing = new BareClickHouse(engine, 'replacing', 'ReplacingMergeTree(delivery)', ' FINAL');
      await plain.load(attempts, say);
      await replacing.load(attempts, say);
      for (const table of ['plain', 'replacing']) {
        // At rest, as the others are.
        await engine.command(
          `OPTIMIZE TABLE peers.${table} FINAL SETTINGS optimize_skip_merged_partitions = 1`,
        );
      }
      await settled(service);
      return { peers: [plain, replacing], close: async () => undefined };
    },
  };
}

class BareClickHouse implements Peer {
  readonly name: string;
  readonly #engine: Engine;
  readonly #table: string;
  readonly #kind: string;
  readonly #dialect: Dialect;

  constructor(engine: Engine, table: string, kind: string, final: string) {
    this.name = `ClickHouse, bare: GROUP BY over a ${kind.replace(/\(.*/, '')}${final && ' with FINAL'}`;
    this.#engine = engine;
    this.#table = `peers.${table}`;
    this.#kind = kind;
    this.#dialect = {
      table: `${this.#table}${final}`,
      telephone: 'telephone',
      campaign: (campaign_id) => `operation_id = 1 AND campaign_id = ${campaign_id}`,
      dialed_at: 'dialed_at',
      instant: (seconds) => `toDateTime(${seconds})`,
      count: (code) => `countIf(result = '${code}')`,
      recognized: `operation_id = 1 AND result <= 'failed'`,
    };
  }

  async load(attempts: AttemptsFile, say: (line: string) => void): Promise<void> {
    const there = await this.#engine.read({
      sql: `EXISTS TABLE ${this.#table} FORMAT TSV`,
      fair_key: 'peers',
      max_ms: 60_000,
    });
    if (there.toString().trim() === '1') return;
    const draft = `${this.#table}_draft`;
    await loading(this.name, say, async () => {
      await this.#engine.command(`DROP TABLE IF EXISTS ${draft}`); // half loaded by a run that was stopped
      await this.#engine.command(`CREATE TABLE ${draft} (${COLUMNS}) ENGINE = ${this.#kind} ${SHAPE}`);
      await this.#fill(draft, attempts);
      await this.#engine.command(`RENAME TABLE ${draft} TO ${this.#table}`);
    });
  }

  async rows(question: Question): Promise<readonly string[]> {
    const rows: unknown = JSON.parse((await this.#read(question)).toString());
    if (!Array.isArray(rows)) throw new Error('the engine wrote no array');
    return rows.map(lineOf);
  }

  async ask(question: Question): Promise<number> {
    const started_ms = performance.now();
    await this.#read(question);
    return performance.now() - started_ms;
  }

  async insert(more: AttemptsFile): Promise<number> {
    const started_ms = performance.now();
    await this.#fill(this.#table, more);
    return performance.now() - started_ms;
  }

  #read(question: Question): Promise<Buffer> {
    return this.#engine.read({
      sql: `${statementOf(question, this.#dialect)} FORMAT JSONEachRow`,
      settings: { output_format_json_array_of_rows: 1 },
      fair_key: 'peers',
      max_ms: 600_000,
    });
  }

  async #fill(table: string, { path }: AttemptsFile): Promise<void> {
    const columns = FILE_COLUMNS.join(', ');
    await this.#engine.command(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM file('${path}', 'TSV', '${FILE_SHAPE}')`,
    );
  }
}
