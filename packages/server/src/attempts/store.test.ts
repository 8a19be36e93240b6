import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { storedRows } from '../../test/model/stored-rows.js';
import { AttemptRows } from './attempt-rows.js';
import type { PartEvent } from './durable/set-unsynced-aside.js';
import { EmbeddedEngine } from './engine/embedded.js';
import {
  type Engine,
  EngineUnavailable,
  type FileInserts,
  type InsertFileRequest,
  type InsertRequest,
  type ReadRequest,
  type StreamRequest,
} from './engine/engine.js';
import { migrateAttempts } from './engine/migrate.js';
import { MONTHS_AN_INSERT } from './engine/settings.js';
import { OPERATION_AT } from './row-layout.js';
import { AttemptStore, type StoreOptions } from './store.js';
import type { JournalEvent } from './unsettled.js';

/** The store on a real engine, which fails when a test wants it to. */
let path: string;
let real: Engine & FileInserts;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'recuento-store-'));
  real = new EmbeddedEngine({
    path,
    read_sessions: 1,
    write_sessions: 1,
    waiting_reads: 10,
    read_memory_bytes: 256 * 1024 ** 2,
  });
  await migrateAttempts(real);
});
afterAll(async () => {
  await real.close();
  await rm(path, { recursive: true, force: true });
});

let journal: string;
beforeEach(async () => {
  journal = await mkdtemp(join(tmpdir(), 'recuento-journal-'));
  for (const table of TABLES) await real.command(`TRUNCATE TABLE ${table}`);
  taken.length = 0;
});
afterEach(async () => {
  await rm(journal, { recursive: true, force: true });
  await rm(`${journal}.parts`, { force: true });
  const deliveries = new Map<string, bigint>();
  for (const { identity, delivery } of taken) {
    const before = deliveries.get(identity) ?? 0n;
    deliveries.set(identity, delivery > before ? delivery : before);
  }
  for (const table of TABLES) expect(await storedIn(table)).toEqual(deliveries);
});

const TABLES = ['told', 'held_by_campaign', 'held_by_telephone', 'held_by_time'];

/** Numbers of deliveries, as the accounts give them out. */
let last_delivery = 10 ** 15;
const nextDeliveries = async () => ++last_delivery;

/** Rows that the engine took: the row with the highest delivery of each identity must be stored. */
const taken: { readonly identity: string; readonly delivery: bigint }[] = [];

async function storedIn(table: string): Promise<Map<string, bigint>> {
  const sql = `SELECT operation_id, toUnixTimestamp(dialed_at), toUInt64(bitShiftRight(version, 64)) FROM ${table} FINAL FORMAT TSV`;
  const rows = (await real.read({ sql, fair_key: 'test', max_ms: 60_000 })).toString().trimEnd();
  const cells = rows === '' ? [] : rows.split('\n').map((row) => row.split('\t'));
  return new Map(cells.map(([operation, at, delivery]) => [`${operation} ${at}`, BigInt(delivery ?? '')]));
}

const events: JournalEvent[] = [];
const part_events: PartEvent[] = [];
/** Operations whose attempts were stored after all, and whether the journal still had them at that moment. */
const stored: { operation_id: number; is_kept: boolean }[] = [];
beforeEach(() => {
  events.length = 0;
  part_events.length = 0;
  stored.length = 0;
});

function open(engine: Engine & FileInserts, options: Partial<StoreOptions> = {}): Promise<AttemptStore> {
  return AttemptStore.open(engine, {
    journal,
    nextDeliveries,
    writing: (_bytes, work) => work(),
    onStored: async (operation_id) => {
      stored.push({ operation_id, is_kept: await hasEntryOf(operation_id) });
    },
    report: (event) => events.push(event),
    isUnavailable: () => false,
    durable: { store: path, list: `${journal}.parts`, report: (event) => part_events.push(event) },
    checkpoints: { times: { write_ms: 2, rest_ms: 1_000, again_ms: 2 } },
    wait_ms: { first: 2, longest: 4 },
    ...options,
  });
}

