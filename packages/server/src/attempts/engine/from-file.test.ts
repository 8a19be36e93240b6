import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EmbeddedEngine } from './embedded.js';
import { EngineTooSpread } from './engine.js';
import { engineFailureOf } from './failures.js';
import { MONTHS_AN_INSERT } from './settings.js';

/** An engine that is told of a file reads the rows from it: here the file has other rows than those that are handed over. */
let path: string;
let engine: EmbeddedEngine;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-from-file-'));
  const sessions = { read_sessions: 1, write_sessions: 1, waiting_reads: 10 };
  engine = new EmbeddedEngine({ path: join(path, 'store'), ...sessions, read_memory_bytes: 1024 ** 3 });
  await engine.command(`CREATE TABLE told (delivery UInt64 EPHEMERAL, brought UInt64 DEFAULT delivery, at DateTime('UTC'),
    kind Enum8('' = 0, 'it''s' = 1), trunk LowCardinality(String), sip Nullable(UInt16), record Map(LowCardinality(String), String))
    ENGINE = ReplacingMergeTree(brought) PARTITION BY toYYYYMM(at) ORDER BY (at, trunk)`);
  await engine.command(`CREATE TABLE held (at DateTime('UTC'), trunk String)
    ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(at) ORDER BY (trunk, at)`);
  await engine.command('CREATE MATERIALIZED VIEW to_held TO held AS SELECT at, trunk FROM told');
});
afterAll(async () => {
  await engine.close();
  await rm(path, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const table of ['told', 'held']) await engine.command(`TRUNCATE TABLE ${table}`);
});

const COLUMNS = ['delivery', 'at', 'trunk', 'kind', 'sip', 'record'];
const NOON_S = Date.UTC(2026, 10, 3, 12) / 1_000;

async function insert(rows: string, handed: string, directory = path): Promise<void> {
  const file = join(directory, 'rows.tsv');
  await writeFile(file, rows);
  await engine.insert({ table: 'told', columns: COLUMNS, rows: Buffer.from(handed), file, fair_key: 'test' });
}

async function ask(sql: string): Promise<string> {
  const sent = `${sql} FORMAT TSV`;
  return (await engine.read({ sql: sent, fair_key: 'test', max_ms: 60_000 })).toString().trim();
}

const stored = () =>
  ask('SELECT brought, trunk, toString(kind), sip, toString(record) FROM told ORDER BY trunk');

test('rows come from the file, also those that end before the last column, and columns that are not kept', async () => {
  await insert(
    `7\t${NOON_S}\tfile a\n7\t${NOON_S}\tfile b\tit's\t\\N\t{'opt1':'x'}\n`,
    `9\t${NOON_S}\thanded\n`,
  );
  expect(await stored()).toBe("7\tfile a\t\t\\N\t{}\n7\tfile b\tit\\'s\t\\N\t{\\'opt1\\':\\'x\\'}");
  expect(await ask('SELECT trunk FROM held ORDER BY trunk')).toBe('file a\nfile b');
});

test.each(['a*b', 'a?b', 'a{1,2}', 'a[b]', "it's", 'a::b', 'back\\slash', 'ñ', '**'])(
  'in a directory with a name that could be read as another (%s) the rows are handed over',
  async (name) => {
    const directory = join(path, name);
    await mkdir(directory);
    await insert(`7\t${NOON_S}\tfile\n`, `9\t${NOON_S}\thanded\n`, directory);
    expect(await stored()).toBe('9\thanded\t\t\\N\t{}');
  },
);

test.each(['with spaces', 'year=2026', 'a,b', 'a@b+c~d-e_f.g'])(
  'in a directory named %s they come from the file, and no column from its name',
  async (name) => {
    const directory = join(path, name);
    await mkdir(directory);
    await insert(`7\t${NOON_S}\tfile\n`, `9\t${NOON_S}\thanded\n`, directory);
    expect(await stored()).toBe('7\tfile\t\t\\N\t{}');
  },
);

