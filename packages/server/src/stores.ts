import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Accounts, openAccounts } from './accounts/accounts.js';
import { AdminToken } from './accounts/admin-token.js';
import { lockDirectory } from './accounts/sqlite/directory-lock.js';
import { openSqlite } from './accounts/sqlite/open.js';
import { AccountsUnavailable } from './accounts/unavailable.js';
import { CustomerStore } from './attempts/customers.js';
import { DoNotCallStore } from './attempts/do-not-call.js';
import { setUnsyncedAside } from './attempts/durable/set-unsynced-aside.js';
import { moveEarlierStore } from './attempts/earlier-store.js';
import { engineLibrary } from './attempts/engine/embedded/library.js';
import { EmbeddedEngine } from './attempts/engine/embedded.js';
import { migrateAttempts } from './attempts/engine/migrate.js';
import { TimeZones } from './attempts/engine/time-zones.js';
import { lastDelivery } from './attempts/last-delivery.js';
import type { NextDeliveries } from './attempts/next-deliveries.js';
import { AttemptStore } from './attempts/store.js';
import type { Config } from './config.js';
import { assertRoomFor, assertStartRoom, prepareDataDirectory } from './disk/data-directory.js';
import { isNoSpace } from './disk/disk-full.js';
import { DiskWatch } from './disk/disk-watch.js';
import { logJournal, logParts } from './journal-log.js';
import type { Opened } from './opened.js';
import { evidenceSql } from './outcomes/upload-evidence.js';

/** What every part of a start is given. */
export interface Start {
  readonly config: Config;
  /** The data directory, absolute. */
  readonly data: string;
  readonly now_ms: () => number;
  readonly announceAdminToken: (secret: string) => void;
  readonly log: Logger;
  /** Where each part says how it is closed. */
  readonly opened: Opened;
}

/** All that is kept on disk, open. */
export interface Stores {
  readonly disk: DiskWatch;
  readonly engine: EmbeddedEngine;
  readonly accounts: Accounts;
  readonly admin: AdminToken;
  readonly time_zones: TimeZones;
  readonly attempts: AttemptStore;
  readonly customers: CustomerStore;
  readonly do_not_call: DoNotCallStore;
}

/** Opens the stores in their order, and finishes what a kill left half done. @throws EngineMissing before anything is made */
export async function openStores(start: Start): Promise<Stores> {
  const { config, data, now_ms, announceAdminToken, opened } = start;
  engineLibrary();
  await takeDirectory(start);
  const disk = await watchDisk(start);
  const engine = await openEngine(start);
  const database = openSqlite(join(data, 'accounts.db'));
  opened.add('the accounts file', () => database.destroy());
  // Before the attempts, which bring the names of all files of the data directory to the disk, and these are there by then; and
  // what is stored again at a start raises the versions of its operations.
  const accounts = await openAccountsIn(start, database);
  const time_zones = await mendedTimeZones(start, engine, accounts);
  await moveEarlier(start, { engine, accounts });
  const attempts = await openAttempts(start, { disk, engine, accounts });
  const admin = await AdminToken.open(database, config.admin_token, announceAdminToken);
  const nextDeliveries = nextDeliveriesOf(accounts);
  const customers = new CustomerStore(engine, nextDeliveries, disk.writing);
  const do_not_call = new DoNotCallStore(engine, nextDeliveries, now_ms, disk.writing);
  return { disk, engine, accounts, admin, time_zones, attempts, customers, do_not_call };
}

/** The data directory, for this process alone. @throws DirectoryInUse, DiskFull */
async function takeDirectory({ data, log, opened }: Start): Promise<void> {
  const others_may_read = await prepareDataDirectory(data);
  if (others_may_read !== undefined) log.warn({ data }, others_may_read);
  const lock = lockDirectory(data);
  opened.add('the lock', () => lock.release());
  await assertStartRoom(data);
}