async function hasEntryOf(operation_id: number): Promise<boolean> {
  for (const entry of await entries()) {
    // Another entry may have been stored and removed meanwhile.
    const bytes = await readFile(join(journal, entry)).catch(() => Buffer.alloc(0));
    if (bytes.length > OPERATION_AT + 4 && bytes.readUInt32LE(OPERATION_AT) === operation_id) return true;
  }
  return false;
}

async function entries(): Promise<string[]> {
  return (await readdir(journal)).filter((name) => name.endsWith('.rows'));
}

/** Resolves when the journal has no entries. */
async function settled(): Promise<void> {
  while ((await entries()).length > 0) await sleep(2);
}

test('an entry that the engine failed to store is stored later, under its number, and reported before it is removed', async () => {
  const engine = new FaultyEngine(real);
  const store = await open(engine);
  engine.dead = true;
  for (const operation of [1, 2])
    await expect(store.write(operation, attemptsOf(operation, IN_OCTOBER))).rejects.toThrow();
  engine.dead = false;
  await store.write(3, attemptsOf(3, IN_NOVEMBER));
  await settled();
  await store.close();
  // Their numbers follow the order in which they came, whenever they were stored.
  expect(engine.deliveries).toHaveLength(3);
  expect(engine.operations.toSorted()).toEqual(['1', '2', '3']);
  const byDelivery = engine.operations.toSorted((a, b) =>
    ascending(engine.deliveryOf(a), engine.deliveryOf(b)),
  );
  expect(byDelivery).toEqual(['1', '2', '3']);
  expect(stored).toEqual([
    { operation_id: 1, is_kept: true },
    { operation_id: 2, is_kept: true },
  ]);
});

test('while an entry cannot be stored the store opens all the same, and a later upload counts as later', async () => {
  const engine = new FaultyEngine(real);
  const first = await open(engine);
  engine.dead = true;
  await expect(first.write(7, attemptsOf(7, IN_OCTOBER))).rejects.toThrow();
  await first.close();
  const second = await open(engine);
  expect(await entries()).toHaveLength(1);
  engine.dead = false;
  await second.write(8, attemptsOf(8, IN_OCTOBER));
  await settled();
  await second.close();
  expect(engine.operations.toSorted()).toEqual(['7', '8']);
  expect(engine.deliveryOf('8')).toBeGreaterThan(engine.deliveryOf('7'));
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['cut in a row', (bytes) => bytes.subarray(0, -9)],
  ['cut between rows', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['one bit is another', (bytes) => flipped(bytes, bytes.length - 4)],
  ['zeros at its end', (bytes) => Buffer.concat([bytes.subarray(0, -20), Buffer.alloc(20)])],
  ['empty', () => Buffer.alloc(0)],
])(
  'an entry that a disk damaged (%s) is set aside and named, and the others are stored',
  async (_how, damage) => {
    const engine = new FaultyEngine(real);
    await leaveBehind(engine, 1, 2);
    const [first = ''] = await entries();
    await writeFile(join(journal, first), damage(await readFile(join(journal, first))));
    const store = await open(engine);

    expect(engine.deliveries).toHaveLength(2); // of two rows a write
    await store.checkpoint();
    expect(await entries()).toEqual([]);
    expect(await readdir(join(journal, 'damaged'))).toEqual([first]);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'damaged', path: join(journal, 'damaged', first) }),
    );
    expect(stored.map(({ operation_id }) => operation_id)).toEqual([2]);
  },
);

test('rows that the engine refuses as malformed are set aside, when they are written and at a start', async () => {
  const engine = new FaultyEngine(real);
  const refusal = new Error('Code: 27. DB::ParsingException: Cannot parse input');
  const store = await open(engine);
  engine.dead = refusal;
  await expect(store.write(1, attemptsAt(IN_OCTOBER))).rejects.toBe(refusal);
  expect([(await entries()).length, (await readdir(join(journal, 'damaged'))).length]).toEqual([0, 1]);
  await store.close();
  engine.dead = true;
  const other = await open(engine);
  await expect(other.write(1, attemptsAt(IN_OCTOBER))).rejects.toThrow('killed');
  await other.close();
  engine.dead = refusal;
  await open(engine);
  expect([(await entries()).length, (await readdir(join(journal, 'damaged'))).length]).toEqual([0, 2]);
});

