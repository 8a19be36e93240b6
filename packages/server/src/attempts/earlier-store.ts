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

/** What a store of an earlier version is moved with. */
export interface Move {
  readonly engine: Engine;
  /** Directory of the journal. */
  readonly journal: string;
  /** The evidence of an attempt, as SQL over its columns. */
  readonly evidence_sql: string;
  /** Called with what the earlier tables take, before anything is moved. @throws when there is no room for as much again */
  readonly assertRoom: (bytes: number) => Promise<void>;
  /** Told how far it is: `of` months, of which `month` (YYYYMM) is the `at`th. */
  readonly report: (progress: { readonly month: string; readonly at: number; readonly of: number }) => void;
}

/** Columns that rows in the journal of an earlier version have, in their order. */
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
 * Moves what a store of an earlier version has in `attempts` into `told`, month by month. A stop leaves both: the next
 * start goes on with the month that it was at. Only when all months are moved are the earlier tables dropped.
 *
 * All of it becomes one delivery, the first of all, and its legs have the strength that they have in a file: so what is
 * imported from now on is as strong against it as it was before (docs/decisions/0024).
 */
export async function moveEarlierStore(move: Move): Promise<void> {
  const { engine } = move;
  if (!(await hasTable(engine, 'attempts'))) return;
  // What is moved is in no journal: the tables themselves bring it to the disk.
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

/** Drops what migrations made for earlier versions; what is in them is lost. The one that says whether they are there goes last. */
export async function dropEarlierTables(engine: Engine): Promise<void> {
  for (const drop of ['VIEW IF EXISTS attempts_to_telephones', 'TABLE IF EXISTS attempts_by_telephone']) {
    await engine.command(`DROP ${drop} SYNC`);
  }
  await engine.command('DROP TABLE IF EXISTS moved_months SYNC');
  await engine.command('DROP TABLE IF EXISTS attempts SYNC');
}

const PARTS = `system.parts WHERE active AND database = currentDatabase() AND table = 'attempts'`;
/** What one statement of the move holds in memory stays small, however large the month. */
const MOVE_SETTINGS = 'SETTINGS optimize_on_insert = 0, max_insert_threads = 1, max_execution_time = 0';

/**
 * What a kill left in the journal goes where it was to go, and is moved from there. What is damaged is set aside, for a
 * person to look at.
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

/** @returns false when the engine refuses the rows for what they are @throws what else it fails at */
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
