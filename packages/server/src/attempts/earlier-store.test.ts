import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EarlierRow, makeEarlierTables } from '../../test/model/earlier-store.js';
import { evidenceSql } from '../outcomes/upload-evidence.js';
import { moveEarlierStore } from './earlier-store.js';
import { EmbeddedEngine } from './engine/embedded.js';
import type { Engine } from './engine/engine.js';
import { migrateAttempts } from './engine/migrate.js';

let path: string;
let engine: Engine;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-earlier-'));
  engine = new EmbeddedEngine({
    path: join(path, 'attempts'),
    read_sessions: 1,
    write_sessions: 1,
    waiting_reads: 10,
    read_memory_bytes: 256 * 1024 ** 2,
  });
  await migrateAttempts(engine);
});
afterAll(async () => {
  await engine.close();
  await rm(path, { recursive: true, force: true });
});

const of = (month: string, attempt_id: string, result: string, delivery: number, more = {}): EarlierRow => ({
  campaign_id: 1,
  telephone: '573001',
  dialed_at: `2026-${month}-03 12:00:00`,
  attempt_id,
  result,
  delivery,
  ...more,
});
const ROWS = [
  of('09', 'a', 'busy', 1_790_000_000_000_000),
  of('09', 'a', 'failed', 1_790_000_000_000_001, { sip: 404 }), // it came later
  of('10', 'b', 'answer', 1_790_000_000_000_002, { amd: 'human', duration_seconds: 70_000 }),
  of('10', 'c', 'no_answer', 1_790_000_000_000_003, { cause: 1, duration_seconds: 12 }),
  of('11', 'd', 'congestion', 1_790_000_000_000_004),
  of('11', 'e', 'unknown', 1_790_000_000_000_005, { cause: 16 }),
];
const HELD = ['held_by_campaign', 'held_by_telephone', 'held_by_time'];
const moved = (attempt_id: string, result: string, evidence: string, strength: number, seconds: number) =>
  [attempt_id, result, evidence, '1000000000000000', String(strength), String(seconds)].join('\t');
const EXPECTED = [
  moved('a', 'failed', 'number_invalid', 2, 0),
  moved('b', 'answer', 'line_lives', 7, 65_535),
  moved('c', 'no_answer', 'number_invalid', 1, 13),
  moved('d', 'congestion', 'trunk_at_fault', 3, 0),
  moved('e', 'unknown', '', 0, 0),
];

function move(through: Engine, more: Partial<Parameters<typeof moveEarlierStore>[0]> = {}): Promise<void> {
  return moveEarlierStore({
    engine: through,
    journal: join(path, 'journal'),
    evidence_sql: evidenceSql(),
    assertRoom: async () => undefined,
    report: () => undefined,
    ...more,
  });
}

/** The engine, killed before command number `nth`: the commands before that one are run whole. */
function killedAt(nth: number): Engine {
  let commands = 0;
  const failing: Pick<Engine, 'command'> = {
    async command(sql) {
      commands += 1;
      if (commands >= nth) throw new Error('killed');
      await engine.command(sql);
    },
  };
  return Object.assign(Object.create(engine) as Engine, bound(engine), failing);
}

const bound = (of_engine: Engine): Pick<Engine, 'read' | 'insert'> => ({
  read: (request) => of_engine.read(request),
  insert: (request) => of_engine.insert(request),
});

async function lines(sql: string): Promise<string[]> {
  const bytes = await engine.read({ sql: `${sql} FORMAT TSV`, fair_key: 'test', max_ms: 60_000 });
  return bytes.toString().split('\n').filter(Boolean);
}

async function expectMoved(): Promise<void> {
  const rank = '(bitAnd(toUInt64(version), 18446744073709551615) - 1000000000000000)';
  expect(
    await lines(`SELECT attempt_id, result, evidence, toUInt64(bitShiftRight(version, 64)), bitShiftRight(${rank}, 48),
        bitAnd(bitShiftRight(${rank}, 32), 65535) FROM told FINAL ORDER BY attempt_id`),
  ).toEqual(EXPECTED);
  expect(await lines(`SELECT record['opt1'] FROM told FINAL ORDER BY 1`)).toEqual(['a', 'b', 'c', 'd', 'e']);
  const held = 'attempt_hash, result, evidence, version';
  const told = await lines(`SELECT ${held} FROM told FINAL ORDER BY attempt_hash`);
  for (const table of HELD) {
    expect(await lines(`SELECT ${held} FROM ${table} FINAL ORDER BY attempt_hash`)).toEqual(told);
  }
  expect(
    await lines(`SELECT name FROM system.tables WHERE name LIKE 'attempts%' OR name = 'moved_months'`),
  ).toEqual([]);
}

async function emptied(): Promise<void> {
  for (const table of ['told', ...HELD]) await engine.command(`TRUNCATE TABLE ${table}`);
}

test('after a stop at any statement the next start finishes the move', async () => {
  let is_stopped = true;
  let nth = 0;
  while (is_stopped) {
    nth += 1;
    await emptied();
    await makeEarlierTables(engine, ROWS);
    is_stopped = await move(killedAt(nth)).then(
      () => false,
      () => true,
    );
    if (is_stopped) await move(engine);
    await expectMoved();
  }
  expect(nth).toBeGreaterThan(10); // it was stopped at so many statements
}, 300_000);

test('a store without earlier tables is left as it is', async () => {
  await emptied();
  await move(engine, { assertRoom: () => Promise.reject(new Error('nothing is moved')) });
  expect(await lines('SELECT count() FROM told')).toEqual(['0']);
});

test('when the disk has no room, nothing is moved', async () => {
  await emptied();
  await makeEarlierTables(engine, ROWS);
  const asked: number[] = [];
  const full = new Error('full');
  const assertRoom = async (bytes: number) => {
    asked.push(bytes);
    throw full;
  };
  await expect(move(engine, { assertRoom })).rejects.toBe(full);
  expect(asked[0]).toBeGreaterThan(100);
  expect(await lines('SELECT count() FROM told')).toEqual(['0']);
  await move(engine);
  await expectMoved();
});

test('entries in the journal of an earlier version are moved too, and damaged ones are set aside', async () => {
  await emptied();
  await makeEarlierTables(engine, ROWS.slice(0, -1));
  await rm(join(path, 'journal'), { recursive: true, force: true });
  await mkdir(join(path, 'journal'));
  const row = [
    '1790000000000005',
    1,
    1,
    Date.UTC(2026, 10, 3, 12) / 1_000,
    '573001',
    'e',
    'unknown',
    '',
    '\\N',
    '',
    '\\N',
    16,
  ];
  const text = `${row.join('\t')}\t\t\t{'opt1':'e'}\n`;
  const named = (time: number, of_text: string) =>
    `${String(time).padStart(16, '0')}-${of_text.length}-${crc32(of_text).toString(16).padStart(8, '0')}.tsv`;
  const entries = {
    [named(1, text)]: text,
    [named(2, text)]: text.slice(1),
    '0000000000000003.tsv': 'no row\n',
    '0000000000000004.rows': 'of this version',
  };
  for (const [name, bytes] of Object.entries(entries)) await writeFile(join(path, 'journal', name), bytes);
  await move(engine);
  await expectMoved();
  expect((await readdir(join(path, 'journal'))).sort()).toEqual(['0000000000000004.rows', 'damaged']);
  expect((await readdir(join(path, 'journal', 'damaged'))).sort()).toEqual([
    named(2, text),
    '0000000000000003.tsv',
  ]);
});