test('when no more may be set aside, a damaged entry waits, is reported once, and is set aside when there is room', async () => {
  const engine = new FaultyEngine(real);
  await leaveBehind(engine, 1, 2, 3);
  const [first = '', second = ''] = await entries();
  for (const name of [first, second]) await truncate(join(journal, name), 9);
  events.length = 0;
  const store = await open(engine, { aside_max: { entries: 1, bytes: 1_000 } });
  // It holds up neither a start nor other entries.
  expect(engine.operations).toEqual(['3', '3']);
  await store.write(4, attemptsOf(4, IN_OCTOBER));
  await store.checkpoint();
  while (events.filter(({ kind }) => kind === 'waits').length < 30) await sleep(2);
  expect([await entries(), await readdir(join(journal, 'damaged'))]).toEqual([[second], [first]]);
  expect(events.filter(({ kind }) => kind === 'aside full')).toHaveLength(1);
  await rm(join(journal, 'damaged', first));
  await settled();
  expect(await readdir(join(journal, 'damaged'))).toEqual([second]);
  await store.close();
  events.length = 0;
  await (await open(engine)).close();
  expect(events).toEqual([{ kind: 'aside', held: { entries: 1, bytes: 9 } }]);
});

test('a directory named like an entry or a draft is reported, and left where it is', async () => {
  const engine = new FaultyEngine(real);
  await leaveBehind(engine, 1);
  const strange = ['0000000000000001-2-00000000.rows', '9999999999999999-2-00000000.told', 'x.draft'];
  for (const name of strange) await mkdir(join(journal, name, 'with something in it'), { recursive: true });
  await writeFile(join(journal, 'cut.draft'), 'a draft');
  const store = await open(engine);
  expect(engine.deliveries).toHaveLength(2);
  expect(events.filter(({ kind }) => kind === 'strange')).toEqual(
    strange.map((entry) => ({ kind: 'strange', entry })),
  );
  await store.write(2, attemptsOf(2, IN_OCTOBER));
  await store.checkpoint();
  expect((await readdir(journal)).sort()).toEqual(strange);
  await store.close();
});

test('an entry that fails of its own does not hold up others, and is set aside after some tries', async () => {
  const engine = new FaultyEngine(real);
  await leaveBehind(engine, 1, 2);
  const [odd] = await entries();
  events.length = 0; // those of the earlier store
  const unknown = new Error('Code: 36. DB::Exception: Bad arguments');
  engine.refuses = (operation) => (operation === '1' ? unknown : undefined);
  const store = await open(engine);
  await expect(store.write(1, attemptsOf(1, IN_OCTOBER))).rejects.toBe(unknown);
  await store.write(2, attemptsOf(2, IN_OCTOBER));
  await settled();
  expect(engine.operations).toEqual(['2', '2', '2']);
  const damaged = await readdir(join(journal, 'damaged'));
  expect([damaged.length, damaged[0]]).toEqual([2, odd]);
  expect(events.filter((event) => event.kind === 'waits' && event.entry === odd)).toHaveLength(20);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'damaged', entry: odd, error: unknown }));
  await store.close();
});

test('an entry that fails of its own lets a later one in', async () => {
  const engine = new FaultyEngine(real);
  engine.refuses = () => new Error('not now');
  // Twenty tries of the first would take minutes.
  const store = await open(engine, { wait_ms: { first: 50, longest: 60_000 } });
  for (const operation of [1, 2])
    await expect(store.write(operation, attemptsOf(operation, IN_OCTOBER))).rejects.toThrow('not now');
  engine.refuses = (operation) => (operation === '1' ? new Error('not now') : undefined);
  while (!engine.operations.includes('2')) await sleep(2);
  // The second entry got in while the first still waited, not because the first was set aside after all its tries.
  expect(events.filter(({ kind }) => kind === 'damaged')).toEqual([]);
  await store.close();
});

