import { setTimeout as sleep } from 'node:timers/promises';
import { newOperationSchema } from '@recuento/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Accounts, openAccounts } from '../src/accounts/accounts.js';
import { ImportTakenOver, type NumberedJob } from '../src/accounts/imports.js';
import { DEAD_AFTER_LOOKS } from '../src/accounts/nodes.js';
import { AttemptRows } from '../src/attempts/attempt-rows.js';
import { EngineUnavailable, type InsertRowsRequest } from '../src/attempts/engine/engine.js';
import { migrateAttempts } from '../src/attempts/engine/migrate.js';
import { AttemptStore } from '../src/attempts/store.js';
import { newTestStore, type TestStore } from './servers/accounts-stores.js';
import { describeEngines, type TestEngine } from './servers/engines.js';
import { ask } from './servers/told-rows.js';

/**
 * Deliveries in accounts that several nodes share, on the way to an engine that they share: what became of them when the engine
 * fails, and when a node dies, or stands still, in the middle. The engine is real; a test says what comes before an insert.
 */
describeEngines(({ kind, open }) => {
  let engine: TestEngine;
  let accounts_store: TestStore;
  let operation_id: number;
  const opened: Node[] = [];
  let late: { operation_id: number; imports: readonly number[] }[] = [];
  beforeAll(async () => {
    engine = await open();
    await migrateAttempts(engine);
  });
  afterAll(() => engine.close());
  beforeEach(async () => {
    accounts_store = await newTestStore(kind);
    late = [];
    const { accounts } = await node();
    operation_id = (
      await accounts.operations.create(newOperationSchema.parse({ server: '1', name: 'one', licences: 1 }))
    ).id;
    for (const table of ['told', 'held_by_campaign', 'held_by_telephone', 'held_by_time']) {
      await engine.command(`TRUNCATE TABLE ${table}`);
    }
  });
  afterEach(async () => {
    for (const { accounts, attempts } of opened.splice(0)) {
      await attempts.close();
      await accounts.close();
    }
    await accounts_store.remove();
  });

  interface Node {
    readonly accounts: Accounts;
    readonly attempts: AttemptStore;
    /** What comes before each insert of this node; what it throws is what the engine fails of. */
    before: () => Promise<void>;
  }

  async function node(): Promise<Node> {
    const by_hand = { alone: false, beat_ms: 0 };
    const kept = { usage_days: 90, imports_days: 90 };
    const accounts = await openAccounts(
      await accounts_store.open(),
      Date.now,
      by_hand,
      () => undefined,
      kept,
    );
    const insertRows = async (request: InsertRowsRequest) => {
      await made.before();
      await engine.insertRows(request);
    };
    const attempts = await AttemptStore.openShared(
      { insertRows },
      {
        pending: accounts.pendingDeliveries,
        onLate: async (of, imports) => {
          late.push({ operation_id: of, imports });
        },
        onFailure: () => undefined,
        nextDeliveries: (of, count) => accounts.numbers.deliveries(of, count),
        writing: (_bytes, work) => work(),
        onStored: (of) => accounts.dataVersions.raise(of, { kind: 'anything' }),
        isUnavailable: () => false,
        report: () => undefined,
        wait_ms: { first: 5, longest: 20 },
      },
    );
    const made: Node = { accounts, attempts, before: async () => undefined };
    opened.push(made);
    return made;
  }

  /** Looks until whoever does not beat is dead. */
  async function looks({ accounts }: Node): Promise<void> {
    for (let look = 0; look <= DEAD_AFTER_LOOKS; look += 1) await accounts.nodes.look();
  }

  function rowsOf(telephones: readonly string[], import_number = 0): AttemptRows {
    const rows = new AttemptRows();
    for (const telephone of telephones) {
      rows.addLeg(import_number, operation_id, 1, {
        attempt_id: telephone,
        telephone,
        dialed_at_s: 1_790_000_000,
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

  async function running({ accounts }: Node): Promise<NumberedJob> {
    const zone = { time_zone: 'UTC', time_zone_from: 'operation' as const };
    return accounts.imports.create(
      operation_id,
      { format: 'csv', format_reason: null, campaign_id: 1, ...zone },
      { mapping: '', replaces: false },
    );
  }

  const stored = async () =>
    (await ask(engine, 'SELECT telephone FROM held_by_time FINAL ORDER BY telephone'))
      .split('\n')
      .filter(Boolean);
  const pending = async ({ accounts }: Node) => (await accounts.pendingDeliveries.own()).length;
  const first = () => {
    const [one] = opened;
    if (!one) throw new Error('no node is open');
    return one;
  };

  /** Resolves when the node's insert has come so far, and lets it go on when it is told. */
  function held(one: Node): { readonly reached: Promise<void>; readonly goOn: () => void } {
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      one.before = async () => {
        resolve();
        await gate;
      };
    });
    return { reached, goOn };
  }

  test('what the engine has taken is forgotten, of many at once', async () => {
    const one = first();
    const telephones = Array.from({ length: 20 }, (_, nr) => String(100 + nr));
    await Promise.all(telephones.map((telephone) => one.attempts.write(operation_id, rowsOf([telephone]))));
    expect(await stored()).toEqual(telephones);
    await one.attempts.checkpoint();
    expect(await pending(one)).toBe(0);
  });

  test('what it fails at waits, and is stored when it does no more; until then nothing of the operation is settled', async () => {
    const one = first();
    let tries = 0;
    one.before = async () => {
      tries += 1;
      if (tries < 4) throw new EngineUnavailable('away');
    };
    await expect(one.attempts.write(operation_id, rowsOf(['1', '2']))).rejects.toThrow('away');
    await expect(one.attempts.settle(operation_id, 1)).rejects.toThrow(EngineUnavailable);
    await expect.poll(stored).toEqual(['1', '2']);
    await expect.poll(() => pending(one)).toBe(0);
    await one.attempts.settle(operation_id, 1);
  });

  test('what a node had under way when it died, another stores, once it is its own', async () => {
    const [one, other] = [first(), await node()];
    const { reached, goOn } = held(other);
    const job = await running(other);
    const written = other.attempts.write(operation_id, rowsOf(['1', '2'], job.number));
    await reached;
    expect(await one.accounts.pendingDeliveries.idsOf(operation_id, job.number)).toHaveLength(1);
    await looks(one);
    await one.attempts.takeOver();
    expect(await stored()).toEqual(['1', '2']);
    await one.attempts.settle(operation_id, job.number);
    // It was only frozen: the rows come once more, and nothing is there twice.
    goOn();
    await written;
    await other.attempts.checkpoint();
    expect(await stored()).toEqual(['1', '2']);
    expect(late).toEqual([{ operation_id, imports: [job.number] }]);
    expect([await pending(one), await pending(other)]).toEqual([0, 0]);
  });

  test('a node whose import was taken over brings nothing more of it, and uploads as before', async () => {
    const [one, other] = [first(), await node()];
    const job = await running(other);
    await looks(one);
    await expect(other.attempts.write(operation_id, rowsOf(['1'], job.number))).rejects.toThrow(
      ImportTakenOver,
    );
    await other.attempts.write(operation_id, rowsOf(['2']));
    expect(await stored()).toEqual(['2']);
    await other.attempts.checkpoint();
    expect(late).toEqual([]); // an upload is nobody's to take back
  });

  test('who takes an import back waits for what another node still brings of it', async () => {
    const [one, other] = [first(), await node()];
    const { reached, goOn } = held(other);
    const job = await running(other);
    const written = other.attempts.write(operation_id, rowsOf(['1'], job.number));
    await reached;
    let is_settled = false;
    const settled = one.attempts.settle(operation_id, job.number).then(() => {
      is_settled = true;
    });
    await one.attempts.settle(operation_id, job.number + 1); // another's is not waited for
    await sleep(300);
    expect(is_settled).toBe(false);
    goOn();
    await written;
    await settled;
    expect(await stored()).toEqual(['1']);
  });

  test('rows that the engine refuses are set aside, with why', async () => {
    const one = first();
    const rows = rowsOf(['1']);
    one.before = async () => {
      rows.raw.fill(0xff, rows.length - 20, rows.length);
    };
    await expect(one.attempts.write(operation_id, rows)).rejects.toThrow();
    expect(await one.accounts.pendingDeliveries.aside()).toMatchObject({ entries: 1 });
    expect(await pending(one)).toBe(0);
    expect(await stored()).toEqual([]);
  });
});
