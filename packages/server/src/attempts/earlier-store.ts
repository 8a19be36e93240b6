import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { letTablesSync } from './durable/table-settings.js';
import type { Engine } from './engine/engine.js';
import { engineFailureOf } from './engine/failures.js';
import { DAMAGED } from './journal.js';
import {
  DURATION_MAX,
  DURATION_UNIT,
  PERSON_RECOGNIZED,
  RANK_BASE,
  STRENGTH,
  STRENGTH_UNIT,
} from './rank.js';
import { byYear } from './text-entries.js';

/** Everything that a move of an earlier version's store needs. */
export interface Move {
  readonly engine: Engine;
  /** Directory of the journal. */
  readonly journal: string;
  /** The evidence of an attempt, as SQL over its columns. */
  readonly evidence_sql: string;
  /** Called with the size of the earlier tables, before anything is moved. @throws when the disk has not room enough */
  readonly assertRoom: (bytes: number) => Promise<void>;
  /** Called before each month is moved: `month` (YYYYMM) is number `at` of `of` months. */
  readonly report: (progress: { readonly month: string; readonly at: number; readonly of: number }) => void;
}

/** Columns of the rows in an earlier version's journal, in their order. */
const EARLIER_COLUMNS = [
  'delivery',
  'operation_id',
  'campaign_id',
  'dialed_at',
  'telephone',
  'attempt_id',
  'result',
  'amd',
  'duration_seconds',
  'trunk',
  'sip',
  'cause',
  'agent_id',
  'customer_id',
  'record',
];
/** `TIME-BYTES-CRC.tsv`, or `TIME.tsv` of still earlier versions. */
const EARLIER_ENTRY = /^\d{16}(?:-(?<bytes>\d+)-(?<crc>[0-9a-f]{8}))?\.tsv$/;

/**
 * Moves the rows of `attempts`, from an earlier version's store, into `told`, month by month. A stop leaves both tables, and the
 * next start goes on with the month that was being moved. The earlier tables are dropped only after all months are moved.
 *
 * All moved rows become one delivery, the first of all. They get the rank that legs of a file have, so later imports compete with
 * them as they did before the move (docs/decisions/0024).
 */
export async function moveEarlierStore(move: Move): Promise<void> {
  const { engine } = move;
  if (!(await hasTable(engine, 'attempts'))) return;
  // Moved rows are in no journal: the tables themselves bring them to the disk.
  await letTablesSync(engine);
  await takeInJournal(move);
  const months = await read(engine, `SELECT DISTINCT partition_id FROM ${PARTS} ORDER BY partition_id`);
  if (months.length > 0) {
    const [bytes] = await read(engine, `SELECT sum(bytes_on_disk) FROM ${PARTS}`);
    await move.assertRoom(Number(bytes));
  }
  await engine.command(
    'CREATE TABLE IF NOT EXISTS moved_months (month String) ENGINE = MergeTree ORDER BY month',
  );
  const moved = new Set(await read(engine, 'SELECT month FROM moved_months'));
  for (const [at, month] of months.entries()) {
    if (moved.has(month)) continue;
    move.report({ month, at: at + 1, of: months.length });
    await engine.command(`${moveSql(move.evidence_sql)} WHERE _partition_id = '${month}' ${MOVE_SETTINGS}`);
    await engine.command(`INSERT INTO moved_months VALUES ('${month}')`);
  }
  await dropEarlierTables(engine);
}

/** Drops the tables that earlier versions used, with their rows. `attempts` goes last, since its presence means that they are there. */
export async function dropEarlierTables(engine: Engine): Promise<void> {
  for (const drop of ['VIEW IF EXISTS attempts_to_telephones', 'TABLE IF EXISTS attempts_by_telephone']) {
    await engine.command(`DROP ${drop} SYNC`);
  }
  await engine.command('DROP TABLE IF EXISTS moved_months SYNC');
  await engine.command('DROP TABLE IF EXISTS attempts SYNC');
}

const PARTS = `system.parts WHERE active AND database = currentDatabase() AND table = 'attempts'`;
/** With these, one statement of the move takes little memory, however large the month. */
const MOVE_SETTINGS = 'SETTINGS optimize_on_insert = 0, max_insert_threads = 1, max_execution_time = 0';

/**
 * Inserts the entries that a kill left in the journal into `attempts`, from where they are moved with the rest. Damaged entries are
 * set aside for a person to look at.
 */
async function takeInJournal({ engine, journal }: Move): Promise<void> {
  const names = await readdir(journal).catch((): string[] => []);
  for (const name of names.filter((each) => EARLIER_ENTRY.test(each)).sort()) {
    const rows = await readFile(join(journal, name));
    if (!isWhole(name, rows) || !(await isTaken(engine, rows))) {
      await mkdir(join(journal, DAMAGED), { recursive: true });
      await rename(join(journal, name), join(journal, DAMAGED, name));
    } else {
      await rm(join(journal, name));
    }
  }
}

function isWhole(name: string, rows: Buffer): boolean {
  const { bytes, crc } = EARLIER_ENTRY.exec(name)?.groups ?? {};
  const sum = crc32(rows).toString(16).padStart(8, '0');
  return (bytes === undefined || Number(bytes) === rows.length) && (crc === undefined || crc === sum);
}

/** @returns false when the engine refuses the rows as malformed @throws any other failure */
async function isTaken(engine: Engine, rows: Buffer): Promise<boolean> {
  try {
    for (const some of byYear(rows, DIALED_AT)) {
      await engine.insert({ table: 'attempts', columns: EARLIER_COLUMNS, rows: some, fair_key: 'start' });
    }
    return true;
  } catch (error) {
    if (engineFailureOf(error) === 'rows refused') return false;
    throw error;
  }
}

const DIALED_AT = EARLIER_COLUMNS.indexOf('dialed_at');

function moveSql(evidence_sql: string): string {
  const codes = Object.keys(STRENGTH).map((code) => `'${code}'`);
  const strength = `if(result = 'answer' AND amd = 'human', ${PERSON_RECOGNIZED},
    transform(toString(result), [${codes.join(', ')}], [${Object.values(STRENGTH).join(', ')}], 0))`;
  const duration = `if(duration_seconds IS NULL, 0, least(duration_seconds, ${DURATION_MAX}) + 1)`;
  const columns = EARLIER_COLUMNS.filter((name) => name !== 'delivery').join(', ');
  return `INSERT INTO told (${columns}, evidence, rank)
    SELECT ${columns}, ${evidence_sql},
      toUInt64(${RANK_BASE} + toUInt64(${strength}) * ${STRENGTH_UNIT} + toUInt64(${duration}) * ${DURATION_UNIT})
    FROM attempts FINAL`;
}

async function hasTable(engine: Engine, table: string): Promise<boolean> {
  const [found] = await read(
    engine,
    `SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = '${table}'`,
  );
  return found !== '0';
}

async function read(engine: Engine, sql: string): Promise<string[]> {
  const bytes = await engine.read({ sql: `${sql} FORMAT TSV`, fair_key: 'start', max_ms: 60_000 });
  return bytes.toString().split('\n').filter(Boolean);
}