test.each<[string, Error]>([
  ['the engine', new EngineUnavailable('the engine is at its end')],
  ['the disk', new Error('Code: 75. DB::Exception: Cannot write to file')],
  ['a system call', Object.assign(new Error('EMFILE'), { code: 'EMFILE', syscall: 'open' })],
])(
  'a failure of %s ends the turn, counts against no entry, and all entries are stored when it is over',
  async (_whose, failure) => {
    const engine = new FaultyEngine(real);
    const store = await open(engine);
    const asked: string[] = [];
    engine.refuses = (operation) => {
      asked.push(operation);
      return failure;
    };
    for (const operation of [1, 2])
      await expect(store.write(operation, attemptsOf(operation, IN_OCTOBER))).rejects.toBe(failure);
    while (asked.length < 30) await sleep(2);
    // The second entry is tried once, when it is written: each turn ends with the first entry.
    expect(asked.slice(0, 30).filter((operation) => operation === '2').length).toBeLessThanOrEqual(1);
    engine.refuses = () => undefined;
    await settled();
    expect(engine.operations).toEqual(['1', '2']);
    await store.close();
  },
);

test('when half of what may wait is of one operation, its own uploads are refused, and no others', async () => {
  const engine = new FaultyEngine(real);
  const block = 4_096; // an entry counts as at least so many bytes
  const options = { full_bytes: 4 * block, wait_ms: { first: 60_000, longest: 60_000 } };
  const store = await open(engine, options);
  const outcomes: string[] = [];
  const write = (operation: number) =>
    store.write(operation, attemptsOf(operation, IN_OCTOBER)).then(
      () => outcomes.push('stored'),
      (error: Error) => outcomes.push(error.message),
    );
  engine.dead = true;
  for (const operation of [1, 1, 1, 2, 3]) await write(operation);
  const full = 'too much of the operation waits to be stored again';
  expect(outcomes).toEqual(['killed', 'killed', full, 'killed', 'killed']);
  engine.dead = false;
  await store.close();
});

/** Leaves one entry of two rows for each operation, as a kill would. */
async function leaveBehind(engine: FaultyEngine, ...operations: readonly number[]): Promise<void> {
  const dying = await open(engine);
  engine.dead = true;
  for (const operation of operations) {
    await expect(dying.write(operation, attemptsOf(operation, IN_OCTOBER, IN_NOVEMBER))).rejects.toThrow();
  }
  await dying.close();
  engine.dead = false;
}

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

const IN_OCTOBER = Date.UTC(2026, 9, 31, 12) / 1_000;
const IN_NOVEMBER = Date.UTC(2026, 10, 1, 12) / 1_000;

test('an upload that a kill cut off is stored at the next start, and a later upload counts as later', async () => {
  const engine = new FaultyEngine(real);
  const dying = await open(engine);
  engine.dead = true;
  await expect(dying.write(1, attemptsAt(IN_OCTOBER, IN_NOVEMBER))).rejects.toThrow('killed');
  await dying.close(); // a dead process tries nothing again
  expect(engine.deliveries).toEqual([]);
  engine.dead = false;
  const started = await open(engine);
  const [left, ...others] = [...new Set(engine.deliveries)];
  expect([engine.deliveries.length, others]).toEqual([2, []]);
  await started.write(1, attemptsAt(IN_OCTOBER, IN_NOVEMBER));
  expect(engine.deliveries.at(-1)).toBeGreaterThan(left ?? 0n);
  await started.checkpoint();
  expect(await readdir(journal)).toEqual([]);
});

test('attempts of more months than one insert may fill are all stored', async () => {
  const store = await open(real);
  const months = Array.from({ length: 2 * MONTHS_AN_INSERT + 1 }, (_, n) => Date.UTC(2001, n, 5) / 1_000);
  await store.write(1, attemptsAt(...months));
  for (const at of months) taken.push({ identity: `1 ${at}`, delivery: BigInt(last_delivery) });
  await store.close();
});

