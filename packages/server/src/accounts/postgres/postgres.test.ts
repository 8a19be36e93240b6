import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { STORE_ENGINES } from '../../../test/servers/accounts-stores.js';
import { type PostgresServer, startPostgres } from '../../../test/servers/postgres.js';
import { type Accounts, openAccounts } from '../accounts.js';
import { askingFor } from '../asker.js';
import type { AccountsStore } from '../schema.js';
import type { TokenHolder } from '../tokens.js';
import { CONNECTIONS_MAX } from './bounds.js';
import { openPostgres } from './open.js';

const CONNECTIONS = 40;
const ASKED = { name: 't', scopes: ['report'], expires_at_ms: null } as const;
const UNAVAILABLE = { name: 'AccountsUnavailable' };

describe.runIf(STORE_ENGINES.includes('server'))('PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let db: AccountsStore;
  let accounts: Accounts;
  let holder: TokenHolder;
  const others: Client[] = [];

  beforeAll(async () => {
    server = await startPostgres({ settings: [`max_connections=${CONNECTIONS}`] });
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    url = await server.createDatabase();
    db = await openPostgres(url);
    accounts = await openAccounts(db, Date.now, { alone: false, beat_ms: 0 }, () => undefined, {
      usage_days: 90,
      imports_days: 90,
    });
    const operation = await accounts.operations.create({
      server: '1',
      name: 'one',
      licences: 1,
      time_zone: 'UTC',
      reply_profile: { code: 'number', empty_status: 404 },
      limits: {},
    });
    const { secret } = await accounts.tokens.create(operation.id, {
      name: 't',
      scopes: ['report'],
      expires_at_ms: null,
    });
    holder = await accounts.tokens.authenticate(secret);
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.end().catch(() => undefined);
    await accounts.close();
  });

  /** A session of somebody else. */
  async function other(): Promise<Client> {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    others.push(client);
    return client;
  }

  const count = () => accounts.calls.count(holder);
  const raise = () => accounts.dataVersions.raise(holder.operation.id, { kind: 'anything' });
  const ends = async (calls: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).map((end) => (end.status === 'fulfilled' ? 'done' : end.reason));

  test('while the server is frozen every caller is told so, also those who find no connection; then all goes on', async () => {
    await count();
    await server.freeze();
    const told = await ends(Array.from({ length: 30 }, count));
    for (const reason of told) expect(reason).toMatchObject(UNAVAILABLE);
    await server.thaw();
    await expect(count()).resolves.toMatchObject({ limit: 1_000 });
  });

  test('what a killed server had acknowledged is there when it is back, and nothing need be started anew', async () => {
    const calls = Array.from({ length: 30 }, count);
    await Promise.race(calls);
    await server.kill();
    const acknowledged = (await ends(calls)).filter((end) => {
      if (end !== 'done') expect(end).toMatchObject(UNAVAILABLE);
      return end === 'done';
    });
    await expect(count()).rejects.toMatchObject({ ...UNAVAILABLE, why: 'failing' });
    await server.start();
    const { left } = await count();
    expect(left).toBeLessThanOrEqual(1_000 - acknowledged.length - 1);
  });

  test('a wait for a row that another holds ends with an error, others are not held up, and it goes on when the row is free', async () => {
    const session = await other();
    await session.query('BEGIN');
    await session.query('UPDATE operations SET name = name');
    const change = () => accounts.operations.change('1', { name: 'changed' });
    const [waiting] = await Promise.allSettled([change(), count()]);
    expect(waiting).toMatchObject({ status: 'rejected', reason: { ...UNAVAILABLE, why: 'busy' } });
    await session.query('ROLLBACK');
    await expect(change()).resolves.toMatchObject({ name: 'changed' });
  });

  test.each([
    ['calls', 'operation_usage SET calls = calls', () => count()],
    ['new tokens', 'operations SET name = name', () => accounts.tokens.create(holder.operation.id, ASKED)],
    ['changes', 'operations SET name = name', () => accounts.operations.change('1', { name: 'changed' })],
    ['deliveries', 'numbers SET import = import', () => accounts.numbers.deliveries(holder.operation.id)],
    ['versions', 'data_versions SET version = version', () => raise()],
  ] as const)(
    '%s of an operation that wait for its row take no connection from another one',
    async (_, held, work) => {
      const fields = { server: '2', name: 'two', licences: 1, time_zone: 'UTC', limits: {} };
      const profile = { code: 'number', empty_status: 404 } as const;
      const two = await accounts.operations.create({ ...fields, reply_profile: profile });
      const another = await accounts.tokens.authenticate(
        (await accounts.tokens.create(two.id, ASKED)).secret,
      );
      await count();
      await accounts.numbers.deliveries(holder.operation.id);
      await raise();
      const session = await other();
      await session.query('BEGIN');
      await session.query(`UPDATE ${held}`);
      let waiting = 60;
      const all = ends(
        Array.from({ length: waiting }, () =>
          askingFor<Promise<unknown>>({ key: 'one' }, work).finally(() => {
            waiting -= 1;
          }),
        ),
      );
      const { left } = await askingFor({ key: 'two' }, () => accounts.calls.count(another));
      expect([left, waiting]).toEqual([999, 60]);
      await session.query('ROLLBACK');
      expect(await all).toEqual(Array.from({ length: 60 }, () => 'done'));
    },
  );

  test('what is done for all operations together does not wait in the line of the one in whose upload it began', async () => {
    await count();
    const session = await other();
    await session.query('BEGIN');
    await session.query('UPDATE operation_usage SET calls = calls');
    let waiting = 8;
    const all = ends(
      Array.from({ length: waiting }, () =>
        askingFor({ key: 'one' }, count).finally(() => {
          waiting -= 1;
        }),
      ),
    );
    const stored = ['an entry of one', 'an entry of two'];
    const forgotten = askingFor({ key: 'one' }, () => accounts.pendingDeliveries.done(stored));
    expect([await forgotten, waiting]).toEqual([stored, 8]);
    await session.query('ROLLBACK');
    expect(await all).toEqual(Array.from({ length: 8 }, () => 'done'));
  });

  test('a node that stands still in a transaction loses it, and whoever waits for the row gets it', async () => {
    const frozen = await openPostgres(url);
    let goOn = () => {};
    const standing = frozen.transaction().execute(async (tx) => {
      await tx.updateTable('operations').set({ name: 'lost' }).execute();
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    });
    standing.catch(() => undefined); // awaited below
    const held = await other();
    const locks = `SELECT 1 FROM pg_locks WHERE relation = 'operations'::regclass AND mode = 'RowExclusiveLock'`;
    while ((await held.query(locks)).rowCount === 0);
    await expect(accounts.operations.change('1', { licences: 7 })).resolves.toMatchObject({ licences: 7 });
    goOn();
    await expect(standing).rejects.toMatchObject(UNAVAILABLE);
    expect((await accounts.operations.byServer('1')).name).toBe('one');
    await frozen.destroy();
  });

  test('without a connection left a caller is told so, and served when there is one', async () => {
    await db.destroy(); // which gives back its own
    const full = async () => {
      for (;;) await other();
    };
    await expect(full()).rejects.toMatchObject({ code: '53300' });
    await expect(openPostgres(url)).rejects.toMatchObject({
      name: 'DatabaseUnusable',
      message: expect.stringContaining('has no connection left'),
    });
    const freed = others.splice(0, 2);
    for (const client of freed) await client.end();
    const next = await openPostgres(url);
    await expect(next.selectFrom('operations').select('id').execute()).resolves.toHaveLength(1);
    const many = await ends(Array.from({ length: 8 }, () => sql`SELECT pg_sleep(0.2)`.execute(next)));
    expect(many.filter((end) => end === 'done').length).toBeGreaterThan(0);
    for (const end of many) if (end !== 'done') expect(end).toMatchObject({ ...UNAVAILABLE, why: 'busy' });
    for (const client of others.splice(0)) await client.end();
    await expect(next.selectFrom('operations').select('id').execute()).resolves.toHaveLength(1);
    await next.destroy();
  });

  test('a statement that PostgreSQL ends so that others can go on is done after them', async () => {
    const session = await other();
    const insert = (id: number) =>
      session.query('INSERT INTO campaigns (operation_id, campaign_id, created_at_ms) VALUES (1, $1, 0)', [
        id,
      ]);
    await session.query('BEGIN');
    await insert(2);
    const ensured = accounts.campaigns.ensure(1, [1, 2]); // has the first, and waits for the second
    const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    const watch = await other();
    while ((await watch.query(waits)).rowCount === 0);
    await insert(1);
    await session.query('COMMIT');
    await expect(ensured).resolves.toBeUndefined();
  });

  test('a transaction that goes on after a statement that failed is not reported as stored', async () => {
    const row = { name: 'x', value: 'x' };
    const going_on = db.transaction().execute(async (tx) => {
      await tx.insertInto('settings').values(row).execute();
      await tx
        .insertInto('settings')
        .values(row)
        .execute()
        .catch(() => undefined);
    });
    await expect(going_on).rejects.toMatchObject({ code: '23505' });
    expect(await db.selectFrom('settings').select('name').where('name', '=', 'x').execute()).toEqual([]);
  });

  test('numbers come as numbers, and never as other ones', async () => {
    const select = (what: string) => sql<{ it: unknown }>`SELECT ${sql.raw(what)} AS it`.execute(db);
    expect((await select('9007199254740991::bigint')).rows).toEqual([{ it: 2 ** 53 - 1 }]);
    expect((await select('sum(1::bigint)')).rows).toEqual([{ it: 1 }]);
    await expect(select('9007199254740993::bigint')).rejects.toThrow(RangeError);
    await expect(select('1')).resolves.toMatchObject({ rows: [{ it: 1 }] });
  });

  test('a text with a NUL has a mark in its place', async () => {
    await db.insertInto('settings').values({ name: 'nul', value: 'a\0b' }).execute();
    const row = await db.selectFrom('settings').select('value').where('name', '=', 'nul').executeTakeFirst();
    expect(row).toEqual({ value: 'a\uFFFDb' });
  });

  test.each([
    ['no such database', (base: string) => base.replace(/[^/]*$/, 'nowhere'), /has no database nowhere/],
    [
      'another password',
      (base: string) => base.replace(/:[^:@/]*@/, ':wrong@'),
      /does not take the password/,
    ],
    ['nobody there', () => 'postgres://user@127.0.0.1:1/x', /cannot be reached at 127\.0\.0\.1:1/],
    ['no URL', () => 'accounts.db', /is none/],
    [
      'a % that is no escape',
      (base: string) => base.replace('postgres:for', 'po%zz:for'),
      /password of po%zz/,
    ],
    ['no TLS there', (base: string) => `${base}?sslmode=verify-full`, /cannot be used: .*SSL/],
    ['a setting that is none', (base: string) => `${base}?options=-c%20none%3D1`, /cannot be used: .*"none"/],
  ])(
    'what is wrong with a URL is said in a sentence, without its password: %s',
    async (_, urlOf, sentence) => {
      const error = await openPostgres(urlOf(url)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'DatabaseUnusable', message: expect.stringMatching(sentence) });
      expect(String(error)).not.toContain('for tests');
      expect(String(error)).not.toContain('for%20tests');
    },
  );

  test('closed before anything was asked of it, it has no connection left', async () => {
    const opened = await openPostgres(url);
    await opened.destroy();
    await opened.destroy(); // a second call does nothing
    const session = await other();
    const own = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'recuento'`;
    await db.destroy();
    while ((await session.query(own)).rowCount !== 0);
  });

  test('a database in which not every text can be kept is refused', async () => {
    const session = await other();
    const locale = `LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`;
    await session.query(`CREATE DATABASE latin ENCODING 'LATIN1' ${locale}`);
    await expect(openPostgres(server.url('latin'))).rejects.toThrow('keeps texts as LATIN1');
  });

  test('operations that hold every connection keep no node from beating', async () => {
    await accounts.nodes.look();
    let ended = 0;
    const held = Array.from({ length: CONNECTIONS_MAX }, (_, at) =>
      askingFor({ key: `operation ${at}` }, () => sql`SELECT pg_sleep(3.5)`.execute(db)).finally(() => {
        ended += 1;
      }),
    );
    await Promise.all([accounts.nodes.look(), accounts.ping()]);
    expect(ended).toBe(0);
    await Promise.all(held);
    expect(await accounts.numbers.haveBegun()).toBe(false);
  });
});
