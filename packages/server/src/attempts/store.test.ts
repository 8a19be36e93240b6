import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ATTEMPT_COLUMNS, AttemptRows } from './attempt-rows.js';
import type { Engine, InsertRequest } from './engine/engine.js';
import { AttemptStore } from './store.js';

/** What the store asks of the engine, which here keeps rows in memory and can die before it does. */
let journal: string;
beforeEach(async () => {
  journal = await mkdtemp(join(tmpdir(), 'recuento-journal-'));
});
afterEach(() => rm(journal, { recursive: true, force: true }));

function open(engine: Engine, now_ms: () => number): Promise<AttemptStore> {
  return AttemptStore.open(engine, {
    journal,
    now_ms,
    writing: (_bytes, work) => work(),
    onStored: async () => undefined,
    report: () => undefined,
  });
}

const NOON_MS = Date.UTC(2026, 10, 3, 12);
const IN_OCTOBER = Date.UTC(2026, 9, 31, 12) / 1_000;
const IN_NOVEMBER = Date.UTC(2026, 10, 1, 12) / 1_000;

test('an upload that a kill cut off is stored at the next start, and what comes after it counts as later', async () => {
  const engine = new MemoryEngine();
  const dying = await open(engine, () => NOON_MS);
  engine.dead = true;
  await expect(dying.write(1, attemptsAt(IN_OCTOBER, IN_NOVEMBER))).rejects.toThrow('killed');
  expect(engine.deliveries).toEqual([]);
  engine.dead = false;
  // The clock was set back meanwhile.
  const started = await open(engine, () => NOON_MS - 3_600_000);
  const [left, ...others] = [...new Set(engine.deliveries)];
  expect([engine.deliveries.length, others]).toEqual([2, []]);
  await started.write(1, attemptsAt(IN_OCTOBER, IN_NOVEMBER));
  expect(engine.deliveries.at(-1)).toBeGreaterThan(left ?? 0n);
  expect(await readdir(journal)).toEqual([]);
});

test('deliveries are numbered upwards although the clock goes back', async () => {
  const engine = new MemoryEngine();
  let now_ms = NOON_MS;
  const store = await open(engine, () => now_ms);
  for (const step_ms of [0, 0, -86_400_000, 1, 200_000_000]) {
    now_ms += step_ms;
    await store.write(1, attemptsAt(IN_OCTOBER));
  }
  expect(engine.deliveries).toEqual(engine.deliveries.toSorted(ascending));
  expect(new Set(engine.deliveries).size).toBe(5);
});

const ascending = (a: bigint, b: bigint) => (a < b ? -1 : 1);

class MemoryEngine implements Engine {
  dead = false;
  readonly deliveries: bigint[] = [];

  async insert({ rows }: InsertRequest): Promise<void> {
    if (this.dead) throw new Error('killed');
    const column = ATTEMPT_COLUMNS.indexOf('delivery');
    const lines = rows.toString().trimEnd().split('\n');
    this.deliveries.push(...lines.map((line) => BigInt(line.split('\t')[column] ?? '')));
  }

  async read(): Promise<Buffer> {
    return Buffer.from(`${this.deliveries.toSorted(ascending).at(-1) ?? 0n}\n`);
  }

  async *stream(): AsyncGenerator<Buffer> {
    yield await this.read();
  }

  async command(): Promise<void> {}
  async close(): Promise<void> {}
}

function attemptsAt(...times_s: number[]): AttemptRows {
  const rows = new AttemptRows();
  for (const dialed_at_s of times_s) {
    rows.add(1, 1, {
      attempt_id: '1',
      telephone: '573001234567',
      dialed_at_s,
      code: 'busy',
      amd: '',
      duration_seconds: undefined,
      trunk: '',
      sip: undefined,
      cause: undefined,
      agent_id: '',
    });
  }
  return rows;
}
