import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Accounts, openAccounts } from '../src/accounts/accounts.js';
import type { ImportJob } from '../src/accounts/imports.js';
import { DEAD_AFTER_LOOKS } from '../src/accounts/nodes.js';
import type { AccountsStore } from '../src/accounts/schema.js';
import type { TokenHolder } from '../src/accounts/tokens.js';
import { NodesModel } from './model/nodes.js';
import { newTestStore, type TestStore } from './servers/accounts-stores.js';
import { TEST_ENGINE } from './servers/test-stores.js';

/**
 * Three nodes of one database that work, are frozen, are killed, stop and start in any order: what each of them is told, and
 * what the database has behind each step, is what a plain model says.
 */
const RUNS = Number(process.env.RECUENTO_FUZZ === 'full' ? 1_000 : 60);
const PLACES = 3;
const SLOTS = 3;
const KEPT = { usage_days: 400, imports_days: 90 };

let test_store: TestStore;
let db: AccountsStore;
let runs = 0;
/** Frozen and woken, killed and stopped: each step's own doing, by name. */
const seen = new Map<string, number>();
beforeAll(async () => {
  test_store = await newTestStore(TEST_ENGINE);
  db = await test_store.open();
  const first = await openAccounts(db, Date.now, { alone: true }, () => undefined, KEPT);
  await first.stop();
  await first.housekeeping.close();
});
afterAll(async () => {
  await test_store.remove();
});

interface Step {
  readonly what: (typeof KINDS)[number];
  /** Which node, and which of the imports, keys, deliveries there are by then, the last ones first. */
  readonly place: number;
  readonly which: number;
  readonly fingerprint: 'f' | 'g';
  readonly fails: boolean;
  readonly looks: number;
}

const KINDS = [
  'looks',
  'start',
  'kill',
  'stop',
  'admit',
  'release',
  'import',
  'progress',
  'done',
  'undo',
  'again',
  'undone',
  'claim',
  'answer',
  'deliver',
  'delivered',
] as const;

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constant('looks' as const) },
    { weight: 5, arbitrary: fc.constant('start' as const) },
    { weight: 20, arbitrary: fc.constantFrom(...KINDS) },
  ),
  place: fc.nat(PLACES - 1),
  which: fc.nat(2),
  fingerprint: fc.constantFrom('f', 'f', 'g'),
  fails: fc.boolean(),
  // All at once, while the others are frozen; or as few as come between their own.
  looks: fc.constantFrom(1, DEAD_AFTER_LOOKS - 1, DEAD_AFTER_LOOKS, DEAD_AFTER_LOOKS + 1),
});

/** A process, and what it has in its memory. */
interface Life {
  readonly accounts: Accounts;
  readonly id: string;
  readonly releases: (() => Promise<void>)[];
  /** The imports that it runs, and the undos, as they were told to it. */
  readonly imports: Map<string, ImportJob>;
  readonly undos: Map<string, { readonly job: ImportJob; readonly turn: number }>;
  readonly keys: Map<string, { end(fails: boolean): Promise<unknown> }>;
  settled: number;
}

class World {
  readonly model = new NodesModel(SLOTS);
  readonly lives: (Life | undefined)[] = [];
  readonly holder: TokenHolder;
  readonly imports: string[] = [];
  readonly deliveries: string[] = [];
  version = '0';

  constructor(holder: TokenHolder) {
    this.holder = holder;
  }

  async take(one: Step): Promise<void> {
    if (one.what === 'start') return this.start(one.place);
    const life = this.lives[one.place];
    if (!life) return;
    seen.set(one.what, (seen.get(one.what) ?? 0) + 1);
    await this[one.what](life, one);
  }

  async start(place: number): Promise<void> {
    if (this.lives[place]) return;
    const options = { alone: false, beat_ms: 0 };
    const accounts = await openAccounts(await test_store.open(), Date.now, options, () => undefined, KEPT);
    await accounts.housekeeping.close();
    const { id } = accounts.nodes;
    const life: Life = {
      accounts,
      id,
      releases: [],
      imports: new Map(),
      undos: new Map(),
      keys: new Map(),
      settled: 0,
    };
    this.lives[place] = life;
    const took = this.model.start(id);
    accounts.nodes.whenTakenOver('the test', async () => {
      life.settled += 1;
    });
    expect(life.settled > 0).toBe(took);
  }

  async kill(life: Life): Promise<void> {
    this.lives[this.lives.indexOf(life)] = undefined;
    await life.accounts.close();
    this.model.kill(life.id);
  }

  async stop(life: Life): Promise<void> {
    this.lives[this.lives.indexOf(life)] = undefined;
    await life.accounts.stop();
    await life.accounts.close();
    this.model.stop(life.id);
  }

