import { join } from 'node:path';
import { type Accounts, openAccounts } from '../accounts/accounts.js';
import { AdminToken } from '../accounts/admin-token.js';
import { lockDirectory } from '../accounts/sqlite/directory-lock.js';
import { openSqlite } from '../accounts/sqlite/open.js';
import { AccountsUnavailable } from '../accounts/unavailable.js';
import { CustomerStore } from '../attempts/customers.js';
import { setUnsyncedAside } from '../attempts/durable/set-unsynced-aside.js';
import { moveEarlierStore } from '../attempts/earlier-store.js';
import { engineLibrary } from '../attempts/engine/embedded/library.js';
import { EmbeddedEngine } from '../attempts/engine/embedded.js';
import { migrateAttempts } from '../attempts/engine/migrate.js';
import { lastDelivery } from '../attempts/last-delivery.js';
import { AttemptStore } from '../attempts/store.js';
import { assertRoomFor, assertStartRoom, prepareDataDirectory } from '../disk/data-directory.js';
import { isNoSpace } from '../disk/disk-full.js';
import { DiskWatch } from '../disk/disk-watch.js';
import { logJournal, logParts } from '../journal-log.js';
import { evidenceSql } from '../outcomes/upload-evidence.js';
import { keptBy, mendedTimeZones, nextDeliveriesOf, reportTo } from './common.js';
import type { Start, Stores } from './start.js';

/** Opens the stores in this process and its data directory, which no other process uses. @throws EngineMissing before anything is made */
export async function openEmbeddedStores(start: Start): Promise<Stores> {
  const { config, data, announceAdminToken, opened } = start;
  engineLibrary();
  await takeDirectory(start);
  const disk = await watchDisk(start);
  const engine = await openEngine(start);
  const database = openSqlite(join(data, 'accounts.db'));
  opened.add('the accounts file', () => database.destroy());
  // Before the attempts, for two reasons. Opening those syncs the data directory, so the names of these files reach the disk with it.
  // And entries of the journal that are stored again at a start raise the versions of their operations, which are in the accounts.
  const accounts = await openAccountsIn(start, database);
  const time_zones = await mendedTimeZones(start, engine, accounts);
  await moveEarlier(start, { engine, accounts });
  const attempts = await openAttempts(start, { disk, engine, accounts });
  const admin = await AdminToken.open(database, config.admin_token, announceAdminToken);
  const nextDeliveries = nextDeliveriesOf(accounts);
  const customers = new CustomerStore(engine, nextDeliveries, disk.writing);
  return { disk, engine, accounts, admin, time_zones, attempts, customers };
}

/** Takes the data directory for this process alone. @throws DirectoryInUse, DiskFull */
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
      if (fault)
        log.error({ err: error, fault, free_bytes }, 'the disk is full or fails: writes may be refused');
      else log.info({ free_bytes }, 'the disk can be written again');
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

async function openAccountsIn(start: Start, database: ReturnType<typeof openSqlite>): Promise<Accounts> {
  // No other process has the directory: this one takes over at once what an earlier process left.
  const accounts = await openAccounts(
    database,
    start.now_ms,
    { alone: true },
    reportTo(start),
    keptBy(start),
  );
  start.opened.add('the accounts', () => accounts.close());
  return accounts;
}

/** Moves what an earlier version wrote into this version's tables. @throws DiskFull when `MOVED_TIMES` its size is not free */
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

/** Room for moved attempts, as a multiple of what they took: more columns, one order more, and what merges need meanwhile. */
const MOVED_TIMES = 3;

async function openAttempts(
  { data, log, opened }: Start,
  { disk, engine, accounts }: Pick<Stores, 'disk' | 'accounts'> & { readonly engine: EmbeddedEngine },
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
