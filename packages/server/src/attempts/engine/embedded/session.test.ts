import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineReplyMixed } from '../engine.js';
import { Leavers } from '../pool/leavers.js';
import { Seat } from '../pool/seat.js';
import type { Statement } from '../session.js';
import { EmbeddedSession } from './session.js';

/** A session that is used again although a statement on it failed. The pool never does that; here it shows what would happen. */
let path: string;
/** Keeps the store open, as the pool's other sessions do. */
let keeper: EmbeddedSession;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-session-'));
  keeper = new EmbeddedSession(path);
  await keeper.command('SELECT 1 FORMAT Null');
});
afterAll(async () => {
  await keeper.close();
  await rm(path, { recursive: true, force: true });
});

const statement = (sql: string): Statement => ({ sql, settings: { max_block_size: 100 }, tag: randomUUID() });
const FAILS = statement(
  "SELECT 'of a stranger', throwIf(number = 3000) FROM numbers(5000) SETTINGS max_threads = 1 FORMAT TSV",
);
const MINE = statement("SELECT 'mine' FORMAT TSV");
const NUMBERS = { ...statement('SELECT number AS n FROM numbers(1000) FORMAT Template') };
// biome-ignore lint/suspicious/noTemplateCurlyInString: the engine's blanks
const lines = { ...NUMBERS.settings, format_template_row_format: '${n:CSV}\n' };

test('output that a failed statement left is neither the reply of the next one nor the beginning of a stream', async () => {
  const session = new EmbeddedSession(path);
  await expect(session.read(FAILS)).rejects.toThrow('throwIf');
  await expect(session.read(MINE)).rejects.toThrow(EngineReplyMixed);
  await expect(session.read(FAILS)).rejects.toThrow('throwIf');
  await expect(session.stream({ ...NUMBERS, settings: lines }).next()).rejects.toThrow(EngineReplyMixed);
  await session.close();
});

test('the output of a statement is cut out of its marks, in binary formats too', async () => {
  expect((await keeper.read(MINE)).toString()).toBe('mine\n');
  const parquet = await keeper.read(statement('SELECT number FROM numbers(1000) FORMAT Parquet'));
  expect(parquet.subarray(0, 4).toString()).toBe('PAR1');
  expect(parquet.subarray(-4).toString()).toBe('PAR1');
});

test('the first statement of a session may be as long as any', async () => {
  const long = 'a'.repeat(1024 ** 2);
  const session = new EmbeddedSession(path);
  const asked = { ...statement('SELECT length({ids:String}) FORMAT TSV'), params: { ids: long } };
  expect((await session.read(asked)).toString()).toBe(`${long.length}\n`);
  await session.close();
});

test('a stream that fails at any row throws, and never just ends', async () => {
  for (const at of [0, 1, 99, 100, 101, 500, 998, 999]) {
    const session = new EmbeddedSession(path);
    const sql = `SELECT number + throwIf(number = ${at}, 'here') AS n FROM numbers(1000) SETTINGS max_threads = 1 FORMAT Template`;
    const all = async () => {
      for await (const _ of session.stream({ ...statement(sql), settings: lines }));
    };
    await expect(all()).rejects.toThrow('here');
    await session.close();
  }
});

test('a session leaves its seat after a failure, and after a stream that was left half read', async () => {
  const leavers = new Leavers({ max: 3 });
  const seat = new Seat(() => new EmbeddedSession(path), leavers);
  const whose = (session: EmbeddedSession) => Promise.resolve(session);
  const first = await seat.use('a', whose);
  expect(await seat.use('a', whose)).toBe(first);
  await expect(seat.use('a', (session) => session.read(FAILS))).rejects.toThrow('throwIf');
  const second = await seat.use('a', whose);
  expect(second).not.toBe(first);
  expect((await seat.use('a', (session) => session.read(MINE))).toString()).toBe('mine\n');
  const half = seat.through('a', (session) => session.stream({ ...NUMBERS, settings: lines }));
  expect((await half.next()).done).toBe(false);
  await half.return(undefined);
  expect(await seat.use('a', whose)).not.toBe(second);
  await leavers.settled();
  await seat.close();
});

test('a caller who breaks off again and again waits until the sessions have ended; others do not', async () => {
  const leavers = new Leavers({ max: 8 });
  let end: () => void = () => undefined;
  // Another caller's long report: while it runs, the library ends no session.
  const running = leavers.during(new Promise<void>((resolve) => (end = resolve)));
  const leave = (key: string) => leavers.add(key, new EmbeddedSession(path));
  for (let at = 0; at < 4; at += 1) {
    expect(() => leavers.admit('a')).not.toThrow();
    leave('a');
  }
  expect(() => leavers.admit('a')).toThrow('broken off');
  for (let at = 0; at < 2; at += 1) {
    expect(() => leavers.admit('b')).not.toThrow();
    leave('b');
  }
  expect(() => leavers.admit('b')).toThrow('broken off');
  expect(() => leavers.admit('c')).not.toThrow();
  end();
  await running;
  await leavers.settled();
  expect([leavers.of('a'), leavers.of('b')]).toEqual([0, 0]);
  for (const key of ['a', 'b', 'c']) expect(() => leavers.admit(key)).not.toThrow();
});