  async looks({ id, accounts, ...life }: Life, { looks, place }: Step): Promise<void> {
    for (let look = 0; look < looks; look += 1) {
      const before = this.lives[place]?.settled ?? life.settled;
      await accounts.nodes.look();
      const took = this.model.look(id);
      expect((this.lives[place]?.settled ?? 0) > before).toBe(took);
    }
  }

  async admit({ id, accounts, releases }: Life): Promise<void> {
    const admitted = accounts.calls.admit(this.holder);
    const slot = this.model.admit(id);
    if (slot === undefined) {
      await expect(admitted).rejects.toMatchObject({ id: 'too-many-simultaneous' });
      return;
    }
    const { release } = await admitted;
    releases.push(async () => {
      await release();
      this.model.release(slot);
    });
  }

  async release({ releases }: Life): Promise<void> {
    await releases.shift()?.();
  }

  async import({ id, accounts, imports }: Life): Promise<void> {
    const job = await accounts.imports.create(
      this.holder.operation.id,
      { format: 'csv', format_reason: null, campaign_id: 1, time_zone: 'UTC', time_zone_from: 'operation' },
      { mapping: '', replaces: false },
    );
    imports.set(job.id, job);
    this.imports.push(job.id);
    this.model.imports.set(job.id, { state: 'running', owner: id });
  }

  async progress(life: Life, one: Step): Promise<void> {
    await this.#note(life, one, 'running');
  }

  async done(life: Life, one: Step): Promise<void> {
    await this.#note(life, one, 'done');
  }

  async #note({ id, accounts, imports }: Life, { which, fails }: Step, state: 'running' | 'done') {
    const job = [...imports.values()].at(-1 - which);
    if (!job) return;
    if (state === 'done') imports.delete(job.id);
    const counts = { ...job.counts, read: 1 };
    const goes_on = this.model.note(id, job.id, state === 'done' && fails ? 'failed' : state);
    if (state === 'done' && fails) {
      await accounts.imports.fail(job, { state: 'failed', reason: 'x', counts }, []);
      return;
    }
    const noted = accounts.imports.progress(job, { state, reason: null, counts }, []);
    if (goes_on) await noted;
    else await expect(noted).rejects.toMatchObject({ name: 'ImportTakenOver' });
  }

  async undo({ id, accounts, undos }: Life, { which }: Step): Promise<void> {
    const import_id = this.imports.at(-1 - which);
    if (import_id === undefined) return;
    const begun = accounts.importUndos.begin(this.holder.operation.id, import_id, 'admin');
    const is_own = this.model.undo(id, import_id);
    if (is_own === undefined) {
      await expect(begun).rejects.toMatchObject({ id: 'conflict' });
      return;
    }
    const { job, ...rest } = await begun;
    expect([job.state, rest.is_own]).toEqual(['undoing', is_own]);
    if (is_own) undos.set(job.id, { job, turn: this.model.turnOf(job.id) });
  }

  async again({ id, accounts, undos }: Life, { which }: Step): Promise<void> {
    const import_id = this.imports.at(-1 - which);
    if (import_id === undefined) return;
    const { operation } = this.holder;
    const { number } = await accounts.imports.get(operation.id, import_id);
    const begun = await accounts.importUndos.again(operation.id, [number ?? 0, 999]);
    const is_begun = this.model.again(id, import_id);
    expect(begun.map(({ job }) => [job.id, job.state])).toEqual(is_begun ? [[import_id, 'undoing']] : []);
    for (const { job } of begun) undos.set(job.id, { job, turn: this.model.turnOf(job.id) });
  }

  async undone({ id, accounts, undos }: Life, { which, fails }: Step): Promise<void> {
    const begun = await accounts.importUndos.begun();
    expect(begun.map(({ job }) => job.id).sort()).toEqual(this.model.undosOf(id));
    // As a takeover tells it.
    if (!fails) for (const { job } of begun) undos.set(job.id, { job, turn: this.model.turnOf(job.id) });
    const one = [...undos.values()].at(-1 - which);
    if (!one) return;
    undos.delete(one.job.id);
    await accounts.importUndos.end(one.job);
    this.model.undone(id, one.job.id, one.turn);
  }

  async claim({ id, accounts, keys }: Life, { which, fingerprint }: Step): Promise<void> {
    const key = `k${which % 2}`;
    const outcome = this.model.claim(id, key, fingerprint);
    let called = () => {};
    let end = (_fails: boolean) => {};
    const is_called = new Promise<void>((resolve) => {
      called = resolve;
    });
    const store = () =>
      new Promise<{ received: number }>((resolve, reject) => {
        called();
        end = (fails) => (fails ? reject(new Error('it failed')) : resolve({ received: which }));
      });
    const gone = AbortSignal.abort(new Error('waits'));
    const upload = { operation_id: this.holder.operation.id, key, fingerprint };
    const once = accounts.idempotency.once(upload, store, gone);
    once.catch(() => undefined);
    if (outcome === 'stores') {
      await Promise.race([is_called, once]);
      const settled = async (fails: boolean) => {
        end(fails);
        return once.catch((error: unknown) => error);
      };
      keys.set(key, { end: settled });
      return;
    }
    if (typeof outcome === 'number') expect(await once).toEqual({ received: outcome });
    else if (outcome === 'waits') await expect(once).rejects.toThrow('waits');
    else await expect(once).rejects.toMatchObject({ id: 'conflict' });
  }

  async answer({ id, keys }: Life, { fails, which }: Step): Promise<void> {
    const [key, under_way] = [...keys][which % Math.max(keys.size, 1)] ?? [];
    if (key === undefined || !under_way) return;
    keys.delete(key);
    const told = await under_way.end(fails);
    if (fails) expect(told).toMatchObject({ message: 'it failed' });
    else expect(told).toMatchObject({ received: expect.any(Number) });
    this.model.answer(id, key, fails ? undefined : (told as { received: number }).received);
  }

  async deliver({ id, accounts }: Life, { which }: Step): Promise<void> {
    const { operation } = this.holder;
    const rows = Buffer.from([0, 255, which]);
    const delivery = await accounts.pendingDeliveries.add(operation.id, { imports: [], claims: [] }, rows);
    expect(await accounts.pendingDeliveries.read(delivery)).toEqual(rows);
    this.deliveries.push(delivery);
    this.model.deliveries.set(delivery, id);
  }

  async delivered({ id, accounts }: Life, { which }: Step): Promise<void> {
    const own = await accounts.pendingDeliveries.own();
    expect(own.map((one) => one.id).sort()).toEqual(this.model.deliveriesOf(id));
    const some = this.deliveries.slice(-1 - which);
    const others = await accounts.pendingDeliveries.done(some);
    expect(others).toEqual(this.model.delivered(id, some));
  }

  /** The whole database, as the model says. */
  async check(): Promise<void> {
    const { operation } = this.holder;
    const nodes = await db.selectFrom('nodes').select('id').execute();
    expect(nodes.map(({ id }) => id).sort()).toEqual(this.model.present());
    const leases = await db.selectFrom('leases').select('node').execute();
    expect(leases.map(({ node }) => node).sort()).toEqual(this.model.leases());
    const imports = await db.selectFrom('imports').select(['id', 'state', 'node as owner']).execute();
    const told = new Map(imports.map(({ id, ...rest }) => [id, rest]));
    expect(told).toEqual(this.model.imports);
    const keys = await db.selectFrom('idempotency_keys').select(['key', 'node', 'received']).execute();
    expect(new Map(keys.map(({ key, node, received }) => [key, node ?? received]))).toEqual(
      this.model.keysAsStored(),
    );
    const deliveries = await db.selectFrom('pending_deliveries').select(['id', 'node']).execute();
    expect(new Map(deliveries.map(({ id, node }) => [id, node]))).toEqual(this.model.deliveries);
    const risen = await db
      .selectFrom('data_versions')
      .select('version')
      .where('operation_id', '=', operation.id)
      .executeTakeFirst();
    const version = String(risen?.version ?? 0);
    expect(version !== this.version).toBe(this.model.hasRaised());
    this.version = version;
  }
}