async function watchDisk({ config, data, log, opened }: Start): Promise<DiskWatch> {
  const disk = await DiskWatch.open(data, {
    reserve_bytes: config.disk_reserve_mib * 1024 ** 2,
    report: (fault, free_bytes, error) => {
      if (fault) log.error({ err: error, fault, free_bytes }, 'the disk is not well: writes may be refused');
      else log.info({ free_bytes }, 'the disk is well again');
    },
  });
  opened.add('the disk watch', () => disk.close());
  return disk;
}

/** Parts that a power cut may have torn are set aside before the engine sees them. */
async function openEngine({ config, data, log, opened }: Start): Promise<EmbeddedEngine> {
  const { store, list } = durablePlaces(data);
  await setUnsyncedAside(store, list, (event) => logParts(log, event));
  const engine = new EmbeddedEngine({
    path: store,
    read_sessions: config.read_sessions,
    write_sessions: config.write_sessions,
    waiting_reads: config.waiting_reports,
    read_memory_bytes: config.report_memory_mib * 1024 ** 2,
  });
  opened.add('the engine', () => engine.close());
  await migrateAttempts(engine);
  return engine;
}

/** Where the engine's parts are, and the list of those that are on disk. */
function durablePlaces(data: string): { store: string; list: string } {
  return { store: join(data, 'attempts'), list: join(data, 'parts-on-disk') };
}

async function openAccountsIn(
  { config, now_ms, log, opened }: Start,
  database: ReturnType<typeof openSqlite>,
): Promise<Accounts> {
  const report = (message: string, error: unknown) => log.warn({ err: error }, message);
  const kept = { usage_days: config.keep_usage_days, imports_days: config.keep_imports_days };
  const accounts = await openAccounts(database, now_ms, { alone: true }, report, kept);
  opened.add('the accounts', () => accounts.close());
  return accounts;
}

/** The zones that the engine knows; those of the operations are spelled as it spells them. */
async function mendedTimeZones(
  { log }: Start,
  engine: EmbeddedEngine,
  accounts: Accounts,
): Promise<TimeZones> {
  const time_zones = await TimeZones.open(engine);
  const unknown = await accounts.operations.mendTimeZones((name) => time_zones.settle(name));
  for (const { server, time_zone } of unknown) {
    log.error({ server, time_zone }, 'the time zone of an operation is unknown: give it another with PATCH');
  }
  return time_zones;
}

const nextDeliveriesOf =
  ({ numbers }: Accounts): NextDeliveries =>
  (operation_id, count) =>
    numbers.deliveries(operation_id, count);

/** What an earlier version wrote, as this one has it. @throws DiskFull when the disk has no room for it twice */
async function moveEarlier(
  { data, log }: Start,
  { engine, accounts }: Pick<Stores, 'engine' | 'accounts'>,
): Promise<void> {
  await moveEarlierStore({
    engine,
    journal: join(data, 'journal'),
    evidence_sql: evidenceSql(),
    assertRoom: (bytes) => assertRoomFor(data, bytes * MOVED_TIMES),
    report: (progress) => log.info(progress, 'moving the attempts of an earlier version, month by month'),
  });
  const { numbers } = accounts;
  if (!(await numbers.haveBegun())) await numbers.beginAbove(await lastDelivery(engine));
}

/** What moved attempts take, beside what they took: more columns, one order more, and what merges need meanwhile. */
const MOVED_TIMES = 3;

async function openAttempts(
  { data, log, opened }: Start,
  { disk, engine, accounts }: Pick<Stores, 'disk' | 'engine' | 'accounts'>,
): Promise<AttemptStore> {
  const attempts = await AttemptStore.open(engine, {
    journal: join(data, 'journal'),
    nextDeliveries: nextDeliveriesOf(accounts),
    durable: { ...durablePlaces(data), report: (event) => logParts(log, event) },
    writing: disk.writing,
    onStored: (operation_id) => accounts.dataVersions.raise(operation_id, { kind: 'anything' }),
    isUnavailable: (error) => error instanceof AccountsUnavailable || isNoSpace(error),
    report: (event) => logJournal(log, event),
  });
  opened.add('the attempts', async () => {
    await attempts.close();
    await accounts.stop();
  });
  return attempts;
}
