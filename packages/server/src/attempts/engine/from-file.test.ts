import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { insertFromFile } from './embedded/from-file.js';
import { EmbeddedEngine } from './embedded.js';
import { EngineTooSpread } from './engine.js';
import { engineFailureOf } from './failures.js';
import { MONTHS_AN_INSERT } from './settings.js';

/** Of all reports: a small machine's. */
const READ_MEMORY_BYTES = 32 * 1024 ** 2;

/** Rows that the engine reads from a file. */
let path: string;
let engine: EmbeddedEngine;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-from-file-'));
  const sessions = { read_sessions: 1, write_sessions: 1, waiting_reads: 10 };
  engine = new EmbeddedEngine({
    path: join(path, 'store'),
    ...sessions,
    read_memory_bytes: READ_MEMORY_BYTES,
  });
  await engine.command(`CREATE TABLE told (delivery UInt64 EPHEMERAL, brought UInt64 DEFAULT delivery, at DateTime('UTC'),
    kind Enum8('' = 0, 'it''s' = 1), trunk LowCardinality(String), sip Nullable(UInt16), record Map(LowCardinality(String), String))
    ENGINE = ReplacingMergeTree(brought) PARTITION BY toYYYYMM(at) ORDER BY (at, trunk)`);
  await engine.command(`CREATE TABLE held (at DateTime('UTC'), trunk String)
    ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(at) ORDER BY (trunk, at)`);
  await engine.command('CREATE MATERIALIZED VIEW to_held TO held AS SELECT at, trunk FROM told');
  // As many months as `told`, and nothing else that costs.
  await engine.command(
    `CREATE TABLE spread (at DateTime('UTC')) ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY at`,
  );
});
afterAll(async () => {
  await engine.close();
  await rm(path, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const table of ['told', 'held', 'spread']) await engine.command(`TRUNCATE TABLE ${table}`);
});

const COLUMNS = ['delivery', 'at', 'trunk', 'kind', 'sip', 'record'];
const NOON_S = Date.UTC(2026, 10, 3, 12) / 1_000;

interface Row {
  readonly at_s?: number;
  readonly trunk: string;
  readonly kind?: number;
  readonly sip?: number;
  readonly opt1?: string;
}

/** Rows of delivery 7 in `COLUMNS`, as `RowBinary`. */
function rowsOf(rows: readonly Row[]): Buffer {
  return Buffer.concat(
    rows.map(({ at_s = NOON_S, trunk, kind = 0, sip, opt1 }) => {
      const start = Buffer.alloc(12);
      start.writeBigUInt64LE(7n);
      start.writeUInt32LE(at_s, 8);
      const told = sip === undefined ? [1] : [0, sip % 256, Math.floor(sip / 256)];
      const record = opt1 === undefined ? [Buffer.from([0])] : [Buffer.from([1]), text('opt1'), text(opt1)];
      return Buffer.concat([start, text(trunk), Buffer.from([kind, ...told]), ...record]);
    }),
  );
}

/** Their times alone, as `RowBinary`. */
function timesOf(rows: readonly Row[]): Buffer {
  return Buffer.from(Uint32Array.from(rows, ({ at_s = NOON_S }) => at_s).buffer);
}

/** Of up to 16,383 bytes. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const { length } = bytes;
  return Buffer.concat([Buffer.from(length < 128 ? [length] : [128 + (length % 128), length >> 7]), bytes]);
}

/** Rows of so many months in a row. */
function months(count: number): Row[] {
  return Array.from({ length: count }, (_, n) => ({
    at_s: Date.UTC(2001, count - n, 5) / 1_000,
    trunk: String(n),
  }));
}

const INTO = { table: 'told', columns: COLUMNS, partition: 'toYYYYMM(at)', fair_key: 'test' };

async function insert(rows: Buffer, directory = path): Promise<void> {
  const file = join(directory, 'x.rows');
  await writeFile(file, rows);
  await engine.insertFile({ ...INTO, file });
}

async function ask(sql: string): Promise<string> {
  const sent = `${sql} FORMAT TSV`;
  return (await engine.read({ sql: sent, fair_key: 'test', max_ms: 60_000 })).toString().trim();
}

const stored = () =>
  ask('SELECT brought, trunk, toString(kind), sip, toString(record) FROM told ORDER BY trunk');

test('rows come as they are, with columns that are not kept and what is not told', async () => {
  const odd = 'it\'s \\ "a"\t\n';
  await insert(rowsOf([{ trunk: 'file a' }, { trunk: 'file b', kind: 1, sip: 404, opt1: odd }]));
  expect(await stored()).toBe(
    "7\tfile a\t\t\\N\t{}\n7\tfile b\tit\\'s\t404\t{\\'opt1\\':\\'it\\\\\\'s \\\\\\\\ \"a\"\\\\t\\\\n\\'}",
  );
  expect(await ask('SELECT trunk FROM held ORDER BY trunk')).toBe('file a\nfile b');
});

test.each([
  'a*b',
  'a?b',
  'a{1,2}',
  'a[b]',
  "it's",
  'a::b',
  'back\\slash',
  'ñ',
  '**',
  'with spaces',
  'year=2026',
  'at=2026-01-02',
  'a,b',
  'a@b+c~d-e_f.g',
])(
  'in a directory named %s they come from the file that is meant, and no column from its name',
  async (name) => {
    const directory = join(path, name);
    await mkdir(directory);
    await insert(rowsOf([{ trunk: 'file' }]), directory);
    expect(await stored()).toBe('7\tfile\t\t\\N\t{}');
    // Also where the engine looks first in which months they lie.
    const file = join(directory, 'x.rows');
    await writeFile(file, timesOf(months(MONTHS_AN_INSERT + 1)));
    await engine.insertFile({ ...INTO, table: 'spread', columns: ['at'], file });
    expect(await ask('SELECT uniqExact(at) FROM spread')).toBe(String(MONTHS_AN_INSERT + 1));
  },
);