test('rows of one month become one part in each order, however many they are', async () => {
  const rows = Array.from({ length: 200_000 }, (_, n) => `7\t${NOON_S + (n % 86_400)}\t${n}\n`).join('');
  // They may be merged at once, which makes fewer: what counts is what the insert made.
  for (const table of ['told', 'held']) await engine.command(`SYSTEM STOP MERGES ${table}`);
  await insert(rows, '');
  const parts = `SELECT table, count(), sum(rows) FROM system.parts
    WHERE active AND table IN ('told', 'held') GROUP BY table ORDER BY table`;
  expect(await ask(parts)).toBe('held\t1\t200000\ntold\t1\t200000');
  for (const table of ['told', 'held']) await engine.command(`SYSTEM START MERGES ${table}`);
});

test('rows that the engine does not take are refused as rows, and nothing of them is there', async () => {
  const refused = await insert(`7\t${NOON_S}\ta\n7\tno time\tb\n`, '').catch((error: unknown) => error);
  expect(engineFailureOf(refused)).toBe('rows refused');
  expect(await stored()).toBe('');
});

test('a file that is gone is no refusal of rows', async () => {
  const file = join(path, 'gone.tsv');
  const rows = Buffer.from(`9\t${NOON_S}\thanded\n`);
  const failed = await engine
    .insert({ table: 'told', columns: COLUMNS, rows, file, fair_key: 'test' })
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(engineFailureOf(failed)).not.toBe('rows refused');
  expect(await stored()).toBe('');
});

test('as many months as one insert may fill go in, and one more is told, also of rows that are handed over', async () => {
  const months = (count: number) =>
    Array.from({ length: count }, (_, n) => `7\t${Date.UTC(2001, n, 5) / 1_000}\tt\n`).join('');
  await insert(months(MONTHS_AN_INSERT), '');
  expect(await ask('SELECT count() FROM told')).toBe(String(MONTHS_AN_INSERT));
  await expect(insert(months(MONTHS_AN_INSERT + 1), '')).rejects.toThrow(EngineTooSpread);
  const rows = Buffer.from(months(MONTHS_AN_INSERT + 1));
  await expect(engine.insert({ table: 'told', columns: COLUMNS, rows, fair_key: 'test' })).rejects.toThrow(
    EngineTooSpread,
  );
});

test('what an insert is told holds for itself alone, and not for the next on its session', async () => {
  await engine.command(
    'CREATE TABLE seen (trunk String, threads UInt64, hive UInt8) ENGINE = MergeTree ORDER BY trunk',
  );
  await engine.command(`CREATE MATERIALIZED VIEW to_seen TO seen AS
    SELECT trunk, getSetting('max_threads') AS threads, getSetting('use_hive_partitioning') AS hive FROM told`);
  const handed = (trunk: string) => {
    const rows = Buffer.from(`9\t${NOON_S}\t${trunk}\n`);
    return engine.insert({ table: 'told', columns: COLUMNS, rows, fair_key: 'test' });
  };
  await handed('before');
  await insert(`7\t${NOON_S}\tfile\n`, '');
  await handed('behind');
  await engine.command('DROP TABLE to_seen');
  const [before = '', behind, file] = ['before', 'behind', 'file'].map((trunk) =>
    ask(`SELECT threads, hive FROM seen WHERE trunk = '${trunk}'`),
  );
  expect(await behind).toBe(await before);
  // It can be told apart.
  expect(await file).toBe('2\t0');
  expect(await before).not.toBe(await file);
});

test('a column that comes later is known when it is asked for', async () => {
  await insert(`7\t${NOON_S}\tfile\n`, '');
  await engine.command('ALTER TABLE told ADD COLUMN evidence UInt8');
  const file = join(path, 'rows.tsv');
  await writeFile(file, `8\t${NOON_S}\tlater\t3\n`);
  const columns = ['delivery', 'at', 'trunk', 'evidence'];
  await engine.insert({ table: 'told', columns, rows: Buffer.alloc(0), file, fair_key: 'test' });
  expect(await ask("SELECT evidence FROM told WHERE trunk = 'later'")).toBe('3');
});