test('text entries of an earlier version are stored, also with more months than one insert may fill', async () => {
  const lineOf = (at_s: number) =>
    `1000000000000007\t0\t0\t5\t1\t${at_s}\t573001234567\ta\\\\b\tbusy\t\t\\N\tseñal\n`;
  const months = Array.from({ length: MONTHS_AN_INSERT + 1 }, (_, n) => Date.UTC(2001, n, 5) / 1_000);
  const put = async (time: number, of_text: string) => {
    const bytes = Buffer.from(of_text);
    const name = `${String(time).padStart(16, '0')}-${bytes.length}-${crc32(bytes).toString(16).padStart(8, '0')}.told`;
    await writeFile(join(journal, name), bytes);
    return name;
  };
  await put(1, months.map(lineOf).join(''));
  const odd = await put(2, 'no row\n');
  const store = await open(real);
  for (const at of months) taken.push({ identity: `5 ${at}`, delivery: 1_000_000_000_000_007n });
  expect(stored.map(({ operation_id }) => operation_id)).toEqual([5]);
  await store.checkpoint();
  expect(await readdir(journal)).toEqual(['damaged']);
  expect(await readdir(join(journal, 'damaged'))).toEqual([odd]);
  await store.close();
  const sql = 'SELECT DISTINCT attempt_id, result, trunk FROM told FORMAT TSV';
  expect((await real.read({ sql, fair_key: 'test', max_ms: 60_000 })).toString()).toBe(
    'a\\\\b\tbusy\tseñal\n',
  );
});

const ascending = (a: bigint, b: bigint) => (a < b ? -1 : 1);

/** A real engine that fails when a test wants it to, before anything of an insert gets in. */
class FaultyEngine implements Engine, FileInserts {
  /** When set, every insert of a file fails, with this error if it is one. */
  dead: boolean | Error = false;
  /** The error with which it refuses an operation's rows. */
  refuses: (operation: string) => Error | undefined = () => undefined;
  /** The delivery of each row that it took, in their order. */
  readonly deliveries: bigint[] = [];
  /** The operation of each of these rows. */
  readonly operations: string[] = [];
  readonly #real: Engine & FileInserts;

  constructor(real: Engine & FileInserts) {
    this.#real = real;
  }

  deliveryOf(operation: string): bigint {
    return this.deliveries[this.operations.indexOf(operation)] ?? 0n;
  }

  async insertFile(request: InsertFileRequest): Promise<void> {
    if (this.dead) throw this.dead === true ? new Error('killed') : this.dead;
    const rows = storedRows(await readFile(request.file));
    const refusal = this.refuses(rows[0]?.operation_id ?? '');
    if (refusal) throw refusal;
    await this.#real.insertFile(request);
    for (const { operation_id = '', delivery = '', dialed_at } of rows) {
      this.deliveries.push(BigInt(delivery));
      this.operations.push(operation_id);
      taken.push({ identity: `${operation_id} ${dialed_at}`, delivery: BigInt(delivery) });
    }
  }

  insert(request: InsertRequest): Promise<void> {
    return this.#real.insert(request);
  }

  read(request: ReadRequest): Promise<Buffer> {
    return this.#real.read(request);
  }

  stream(request: StreamRequest): AsyncGenerator<Buffer> {
    return this.#real.stream(request);
  }

  change(sql: string, fair_key: string): Promise<void> {
    return this.#real.change(sql, fair_key);
  }

  command(sql: string): Promise<void> {
    return this.#real.command(sql);
  }

  /** Nothing to close: all tests share the real engine. */
  async close(): Promise<void> {}
}

function attemptsAt(...times_s: number[]): AttemptRows {
  return attemptsOf(1, ...times_s);
}

function attemptsOf(operation_id: number, ...times_s: number[]): AttemptRows {
  const rows = new AttemptRows();
  for (const dialed_at_s of times_s) {
    rows.add(operation_id, 1, {
      attempt_id: '1',
      telephone: '573001234567',
      dialed_at_s,
      code: 'busy',
      amd: '',
      duration_seconds: undefined,
      trunk: '',
      sip: undefined,
      cause: undefined,
      evidence: 'none',
      agent_id: '',
    });
  }
  return rows;
}
