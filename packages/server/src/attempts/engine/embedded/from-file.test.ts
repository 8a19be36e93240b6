import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ask,
  COLUMNS,
  emptyTold,
  INTO,
  makeTold,
  months,
  NOON_S,
  rowsOf,
  stored,
} from '../../../../test/servers/told-rows.js';
import { EmbeddedEngine } from '../embedded.js';
import { engineFailureOf } from '../failures.js';
import { MONTHS_AN_INSERT } from '../settings.js';
import { insertFromFile } from './from-file.js';

/** Rows that the engine reads from a file. */
let path: string;
let engine: EmbeddedEngine;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-from-file-'));
  const sessions = { read_sessions: 1, write_sessions: 1, waiting_reads: 10 };
  engine = new EmbeddedEngine({ path: join(path, 'store'), ...sessions, read_memory_bytes: 32 * 1024 ** 2 });
  await makeTold(engine);
  // Partitioned as `told`, and otherwise cheap.
  await engine.command(
    `CREATE TABLE spread (at DateTime('UTC')) ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY at`,
  );
});
afterAll(async () => {
  await engine.close();
  await rm(path, { recursive: true, force: true });
});
beforeEach(async () => {
  await emptyTold(engine);
  await engine.command('TRUNCATE TABLE spread');
});

/** Only the times of the rows, as `RowBinary`. */
function timesOf(rows: readonly { readonly at_s?: number }[]): Buffer {
  return Buffer.from(Uint32Array.from(rows, ({ at_s = NOON_S }) => at_s).buffer);
}

async function insert(rows: Buffer, directory = path): Promise<void> {
  const file = join(directory, 'x.rows');
  await writeFile(file, rows);
  await engine.insertFile({ ...INTO, file });
}

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
    expect(await stored(engine)).toBe('7\tfile\t\t\\N\t{}');
    // Also when the engine first looks in which months the rows lie.
    const file = join(directory, 'x.rows');
    await writeFile(file, timesOf(months(MONTHS_AN_INSERT + 1)));
    await engine.insertFile({ ...INTO, table: 'spread', columns: ['at'], file });
    expect(await ask(engine, 'SELECT uniqExact(at) FROM spread')).toBe(String(MONTHS_AN_INSERT + 1));
  },
);

test('a missing file does not count as refused rows', async () => {
  for (const name of ['gone.rows', 'gone*.rows']) {
    const failed = await engine
      .insertFile({ ...INTO, file: join(path, name) })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(engineFailureOf(failed)).not.toBe('rows refused');
  }
  expect(await stored(engine)).toBe('');
});

test('rows stay in their order, as one thread hands them on', async () => {
  const typeOf = (column: string) => (column === 'trunk' ? 'String' : "DateTime('UTC')");
  const rows = { columns: ['at', 'trunk'], path: join(path, 'x.rows'), typeOf };
  await writeFile(rows.path, '');
  for (const only of [undefined, { partition: 'toYYYYMM(at)', from: 200101, to: 200102 }]) {
    const pipeline = await ask(engine, `EXPLAIN PIPELINE ${insertFromFile('told', rows, only)}`);
    expect(pipeline).toContain('File');
    expect(pipeline).not.toContain('Resize');
  }
});

test('the settings of an insert hold for that insert only, and not for the next one on its session', async () => {
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
  await handed('after');
  await engine.command('DROP TABLE to_seen');
  const [before = '', after, file] = ['before', 'after', 'file'].map((trunk) =>
    ask(engine, `SELECT threads, hive FROM seen WHERE trunk = '${trunk}'`),
  );
  expect(await after).toBe(await before);
  // And the settings of the insert from the file were others.
  expect(await file).toBe('2\t0');
  expect(await before).not.toBe(await file);
});