async function newWorld(): Promise<World> {
  for (const table of ['nodes', 'leases', 'imports', 'idempotency_keys', 'pending_deliveries'] as const) {
    await db.deleteFrom(table).execute();
  }
  runs += 1;
  const accounts = await openAccounts(
    await test_store.open(),
    Date.now,
    { alone: true },
    () => undefined,
    KEPT,
  );
  const operation = await accounts.operations.create({
    server: String(runs).padStart(4, '0'),
    name: 'x',
    licences: 100,
    time_zone: 'UTC',
    reply_profile: { code: 'number', empty_status: 404 },
    limits: { max_simultaneous: SLOTS },
  });
  const { secret } = await accounts.tokens.create(operation.id, {
    name: 't',
    scopes: ['report'],
    expires_at_ms: null,
  });
  const holder = await accounts.tokens.authenticate(secret);
  await accounts.stop();
  await accounts.close();
  return new World(holder);
}

test('nodes that work, freeze, die and stop in any order leave and are told what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 100 }), async (steps) => {
      const world = await newWorld();
      try {
        for (let place = 0; place < PLACES; place += 1) await world.start(place);
        for (const one of steps) {
          await world.take(one);
          await world.check();
        }
      } finally {
        for (const life of world.lives) await life?.accounts.close();
      }
    }),
    { numRuns: RUNS },
  );
  // All of it was tried.
  for (const what of KINDS)
    if (what !== 'start') expect([what, seen.get(what)]).not.toEqual([what, undefined]);
}, 600_000);
