import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeEngines, type TestEngine } from '../../../test/servers/engines.js';
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
  text,
} from '../../../test/servers/told-rows.js';
import { EngineTooSpread } from './engine.js';
import { engineFailureOf } from './failures.js';
import { MONTHS_AN_INSERT } from './settings.js';

/** Memory of all reports, as on a small machine. */
const READ_MEMORY_BYTES = 32 * 1024 ** 2;

/** Rows as bytes: the embedded engine reads them from a file, and to a server they are sent. */
describeEngines(({ open }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    const sessions = { read_sessions: 1, write_sessions: 1, waiting_reads: 10 };
    engine = await open({ ...sessions, read_memory_bytes: READ_MEMORY_BYTES });
    await makeTold(engine);
  });
  afterAll(() => engine.close());
  beforeEach(() => emptyTold(engine));

  const insert = (rows: Buffer) => engine.insertRows({ ...INTO, rows });

  test('rows arrive unchanged, with columns that are not kept and values that are not known', async () => {
    const odd = 'it\'s \\ "a"\t\n';
    await insert(rowsOf([{ trunk: 'file a' }, { trunk: 'file b', kind: 1, sip: 404, opt1: odd }]));
    expect(await stored(engine)).toBe(
      "7\tfile a\t\t\\N\t{}\n7\tfile b\tit\\'s\t404\t{\\'opt1\\':\\'it\\\\\\'s \\\\\\\\ \"a\"\\\\t\\\\n\\'}",
    );
    expect(await ask(engine, 'SELECT trunk FROM held ORDER BY trunk')).toBe('file a\nfile b');
  });

  test('rows of one month become one part in each order, however many they are', async () => {
    const rows = rowsOf(
      Array.from({ length: 200_000 }, (_, n) => ({ at_s: NOON_S + (n % 86_400), trunk: String(n) })),
    );
    // The parts may be merged at once, so there may be fewer: the parts that the insert made are counted.
    for (const table of ['told', 'held']) await engine.command(`SYSTEM STOP MERGES ${table}`);
    await insert(rows);
    const parts = `SELECT table, count(), sum(rows) FROM system.parts
    WHERE active AND table IN ('told', 'held') GROUP BY table ORDER BY table`;
    expect(await ask(engine, parts)).toBe('held\t1\t200000\ntold\t1\t200000');
    for (const table of ['told', 'held']) await engine.command(`SYSTEM START MERGES ${table}`);
  });

  test.each([
    ['that are cut off', rowsOf([{ trunk: 'a' }, { trunk: 'b' }]).subarray(0, -1)],
    ['with a byte too much', Buffer.concat([rowsOf([{ trunk: 'a' }]), Buffer.from([0])])],
  ])('rows %s are refused as rows, and nothing of them is there', async (_what, rows) => {
    const refused = await insert(rows).catch((error: unknown) => error);
    expect(engineFailureOf(refused)).toBe('rows refused');
    expect(await stored(engine)).toBe('');
  });

  test('rows of more months than one insert may fill take several inserts, each month whole in one of them', async () => {
    const parts = "SELECT count(), sum(rows) FROM system.parts WHERE active AND table = 'told'";
    await engine.command('SYSTEM STOP MERGES told');
    for (const count of [MONTHS_AN_INSERT, MONTHS_AN_INSERT + 1, 3 * MONTHS_AN_INSERT]) {
      await engine.command('TRUNCATE TABLE told');
      await insert(rowsOf([...months(count), ...months(count)]));
      expect(await ask(engine, parts)).toBe(`${count}\t${2 * count}`);
    }
    await engine.command('SYSTEM START MERGES told');
  });

  test('rows of many months do not wait for a report: neither for its session nor for its memory', async () => {
    await insert(rowsOf([{ trunk: 'file' }])); // the types of the columns are known from here on
    const slow = engine.stream({
      sql: 'SELECT number FROM numbers(100000)',
      line: `$\{number:CSV}\n`,
      fair_key: 'test',
      max_ms: 60_000,
    });
    await slow.next(); // it holds the only reading session as long as nobody reads on
    const long = 'x'.repeat(16_000);
    const rows = months(MONTHS_AN_INSERT + 1);
    await insert(
      rowsOf(Array.from({ length: 40 }, () => rows.map((row) => ({ ...row, opt1: long }))).flat()),
    );
    await slow.return(undefined);
    expect(
      await ask(engine, "SELECT count(), min(length(record['opt1'])) FROM told WHERE trunk != 'file'"),
    ).toBe(`${40 * rows.length}\t16000`);
  });

  test('lines of text may lie in as many months, and one more month is refused', async () => {
    const lines = (count: number) =>
      Buffer.from(
        Array.from({ length: count }, (_, n) => `7\t${Date.UTC(2001, n, 5) / 1_000}\tt\n`).join(''),
      );
    const hand = (count: number) =>
      engine.insert({ table: 'told', columns: COLUMNS, rows: lines(count), fair_key: 'test' });
    await hand(MONTHS_AN_INSERT);
    expect(await ask(engine, 'SELECT count() FROM told')).toBe(String(MONTHS_AN_INSERT));
    await expect(hand(MONTHS_AN_INSERT + 1)).rejects.toThrow(EngineTooSpread);
  });

  test('a column that is added later is known to the next insert', async () => {
    await insert(rowsOf([{ trunk: 'file' }]));
    await engine.command('ALTER TABLE told ADD COLUMN evidence UInt8');
    const rows = Buffer.concat([text('later'), Buffer.from([3])]);
    await engine.insertRows({ ...INTO, columns: ['trunk', 'evidence'], rows });
    expect(await ask(engine, "SELECT evidence FROM told WHERE trunk = 'later'")).toBe('3');
  });
});
