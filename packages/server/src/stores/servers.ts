import { type Accounts, openAccounts } from '../accounts/accounts.js';
import { AdminToken } from '../accounts/admin-token.js';
import { askingForTheService } from '../accounts/asker.js';
import { ownId } from '../accounts/own-id.js';
import { openPostgres, type SharedAccountsStore } from '../accounts/postgres/open.js';
import { asUnusable } from '../accounts/postgres/unusable.js';
import { AccountsUnavailable } from '../accounts/unavailable.js';
import { CustomerStore } from '../attempts/customers.js';
import { dropEarlierTables } from '../attempts/earlier-store.js';
import { EngineUnreachable } from '../attempts/engine/engine.js';
import { migrateAttempts } from '../attempts/engine/migrate.js';
import { ServerEngine } from '../attempts/engine/server.js';
import { ownerMark, setOwnerMark } from '../attempts/owner-mark.js';
import { AttemptStore } from '../attempts/store.js';
import { NO_DISK } from '../disk/no-disk.js';
import { logJournal } from '../journal-log.js';
import { keptBy, mendedTimeZones, nextDeliveriesOf, reportTo } from './common.js';
import type { Start, Stores } from './start.js';

/** Where the stores are. */
export interface Servers {
  readonly clickhouse_url: string;
  readonly database_url: string;
}

/**
 * Opens the stores on a ClickHouse server and a PostgreSQL server, which other processes of the service share. Nothing is kept on
 * this machine.
 *
 * @throws DatabaseUnusable, EngineUnreachable
 */
export async function openServerStores(start: Start, servers: Servers): Promise<Stores> {
  const { now_ms, announceAdminToken, opened } = start;
  const database = await openPostgres(servers.database_url);
  opened.add('the connections to the accounts', () => database.destroy());
  const engine = await openEngine(start, servers);
  // When processes start together, one makes the tables and the others find them.
  await database.oneAtATime(() => prepare(engine));
  const accounts = await openAccounts(
    database,
    now_ms,
    { alone: false },
    reportTo(start),
    keptBy(start),
  ).catch((error: unknown) => {
    throw asUnusable(error, servers.database_url); // a user who may connect may not be allowed to make tables
  });
  opened.add('the accounts', () => accounts.close());
  await database.oneAtATime(() => assertPair(engine, database, accounts));
  const time_zones = await mendedTimeZones(start, engine, accounts);
  const attempts = await openAttempts(start, engine, accounts);
  const admin = await AdminToken.open(database, start.config.admin_token, announceAdminToken);
  const nextDeliveries = nextDeliveriesOf(accounts);
  const customers = new CustomerStore(engine, nextDeliveries, NO_DISK.writing);
  return { disk: NO_DISK, engine, accounts, admin, time_zones, attempts, customers };
}

async function openEngine({ config, opened }: Start, { clickhouse_url }: Servers): Promise<ServerEngine> {
  const engine = await ServerEngine.open({
    url: clickhouse_url,
    read_sessions: config.read_sessions,
    write_sessions: config.write_sessions,
    waiting_reads: config.waiting_reports,
    read_memory_bytes: config.report_memory_mib * 1024 ** 2,
  });
  opened.add('the connections to the engine', () => engine.close());
  return engine;
}

/** Makes the schema. Versions that had tables to be moved ran on no server: here migrations make those tables, and leave them empty. */
async function prepare(engine: ServerEngine): Promise<void> {
  await migrateAttempts(engine);
  await dropEarlierTables(engine);
}

/**
 * Makes sure that the two databases belong together: accounts number their operations from one on, so under the same numbers another
 * ClickHouse database may have the attempts of other accounts. A new pair is marked, the accounts' numbers last: a pair that a kill
 * left half marked still counts as new.
 *
 * @throws EngineUnreachable when they do not belong together
 */
async function assertPair(
  engine: ServerEngine,
  database: SharedAccountsStore,
  { numbers }: Accounts,
): Promise<void> {
  const [id, owner] = [await ownId(database), await ownerMark(engine)];
  const is_new = !(await numbers.haveBegun());
  if (owner === undefined && !is_new) throw new EngineUnreachable(NEW_ATTEMPTS);
  if (owner !== undefined && owner !== id)
    throw new EngineUnreachable(is_new ? NEW_ACCOUNTS : OTHER_ACCOUNTS);
  if (owner === undefined) await setOwnerMark(engine, id);
  if (is_new) await numbers.beginAbove(0n);
}

const NEW_ACCOUNTS =
  'The PostgreSQL database is new, and the ClickHouse database has attempts of other accounts, which would be shown to other operations. Name the PostgreSQL database that belongs to it, or another ClickHouse database.';
const OTHER_ACCOUNTS =
  'The ClickHouse database has the attempts of other accounts than those in the PostgreSQL database. Name two that belong together.';
const NEW_ATTEMPTS =
  'The ClickHouse database is new, and the PostgreSQL database has accounts whose attempts are in another one. Name that one, or restore it from its backup.';

async function openAttempts(
  { log, opened }: Start,
  engine: ServerEngine,
  accounts: Accounts,
): Promise<AttemptStore> {
  const attempts = await AttemptStore.openShared(engine, {
    pending: accounts.pendingDeliveries,
    // Both come from lists that all operations share.
    onLate: async (operation_id, imports) => {
      const begun = await askingForTheService(() => accounts.importUndos.again(operation_id, imports));
      if (begun.length > 0) accounts.nodes.tookOver();
    },
    onFailure: (error) =>
      log.warn({ err: error }, 'stored entries could not be removed from the accounts, which is tried again'),
    nextDeliveries: nextDeliveriesOf(accounts),
    writing: NO_DISK.writing,
    onStored: (operation_id) =>
      askingForTheService(() => accounts.dataVersions.raise(operation_id, { kind: 'anything' })),
    isUnavailable: (error) => error instanceof AccountsUnavailable,
    report: (event) => logJournal(log, event),
  });
  accounts.nodes.whenTakenOver('storing what another node left', () => attempts.takeOver());
  opened.add('the attempts', async () => {
    await attempts.close();
    await accounts.stop();
  });
  return attempts;
}