test('rows of one month become one part in each order, however many they are', async () => {
  const rows = rowsOf(
    Array.from({ length: 200_000 }, (_, n) => ({ at_s: NOON_S + (n % 86_400), trunk: String(n) })),
  );
  // They may be merged at once, which makes fewer: what counts is what the insert made.
  for (const table of ['told', 'held']) await engine.command(`SYSTEM STOP MERGES ${table}`);
  await insert(rows);
  const parts = `SELECT table, count(), sum(rows) FROM system.parts
    WHERE active AND table IN ('told', 'held') GROUP BY table ORDER BY table`;
  expect(await ask(parts)).toBe('held\t1\t200000\ntold\t1\t200000');
  for (const table of ['told', 'held']) await engine.command(`SYSTEM START MERGES ${table}`);
});

test.each([
  ['that are cut off', rowsOf([{ trunk: 'a' }, { trunk: 'b' }]).subarray(0, -1)],
  ['with a byte too much', Buffer.concat([rowsOf([{ trunk: 'a' }]), Buffer.from([0])])],
])('rows %s are refused as rows, and nothing of them is there', async (_what, rows) => {
  const refused = await insert(rows).catch((error: unknown) => error);
  expect(engineFailureOf(refused)).toBe('rows refused');
  expect(await stored()).toBe('');
});

test('a file that is gone is no refusal of rows', async () => {
  for (const name of ['gone.rows', 'gone*.rows']) {
    const failed = await engine
      .insertFile({ ...INTO, file: join(path, name) })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(engineFailureOf(failed)).not.toBe('rows refused');
  }
  expect(await stored()).toBe('');
});

test('rows of more months than one insert may fill go in by several, each month whole in one of them', async () => {
  const parts = "SELECT count(), sum(rows) FROM system.parts WHERE active AND table = 'told'";
  await engine.command('SYSTEM STOP MERGES told');
  for (const count of [MONTHS_AN_INSERT, MONTHS_AN_INSERT + 1, 3 * MONTHS_AN_INSERT]) {
    await engine.command('TRUNCATE TABLE told');
    await insert(rowsOf([...months(count), ...months(count)]));
    expect(await ask(parts)).toBe(`${count}\t${2 * count}`);
  }
  await engine.command('SYSTEM START MERGES told');
});

test('rows of many months wait for no report: not for its session, nor for its memory', async () => {
  await insert(rowsOf([{ trunk: 'file' }])); // the types of the columns are known from here on
  const slow = engine.stream({
    sql: 'SELECT number FROM numbers(100000)',
    line: `$\{number:CSV}\n`,
    fair_key: 'test',
    max_ms: 60_000,
  });
  await slow.next(); // it has the one session of reads, as long as nobody reads on
  const long = 'x'.repeat(16_000);
  const rows = months(MONTHS_AN_INSERT + 1);
  await insert(rowsOf(Array.from({ length: 40 }, () => rows.map((row) => ({ ...row, opt1: long }))).flat()));
  await slow.return(undefined);
  expect(await ask("SELECT count(), min(length(record['opt1'])) FROM told WHERE trunk != 'file'")).toBe(
    `${40 * rows.length}\t16000`,
  );
});

test('rows stay in their order, as one thread hands them on', async () => {
  const typeOf = (column: string) => (column === 'trunk' ? 'String' : "DateTime('UTC')");
  const rows = { columns: ['at', 'trunk'], path: join(path, 'x.rows'), typeOf };
  await writeFile(rows.path, '');
  for (const only of [undefined, { partition: 'toYYYYMM(at)', from: 200101, to: 200102 }]) {
    const pipeline = await ask(`EXPLAIN PIPELINE ${insertFromFile('told', rows, only)}`);
    expect(pipeline).toContain('File');
    expect(pipeline).not.toContain('Resize');
  }
});

test('lines that are handed over may lie in as many months, and one more is told', async () => {
  const lines = (count: number) =>
    Buffer.from(Array.from({ length: count }, (_, n) => `7\t${Date.UTC(2001, n, 5) / 1_000}\tt\n`).join(''));
  const hand = (count: number) =>
    engine.insert({ table: 'told', columns: COLUMNS, rows: lines(count), fair_key: 'test' });
  await hand(MONTHS_AN_INSERT);
  expect(await ask('SELECT count() FROM told')).toBe(String(MONTHS_AN_INSERT));
  await expect(hand(MONTHS_AN_INSERT + 1)).rejects.toThrow(EngineTooSpread);
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
  await insert(rowsOf([{ trunk: 'file' }]));
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
  await insert(rowsOf([{ trunk: 'file' }]));
  await engine.command('ALTER TABLE told ADD COLUMN evidence UInt8');
  const file = join(path, 'x.rows');
  await writeFile(file, Buffer.concat([text('later'), Buffer.from([3])]));
  await engine.insertFile({ ...INTO, columns: ['trunk', 'evidence'], file });
  expect(await ask("SELECT evidence FROM told WHERE trunk = 'later'")).toBe('3');
});
